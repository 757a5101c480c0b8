package dev.bugle.it;

import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import java.util.List;
import java.util.Optional;

/**
 * What a daemon does otherwise than Bugle, where the RFCs leave it open or are on Bugle's side, and
 * no configuration of the daemon changes it; docs/differences.md has the same as a table.
 */
enum Leeway {
  /** BIRD tells nobody of a path whose next hop he is; he is to ignore it (RFC 4271 §6.3). */
  NEXT_HOP_IS_RECEIVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("BIRD") && topology.nextHop() != NextHopRule.SELF;
    }

    @Override
    Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver) {
      return told.get(NextHop.class).filter(hop -> hop.address().equals(receiver)).isPresent()
          ? Optional.empty()
          : Optional.of(told);
    }
  },

  /** FRR reflects a path without MULTI_EXIT_DISC with one of 0 (RFC 4456 §10). */
  MED_OF_REFLECTED {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("FRR") && topology == Topology.REFLECTOR;
    }

    @Override
    Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver) {
      boolean isZero =
          told.get(MultiExitDisc.class).filter(med -> med.value() == 0).isPresent()
              && told.get(OriginatorId.class).isPresent();
      return Optional.of(isZero ? told.without(MultiExitDisc.class) : told);
    }
  },

  /** As route servers both treat what they do not know as others do (RFC 7947 §2.2). */
  UNKNOWN_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return topology == Topology.ROUTE_SERVER;
    }

    @Override
    Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver) {
      PathAttributes left = told;
      for (PathAttribute attribute : told) {
        if (attribute instanceof UnknownAttribute unknown) {
          left =
              unknown.flags().isTransitive()
                  ? left.with(
                      new UnknownAttribute(
                          unknown.flags().withPartial(), unknown.typeCode(), unknown.value()))
                  : left.without(unknown.typeCode());
        }
      }
      return Optional.of(left);
    }
  },

  /** As a route server BIRD takes out extended communities of one AS (RFC 7947 §2.2.4). */
  EXTENDED_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("BIRD") && topology == Topology.ROUTE_SERVER;
    }

    @Override
    Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver) {
      List<ExtendedCommunity> transitive =
          told.extendedCommunities().stream().filter(ExtendedCommunity::isTransitive).toList();
      return Optional.of(
          transitive.isEmpty()
              ? told.without(ExtendedCommunities.class)
              : told.with(new ExtendedCommunities(transitive)));
    }
  },

  /** As a route server FRR adds NO_EXPORT to BLACKHOLE (RFC 7999 §3.2, RFC 7947 §2.2.4). */
  BLACKHOLE_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("FRR") && topology == Topology.ROUTE_SERVER;
    }

    @Override
    Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver) {
      if (!told.communities().contains(Community.BLACKHOLE)) {
        return Optional.of(told);
      }
      return Optional.of(
          told.with(
              new Communities(
                  told.communities().stream()
                      .filter(community -> !community.equals(Community.NO_EXPORT))
                      .toList())));
    }
  };

  /** Whether it is granted to the daemon of that name there. */
  abstract boolean holds(String daemon, Topology topology);

  /** What it leaves of a route for the comparison; empty when it is not to be compared. */
  abstract Optional<PathAttributes> without(PathAttributes told, Ipv4Address receiver);
}
