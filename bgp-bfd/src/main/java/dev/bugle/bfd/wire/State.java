package dev.bugle.bfd.wire;

/** The session state that a packet reports (RFC 5880 §4.1, §6.8.1). */
public enum State {
  /** Held down by its operator. */
  ADMIN_DOWN(0),
  /** No session, or a failed one. */
  DOWN(1),
  /** The other side is heard, and not known to hear us. */
  INIT(2),
  /** Both sides hear each other. */
  UP(3);

  private final int code;

  State(int code) {
    this.code = code;
  }

  /** The value of the Sta field. */
  public int code() {
    return code;
  }

  static State of(int code) {
    return switch (code) {
      case 0 -> ADMIN_DOWN;
      case 1 -> DOWN;
      case 2 -> INIT;
      case 3 -> UP;
      default -> throw new IllegalArgumentException("state " + code + " has more than two bits");
    };
  }
}
