package dev.bugle.it;

import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    Optional<ToldRoute> without(ToldRoute told, Set<IpAddress> receiver) {
      return receiver.contains(told.nextHop()) ? Optional.empty() : Optional.of(told);
    }
  },

  /** FRR reflects a path without MULTI_EXIT_DISC with one of 0 (RFC 4456 §10). */
  MED_OF_REFLECTED {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("FRR") && topology == Topology.REFLECTOR;
    }

    @Override
    PathAttributes without(PathAttributes told) {
      boolean isZero =
          told.get(MultiExitDisc.class).filter(med -> med.value() == 0).isPresent()
              && told.get(OriginatorId.class).isPresent();
      return isZero ? told.without(MultiExitDisc.class) : told;
    }
  },

  /** As route servers both treat what they do not know as others do (RFC 7947 §2.2). */
  UNKNOWN_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return topology == Topology.ROUTE_SERVER;
    }

    @Override
    PathAttributes without(PathAttributes told) {
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
      return left;
    }
  },

  /** As a route server BIRD takes out extended communities of one AS (RFC 7947 §2.2.4). */
  EXTENDED_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("BIRD") && topology == Topology.ROUTE_SERVER;
    }

    @Override
    PathAttributes without(PathAttributes told) {
      List<ExtendedCommunity> transitive =
          told.extendedCommunities().stream().filter(ExtendedCommunity::isTransitive).toList();
      return transitive.isEmpty()
          ? told.without(ExtendedCommunities.class)
          : told.with(new ExtendedCommunities(transitive));
    }
  },

  /** As a route server FRR adds NO_EXPORT to BLACKHOLE (RFC 7999 §3.2, RFC 7947 §2.2.4). */
  BLACKHOLE_AT_ROUTE_SERVER {
    @Override
    boolean holds(String daemon, Topology topology) {
      return daemon.equals("FRR") && topology == Topology.ROUTE_SERVER;
    }

    @Override
    PathAttributes without(PathAttributes told) {
      if (!told.communities().contains(Community.BLACKHOLE)) {
        return told;
      }
      return told.with(
          new Communities(
              told.communities().stream()
                  .filter(community -> !community.equals(Community.NO_EXPORT))
                  .toList()));
    }
  };

  /** Whether it is granted to the daemon of that name there. */
  abstract boolean holds(String daemon, Topology topology);

  /**
   * What it leaves of a route for the comparison; empty when it is not to be compared.
   *
   * @param receiver the addresses of whoever is told
   */
  Optional<ToldRoute> without(ToldRoute told, Set<IpAddress> receiver) {
    return Optional.of(told.withAttributes(without(told.attributes())));
  }

  /** What it leaves of the attributes. */
  PathAttributes without(PathAttributes told) {
    return told;
  }
}
