package dev.bugle.it;

import java.time.Duration;

/**
 * The one neighbour that a router has, which is Bugle, and how to reach it.
 *
 * @param routerAs the router's own AS number
 * @param bugleAs the AS number that the router expects of Bugle
 * @param address Bugle's address, by which the router knows the neighbour
 * @param port where Bugle listens, for a router that connects
 * @param connects whether the router opens connections; one that does not only listens, on port 179
 * @param holdTime what the router offers
 * @param bfd whether the router watches the path by BFD, 3 x 100 ms
 */
record RouterConfig(
    long routerAs,
    long bugleAs,
    String address,
    int port,
    boolean connects,
    Duration holdTime,
    boolean bfd) {

  /** Without BFD. */
  RouterConfig(
      long routerAs, long bugleAs, String address, int port, boolean connects, Duration holdTime) {
    this(routerAs, bugleAs, address, port, connects, holdTime, false);
  }

  RouterConfig withBfd() {
    return new RouterConfig(routerAs, bugleAs, address, port, connects, holdTime, true);
  }

  boolean isIpv6() {
    return address.contains(":");
  }
}
