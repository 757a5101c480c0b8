package dev.bugle.advertiser.vip;

import dev.bugle.bgp.Route;
import java.time.Duration;

/**
 * A virtual IP address.
 *
 * @param name tells it from others, which may have the same prefix
 * @param route what is announced
 * @param audience to whom
 * @param needs what must hold for it to be announced
 * @param drainTime how long it is announced as draining before it is withdrawn; zero: not at all
 */
public record Vip(String name, Route route, VipAudience audience, Needs needs, Duration drainTime) {

  /** The leadership that is always held and needs no declaration. */
  public static final String ALWAYS = "always";

  /** Checks the name and the time. */
  public Vip {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a VIP needs a name");
    }
    if (drainTime.isNegative()) {
      throw new IllegalArgumentException("the drain time of " + name + " is negative");
    }
  }

  /** One named by its prefix, which all peers get while that leadership is held. */
  public Vip(Route route, String leadership) {
    this(
        route.prefix().toString(),
        route,
        VipAudience.ALL,
        Needs.leadership(leadership),
        Duration.ZERO);
  }

  /** The name of the elector that it takes, or {@link #ALWAYS}. */
  public String leadership() {
    return needs.leadership();
  }

  /** Whether it may be announced only while a leadership is held that another can have. */
  public boolean takesLeadership() {
    return !leadership().equals(ALWAYS);
  }

  /** Whether that is what people call it: its name, or its prefix. */
  public boolean isCalled(String text) {
    return name.equals(text) || route.prefix().toString().equals(text);
  }

  /** As in messages: {@code 203.0.113.10/32}, or {@code api (203.0.113.10/32)}. */
  @Override
  public String toString() {
    String prefix = route.prefix().toString();
    return name.equals(prefix) ? prefix : name + " (" + prefix + ")";
  }
}
