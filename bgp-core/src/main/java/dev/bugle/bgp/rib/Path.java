package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Optional;

/**
 * What a peer is told of a destination: destinations with equal paths share an UPDATE.
 *
 * @param attributes without NEXT_HOP and MP_REACH_NLRI
 * @param nextHop of the destination's family; empty where that has no next hops
 */
public record Path(PathAttributes attributes, Optional<IpAddress> nextHop) {

  /** Checks that no attribute says otherwise where the destinations are or by which next hop. */
  public Path {
    if (attributes.get(NextHop.class).isPresent()
        || attributes.get(MpReach.class).isPresent()
        || attributes.get(MpUnreach.class).isPresent()) {
      throw new IllegalArgumentException(
          "NEXT_HOP, MP_REACH_NLRI and MP_UNREACH_NLRI are made from the path's next hop and its"
              + " destinations; leave them out of "
              + attributes);
    }
  }

  // A full table compares many: what a record has by itself is several times slower.

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Path that
            && attributes.equals(that.attributes)
            && nextHop.equals(that.nextHop));
  }

  @Override
  public int hashCode() {
    return 31 * attributes.hashCode() + nextHop.hashCode();
  }
}
