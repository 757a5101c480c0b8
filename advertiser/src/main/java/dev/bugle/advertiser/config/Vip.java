package dev.bugle.advertiser.config;

import dev.bugle.bgp.Route;

/**
 * A virtual IP address: the route that is announced, and the leadership that it takes.
 *
 * @param route the host route with its attributes
 * @param leadership the name of an elector, or {@link #ALWAYS}
 */
public record Vip(Route route, String leadership) {

  /** The leadership that is always held and needs no declaration. */
  public static final String ALWAYS = "always";

  /** Whether it may be announced only while that leadership is held. */
  boolean takesLeadership() {
    return !leadership.equals(ALWAYS);
  }

  /** The address, as in messages: {@code 203.0.113.10/32}. */
  @Override
  public String toString() {
    return route.prefix().toString();
  }
}
