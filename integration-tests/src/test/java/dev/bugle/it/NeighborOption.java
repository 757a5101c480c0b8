package dev.bugle.it;

import java.time.Duration;

/**
 * Something that a router can be configured with for its one neighbour, and by default is not. A
 * driver translates those that its daemon has, and refuses the others.
 */
sealed interface NeighborOption {

  /** The path is watched by BFD, 3 x 100 ms. */
  record Bfd() implements NeighborOption {}

  /** A signature on every TCP segment (RFC 2385). */
  record Md5(String password) implements NeighborOption {}

  /** Packets from further away are dropped (RFC 5082). */
  record TtlSecurity(int hops) implements NeighborOption {}

  /** The neighbour may be that far away. */
  record Multihop(int ttl) implements NeighborOption {}

  /**
   * What the router is to Bugle (RFC 9234).
   *
   * @param strict whether Bugle must have a role too
   */
  record Role(Name name, boolean strict) implements NeighborOption {
    enum Name {
      PROVIDER,
      CUSTOMER,
      PEER,
      RS_SERVER,
      RS_CLIENT
    }
  }

  /**
   * The router keeps Bugle's routes while it restarts (RFC 4724).
   *
   * @param restartTime that the router offers for itself
   * @param notification also after a NOTIFICATION (RFC 8538)
   */
  record RestartHelper(Duration restartTime, boolean notification) implements NeighborOption {}

  /**
   * Bugle keeps the router's routes while the router restarts (RFC 4724).
   *
   * @param restartTime within which it promises to be back
   * @param longLived for how long after that they are to be the last resort (RFC 9494); zero: not
   * @param notification also after a NOTIFICATION (RFC 8538)
   * @param forwarded whether it says, when it is back, that it has forwarded packets throughout
   */
  record Restarting(
      Duration restartTime, Duration longLived, boolean notification, boolean forwarded)
      implements NeighborOption {}

  /** Takes several paths to one prefix, of both families (RFC 7911). */
  record AddPathReceive() implements NeighborOption {}

  /**
   * Sends all paths to a prefix that it has, of both families (RFC 7911). It has them from the two
   * {@link Wire#feedersV4}, which are further neighbours that it waits for.
   */
  record AddPathSend() implements NeighborOption {
    static final long FEEDERS_AS = 65011;
  }

  /** Flow specifications of IPv4 and IPv6, in place of unicast routes (RFC 8955, RFC 8956). */
  record FlowSpecs() implements NeighborOption {}

  /** Messages may have up to 65535 octets (RFC 8654). */
  record ExtendedMessages() implements NeighborOption {}

  /** A refresh is begun and ended by markers (RFC 7313). */
  record EnhancedRefresh() implements NeighborOption {}

  /** Whatever AS Bugle is in, if it is another; {@link RouterConfig#bugleAs} is not looked at. */
  record AnyExternalAs() implements NeighborOption {}

  /** The AS that the router is in for Bugle, in place of {@link RouterConfig#routerAs}. */
  record LocalAs(long asn) implements NeighborOption {}

  /** IPv4 routes may have IPv6 next hops (RFC 8950). */
  record ExtendedNextHop() implements NeighborOption {}

  /** A neighbour that proposes less is refused. */
  record MinimumHoldTime(Duration least) implements NeighborOption {}
}
