package dev.bugle.it;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.PathAttributes;

/**
 * What a neighbour has been told of a prefix, the same for both families.
 *
 * @param nextHop the global one; a link-local one beside it (RFC 2545 §3) is left out
 * @param attributes all others
 */
record ToldRoute(IpAddress nextHop, PathAttributes attributes) {

  ToldRoute withNextHop(IpAddress other) {
    return new ToldRoute(other, attributes);
  }

  ToldRoute withAttributes(PathAttributes others) {
    return new ToldRoute(nextHop, others);
  }

  @Override
  public String toString() {
    return "via " + nextHop + " " + attributes;
  }
}
