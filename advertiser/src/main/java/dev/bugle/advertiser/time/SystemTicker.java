package dev.bugle.advertiser.time;

/** {@link System#nanoTime()} with its arbitrary origin taken away. */
enum SystemTicker implements Ticker {
  INSTANCE;

  private final long origin = System.nanoTime();

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }
}
