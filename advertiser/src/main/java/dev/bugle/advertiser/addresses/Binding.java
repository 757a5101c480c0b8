package dev.bugle.advertiser.addresses;

/**
 * What is known of an address that is wanted on an interface. Times are readings of the {@link
 * dev.bugle.advertiser.time.Ticker}.
 *
 * @param state how it stands
 * @param since when it came to this state
 * @param reason why, for people
 */
public record Binding(State state, long since, String reason) {

  /** How it stands. */
  public enum State {
    /** Not there yet, or not there any more. */
    ABSENT,
    /** There. */
    BOUND,
    /** It cannot be put there. */
    FAILED
  }
}
