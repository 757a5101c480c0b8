package dev.bugle.advertiser;

/**
 * Whether any peer can be told anything: one is enough, configured or from a range.
 *
 * @param state whether a session is up
 * @param since when it came to this state
 */
record Reach(State state, long since) {

  /** Whether a session is up. */
  enum State {
    /** None has been up yet. */
    NEVER,
    /** At least one is up. */
    UP,
    /** None is up any more. */
    DOWN
  }
}
