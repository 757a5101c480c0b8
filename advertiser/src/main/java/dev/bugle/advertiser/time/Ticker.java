package dev.bugle.advertiser.time;

/**
 * A monotonic clock. Its readings compare with each other within one process, and mean nothing
 * outside it.
 */
@FunctionalInterface
public interface Ticker {

  /**
   * Nanoseconds since a moment near the start of the process: never negative, never going back, and
   * so far from overflow that readings may be compared with {@code <} and {@link Long#MAX_VALUE}
   * can stand for "forever".
   */
  long nanos();

  /** The process's own clock: {@link System#nanoTime()}, counted from the first use. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
