package dev.bugle.advertiser.source;

import java.util.Locale;

/**
 * What has become of a VIP that a source has stated.
 *
 * @param vip its name, as the source has stated it
 * @param state how it is announced, or why not at all
 * @param reason why, for people
 * @param since since when, a reading of the {@link dev.bugle.advertiser.time.Ticker}
 */
public record Verdict(String vip, State state, String reason, long since) {

  /** What becomes of a VIP. */
  public enum State {
    /** Announced as it was stated. */
    ANNOUNCED,
    /** Announced, but so that others are preferred, as its {@code whenUnhealthy} says. */
    DEGRADED,
    /** Announced as going out of service. */
    DRAINING,
    /** Not announced, since something that it takes does not hold; it is when that does. */
    WITHDRAWN,
    /** Not announced, since it cannot be as it was stated: state it otherwise. */
    REFUSED,
    /** It is not stated any more, and not announced; the last that is heard of it. */
    GONE;

    /** As in messages: {@code announced}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is announced in any way. */
  public boolean announced() {
    return switch (state) {
      case ANNOUNCED, DEGRADED, DRAINING -> true;
      case WITHDRAWN, REFUSED, GONE -> false;
    };
  }

  /** As in messages: {@code web: withdrawn (no endpoint on this node is ready)}. */
  @Override
  public String toString() {
    return vip + ": " + state + " (" + reason + ")";
  }
}
