package dev.bugle.advertiser.admin;

/** How much lies in memory of bodies and answers of all connections. On the event loop. */
final class Memory {

  private final long most;
  private long taken;

  Memory(long most) {
    this.most = most;
  }

  /** Takes some; it is to be given back. */
  boolean take(long octets) {
    if (taken + octets > most) {
      return false;
    }
    taken += octets;
    return true;
  }

  void giveBack(long octets) {
    taken -= octets;
  }

  long taken() {
    return taken;
  }
}
