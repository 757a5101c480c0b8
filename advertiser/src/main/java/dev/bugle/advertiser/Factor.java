package dev.bugle.advertiser;

import java.util.Locale;

/**
 * One input of a decision: what it is, and what it does to the VIP. Times are readings of the
 * {@link dev.bugle.advertiser.time.Ticker}.
 *
 * @param kind which sort of input
 * @param name tells it from others of its kind: of the leadership, the check, the address
 * @param effect what it does to the VIP
 * @param value its value, for people: {@code held}
 * @param since when it came to this value
 * @param until the first moment at which it may have another effect although nothing has been
 *     heard; {@link Long#MAX_VALUE}: never
 * @param reason why it has this value, for people
 */
public record Factor(
    Kind kind, String name, Effect effect, String value, long since, long until, String reason) {

  /**
   * Which sort of input it is, in the order in which they are asked: what keeps a process from
   * competing comes before that it does not lead.
   */
  public enum Kind {
    /** Whether it is being taken out of service. */
    DRAIN,
    /** Whether its source lets it be announced from here. */
    SOURCE,
    /** Whether what is behind it works. */
    HEALTH,
    /** Whether there is anybody to announce it to, where another could do it. */
    PEERS,
    /** Whether this process may announce it. */
    LEADERSHIP,
    /** Whether its address is on its interface. */
    ADDRESS,
    /** Whether a decision could be made at all. */
    RECONCILER;

    /** As in logs and answers: {@code health}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it does to the VIP. */
  public enum Effect {
    /** It may be announced as it is. */
    ALLOWS,
    /** It may be announced, but not as it is. */
    WORSENS,
    /** It must not be announced. */
    FORBIDS;

    /** As in answers: {@code forbids}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean forbids() {
    return effect == Effect.FORBIDS;
  }

  /** The rule by which it has its effect, in words. */
  public String rule() {
    return switch (kind) {
      case LEADERSHIP -> "A VIP is announced only while its leadership is held.";
      case DRAIN ->
          effect == Effect.WORSENS
              ? "A VIP that is drained is announced with graceful-shutdown for its drain time."
              : "A VIP that is drained is withdrawn when its drain time is over.";
      case SOURCE ->
          effect == Effect.WORSENS
              ? "A VIP with when-unhealthy is announced otherwise while its source says so."
              : "A VIP of a source is announced only while the source lets it.";
      case HEALTH ->
          effect == Effect.WORSENS
              ? "A VIP with when-unhealthy is announced otherwise while a check of it is down."
              : "A VIP is announced only while every check of it is up.";
      case PEERS -> "A leadership is left to others while no peer is up here.";
      case ADDRESS -> "A VIP is announced only while its address is on its interface.";
      case RECONCILER -> "Nothing is announced when a decision cannot be made.";
    };
  }

  /** Why, for people who do not see which input it is. */
  String cause() {
    return kind == Kind.HEALTH || kind == Kind.ADDRESS ? kind + " " + name + ": " + reason : reason;
  }

  /** As in messages: {@code health api: down (connection refused)}. */
  @Override
  public String toString() {
    return kind + (name.isEmpty() ? "" : " " + name) + ": " + value + " (" + reason + ")";
  }
}
