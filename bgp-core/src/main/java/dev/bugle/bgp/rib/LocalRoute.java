package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Optional;

/**
 * A route that this speaker originates, before it is fitted to a peer.
 *
 * @param prefix the destination
 * @param attributes those that go to every peer alike, among them LOCAL_PREF for peers in our AS
 * @param prepend how many more times our AS number stands in the path towards other ASes
 * @param nextHop the next hop to give, of the prefix's family; empty for our own address on the
 *     session
 */
public record LocalRoute(
    Prefix prefix, PathAttributes attributes, int prepend, Optional<IpAddress> nextHop) {

  /** Checks what each component says of itself. */
  public LocalRoute {
    if (prepend < 0) {
      throw new IllegalArgumentException("prepend " + prepend + " of " + prefix + " is negative");
    }
    boolean isIpv4 = prefix.address().isIpv4();
    nextHop
        .filter(address -> address.isIpv4() != isIpv4)
        .ifPresent(
            address -> {
              throw new IllegalArgumentException(
                  "next hop "
                      + address
                      + " of "
                      + prefix
                      + " is of another family; give an "
                      + (isIpv4 ? "IPv4" : "IPv6")
                      + " address");
            });
  }
}
