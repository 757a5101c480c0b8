package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What we offer in OPEN; what comes of it, the peer's OPEN decides (RFC 5492). Route refresh,
 * enhanced route refresh and 4-octet AS numbers are always offered.
 *
 * @param families at least one; one given twice counts once
 * @param addPathSend of which we send several paths for a destination, if the peer takes them (RFC
 *     7911)
 * @param addPathReceive of which we take several paths for a destination, if the peer sends them
 * @param ipv6NextHops whose routes may go with an IPv6 next hop though they are of IPv4 (RFC 8950)
 * @param extendedMessages whether messages may have up to 65535 octets (RFC 8654)
 * @param role what we are to the peer; only towards another AS
 * @param gracefulRestart whether and for how long the peer shall keep our routes
 * @param retention whether and for how long we keep the peer's
 */
public record Offer(
    List<AddressFamily> families,
    Set<AddressFamily> addPathSend,
    Set<AddressFamily> addPathReceive,
    Set<AddressFamily> ipv6NextHops,
    boolean extendedMessages,
    Optional<LocalRole> role,
    Optional<GracefulRestart> gracefulRestart,
    Optional<RouteRetention> retention) {

  /** IPv4 and IPv6 unicast, and what is always offered. */
  public static final Offer DEFAULT =
      of(List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST));

  /** Checks and copies. */
  public Offer {
    families = families.stream().distinct().toList();
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one address family is needed");
    }
    addPathSend = within(families, addPathSend, "several paths");
    addPathReceive = within(families, addPathReceive, "several paths");
    ipv6NextHops = within(families, ipv6NextHops, "IPv6 next hops");
  }

  /** These families, and what is always offered. */
  public static Offer of(List<AddressFamily> families) {
    return new Offer(
        families,
        Set.of(),
        Set.of(),
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether graceful restart shall hold after a NOTIFICATION, too (RFC 8538). */
  boolean restartsAfterNotification() {
    return gracefulRestart.filter(GracefulRestart::afterNotification).isPresent()
        || retention.filter(RouteRetention::afterNotification).isPresent();
  }

  /** In the order of the families. */
  private static Set<AddressFamily> within(
      List<AddressFamily> families, Collection<AddressFamily> some, String what) {
    for (AddressFamily family : some) {
      if (!families.contains(family)) {
        throw new IllegalArgumentException(
            what + " of " + family + " are offered, but not the family itself");
      }
    }
    Set<AddressFamily> ordered = new LinkedHashSet<>(families);
    ordered.retainAll(some);
    return Collections.unmodifiableSet(ordered);
  }
}
