package dev.bugle.bgp;

/**
 * How long the tests of endurance last: seconds among all the others, and as long as {@code ./soak}
 * says.
 */
public final class Soak {

  private Soak() {}

  /** How many changes a table lives through: {@code -Dbugle.soak.changes}. */
  public static int changes(int usually) {
    return Integer.getInteger("bugle.soak.changes", usually);
  }

  /** How many prefixes a full table has: {@code -Dbugle.soak.prefixes}. */
  public static int prefixes(int usually) {
    return Integer.getInteger("bugle.soak.prefixes", usually);
  }

  /** How many peers send a full table at once: {@code -Dbugle.soak.senders}. */
  public static int senders(int usually) {
    return Integer.getInteger("bugle.soak.senders", usually);
  }

  /** For how many seconds a peer announces and withdraws: {@code -Dbugle.soak.seconds}. */
  public static int seconds(int usually) {
    return Integer.getInteger("bugle.soak.seconds", usually);
  }

  /** The seed of what is random: {@code -Dbugle.soak.seed}, or another one each time. */
  public static long seed() {
    return Long.getLong("bugle.soak.seed", System.nanoTime());
  }
}
