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
   * Says whether this process is a candidate. Until the first call it is none. May be called at any
   * time, also before {@link #start}, and as often as one likes; only a change does anything.
   *
   * <p>Who is no candidate does not compete, and holds nothing that keeps another from winning.
   * When {@code stand(false)} has returned, no leadership is won until {@code stand(true)}. One
   * that is held by then stays held, and is extended, until {@link #release()}: the caller
   * withdraws first. Having released in that order costs nothing when it stands again.
   */
  void stand(boolean candidate);

  /**
   * Begins to compete, while it is a candidate.
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
   * Lets another lead: everything that this leadership protected is withdrawn, or may overlap. When
   * this returns, {@link #leadership()} is not held until it has been won anew, which a candidate
   * tries at once; who wants to stay out calls {@code stand(false)} before.
   */
  void release();

  /** Stops competing and releases. May be called again. */
  @Override
  void close();
}
