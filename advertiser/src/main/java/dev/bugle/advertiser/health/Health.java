package dev.bugle.advertiser.health;

/**
 * What a check knows at some moment. Times are readings of the {@link
 * dev.bugle.advertiser.time.Ticker} that the checks were given.
 *
 * @param state what the probes have shown
 * @param upUntil the first moment at which it is no longer up unless a probe passes meanwhile; 0
 *     unless the state is UP
 * @param since when the check came to this state
 * @param reason why, for people; it has no secrets
 */
public record Health(State state, long upUntil, long since, String reason) {

  /** What the probes have shown. */
  public enum State {
    /** Nothing yet, or nothing any more: too few results, or none in time. */
    UNKNOWN,
    /** As many passed in a row as it takes, until {@link Health#upUntil}. */
    UP,
    /** As many failed in a row as it takes, or it is held down. */
    DOWN
  }

  /** Checks that only what is up has an end. */
  public Health {
    if (state != State.UP && upUntil != 0) {
      throw new IllegalArgumentException(state + " is not up until any time");
    }
  }

  /** Not known. */
  public static Health unknown(long since, String reason) {
    return new Health(State.UNKNOWN, 0, since, reason);
  }

  /** Up until that moment. */
  public static Health up(long until, long since, String reason) {
    return new Health(State.UP, until, since, reason);
  }

  /** Down. */
  public static Health down(long since, String reason) {
    return new Health(State.DOWN, 0, since, reason);
  }

  /** Whether it is up at that moment. */
  public boolean isUpAt(long now) {
    return state == State.UP && now < upUntil;
  }

  /** The same state, with another reason. */
  Health because(String other) {
    return new Health(state, upUntil, since, other);
  }
}
