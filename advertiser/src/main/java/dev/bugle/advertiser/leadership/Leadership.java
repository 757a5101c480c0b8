package dev.bugle.advertiser.leadership;

/**
 * What an elector knows at some moment. Times are readings of the {@link
 * dev.bugle.advertiser.time.Ticker} that the elector was given.
 *
 * @param state where the elector stands
 * @param heldUntil the first moment at which it is no longer held; 0 unless the state is HELD or
 *     YIELDING
 * @param since when the elector came to this state
 * @param reason why, for people
 */
public record Leadership(State state, long heldUntil, long since, String reason) {

  /** Where an elector stands. */
  public enum State {
    /** It does not lead, and keeps nothing that another could be waiting for. */
    WAITING,
    /** It leads until {@link Leadership#heldUntil}, unless that is extended. */
    HELD,
    /**
     * It leads as in HELD, and is to be told to release, since another is to lead: the preferred
     * one. Others are kept out until then.
     */
    YIELDING,
    /** It led, and keeps others out until it is told to release. */
    LOST
  }

  /** Checks that only a held leadership has an end. */
  public Leadership {
    if (state != State.HELD && state != State.YIELDING && heldUntil != 0) {
      throw new IllegalArgumentException(state + " is not held until any time");
    }
  }

  /** Not leading. */
  public static Leadership waiting(long since, String reason) {
    return new Leadership(State.WAITING, 0, since, reason);
  }

  /** Leading until that moment; {@link Long#MAX_VALUE} is forever. */
  public static Leadership held(long until, long since, String reason) {
    return new Leadership(State.HELD, until, since, reason);
  }

  /** Leading until that moment, and to be handed over in order before. */
  public static Leadership yielding(long until, long since, String reason) {
    return new Leadership(State.YIELDING, until, since, reason);
  }

  /** Not leading any more, and not released yet. */
  public static Leadership lost(long since, String reason) {
    return new Leadership(State.LOST, 0, since, reason);
  }

  /** Whether it is held at that moment, be it to be handed over or not. */
  public boolean isHeldAt(long now) {
    return now < heldUntil;
  }

  /** Whether it is to be handed over in order; it may be held all the same. */
  public boolean isYielding() {
    return state == State.YIELDING;
  }

  /** Whether {@link Elector#release()} is waited for: it is over at that moment, or yielding. */
  public boolean needsReleaseAt(long now) {
    return isYielding() || (state != State.WAITING && !isHeldAt(now));
  }

  /** The same, held until a later moment. */
  Leadership extendedTo(long until) {
    return new Leadership(state, until, since, reason);
  }
}
