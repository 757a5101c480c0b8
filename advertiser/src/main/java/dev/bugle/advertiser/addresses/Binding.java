package dev.bugle.advertiser.addresses;

/**
 * What is known of an address that is to be on an interface.
 *
 * @param state whether it is there
 * @param since when it came to this state, a reading of the {@link
 *     dev.bugle.advertiser.time.Ticker} that the binder was given
 * @param reason why, for people
 */
public record Binding(State state, long since, String reason) {

  /** Whether the address can be used. */
  public enum State {
    /** It was not looked at yet, or is about to be put there. */
    ABSENT,
    /** It is on the interface, and the interface is up, whoever has put it there. */
    BOUND,
    /** It cannot be used there, or cannot be taken away; it is tried again. */
    FAILED
  }

  /** Whether the address can be used. */
  public boolean isBound() {
    return state == State.BOUND;
  }
}
