package dev.bugle.advertiser.source;

import java.util.Locale;

/**
 * What its source says of whether a VIP may be announced from here: one input of the decision among
 * others, so it can keep a VIP back, and cannot force one out.
 *
 * @param effect what it does to the VIP
 * @param value its value in a word or two, for people: {@code ready}; with {@code effect} it makes
 *     one standing another than the one before
 * @param since when it came to this value, a reading of the {@link
 *     dev.bugle.advertiser.time.Ticker}
 * @param reason why it has this value, for people: {@code no endpoint on this node is ready}
 */
public record Standing(Effect effect, String value, long since, String reason) {

  /** What it does to the VIP. */
  public enum Effect {
    /** It may be announced as it is. */
    ALLOWS,
    /**
     * It may be announced as its {@link dev.bugle.advertiser.vip.Needs#whenUnhealthy} says, for as
     * long as that says; without one it is withdrawn.
     */
    WORSENS,
    /** It must not be announced, and this process does not compete for its leadership. */
    FORBIDS;

    /** As in answers: {@code forbids}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It may be announced. */
  public static Standing allows(String value, long since, String reason) {
    return new Standing(Effect.ALLOWS, value, since, reason);
  }

  /** It may be announced so that others are preferred. */
  public static Standing worsens(String value, long since, String reason) {
    return new Standing(Effect.WORSENS, value, since, reason);
  }

  /** It must not be announced. */
  public static Standing forbids(String value, long since, String reason) {
    return new Standing(Effect.FORBIDS, value, since, reason);
  }
}
