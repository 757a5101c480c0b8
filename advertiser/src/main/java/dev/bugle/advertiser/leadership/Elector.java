package dev.bugle.advertiser.leadership;

/**
 * Takes part in one election. The port through which the advertiser learns whether it leads.
 *
 * <p>One caller, the advertiser's reconciler, drives it; {@link #leadership()} may be read by any
 * thread. None of these methods may block on the network, on a file, or on the elector's own
 * thread, except {@link #close()}, for a bounded time: withdrawing in time depends on it.
 */
public interface Elector extends AutoCloseable {

  /**
   * Begins to compete.
   *
   * @param changed to be called after each change of state, from any thread; it returns at once. An
   *     extension of a held leadership need not be told.
   * @throws IllegalStateException saying what to do, when it can be seen at once that it can never
   *     lead
   */
  void start(Runnable changed);

  /** What is known now. */
  Leadership leadership();

  /**
   * Everything that this leadership protected is withdrawn: lets another lead. When this returns,
   * {@link #leadership()} is not held until it has been won anew.
   */
  void release();

  /** Stops competing and releases. May be called again. */
  @Override
  void close();
}
