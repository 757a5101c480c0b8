package dev.bugle.advertiser.client;

/** Why the admin server did not do what it was asked; the message is for the person who asked. */
public final class AdminException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  private AdminException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** It was not reached, or its answer cannot be read. */
  static AdminException unreachable(String message) {
    return new AdminException(0, message);
  }

  /** It refused, with that status of HTTP. */
  static AdminException refused(int status, String message) {
    return new AdminException(status, message);
  }

  /** Whether the server has answered at all. */
  public boolean isRefusal() {
    return status != 0;
  }

  /** The message, which is always there. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
