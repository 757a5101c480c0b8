package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PolicyRoute;
import dev.bugle.bgp.rib.table.Propagation.Feature;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.Ipv6ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.Ipv6ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One path on its way through us: what becomes of its attributes (RFC 4271 §5).
 *
 * @param by whose rules hold
 * @param path as it was accepted
 */
record Passage(Propagation by, LearnedPath path) {

  /** Whether it leaves our AS, and our confederation if we are in one. */
  boolean leavesOurAs() {
    return by.towards().isOutside();
  }

  /** Whether it stays in the AS that we have it from, so that we reflect it (RFC 4456). */
  boolean isReflected() {
    return path.source().kind().isInOurAs() && by.towards().isInOurAs();
  }

  /** Whether we are a route server for it (RFC 7947). */
  boolean isTransparent() {
    return by.isTransparentFor(path);
  }

  /** The attributes as the policy sees them: without what is its to say anew. */
  PathAttributes offered() {
    PathAttributes attributes = path.attributes();
    if (!leavesOurAs() || isTransparent()) {
      return attributes;
    }
    // RFC 4271 §5.1.4: of another AS, or of ours towards it, it means nothing to a third.
    return withoutNonTransitive(attributes.without(MultiExitDisc.class));
  }

  /** RFC 4360 §6, and RFC 5701 §2, which follows it. */
  private static PathAttributes withoutNonTransitive(PathAttributes attributes) {
    PathAttributes left = attributes;
    Optional<ExtendedCommunities> extended = left.get(ExtendedCommunities.class);
    if (extended.isPresent()) {
      List<ExtendedCommunity> crossing =
          extended.get().values().stream().filter(ExtendedCommunity::isTransitive).toList();
      if (crossing.size() < extended.get().values().size()) {
        left =
            crossing.isEmpty()
                ? left.without(ExtendedCommunities.class)
                : left.with(new ExtendedCommunities(crossing));
      }
    }
    Optional<Ipv6ExtendedCommunities> ipv6 = left.get(Ipv6ExtendedCommunities.class);
    if (ipv6.isPresent()) {
      List<Ipv6ExtendedCommunity> crossing =
          ipv6.get().values().stream().filter(Ipv6ExtendedCommunity::isTransitive).toList();
      if (crossing.size() < ipv6.get().values().size()) {
        left =
            crossing.isEmpty()
                ? left.without(Ipv6ExtendedCommunities.class)
                : left.with(new Ipv6ExtendedCommunities(crossing));
      }
    }
    return left;
  }

  /**
   * The path as it is told; empty when there is no next hop that the session can carry, unless the
   * family has none.
   */
  Optional<Path> fitted(PolicyRoute accepted) {
    Optional<IpAddress> nextHop = accepted.nextHop().or(by.nextHop()::own).filter(this::isCarried);
    return nextHop.isPresent() == by.family().hasNextHops()
        ? Optional.of(new Path(attributes(accepted, nextHop), nextHop))
        : Optional.empty();
  }

  /** RFC 8950 §4: who has not agreed to it cannot read an IPv6 next hop of an IPv4 route. */
  private boolean isCarried(IpAddress nextHop) {
    AddressFamily family = by.family();
    return nextHop.isIpv4()
        || !family.isIpv4()
        || family.equals(AddressFamily.ROUTE_TARGET) // RFC 4684 §5: either will do
        || by.features().contains(Feature.IPV6_NEXT_HOPS);
  }

  private PathAttributes attributes(PolicyRoute accepted, Optional<IpAddress> nextHop) {
    PathAttributes attributes = asPath(accepted);
    attributes = leavesOurAs() ? attributes.without(LocalPref.class) : preferred(attributes);
    attributes = isReflected() ? reflected(attributes) : unreflected(attributes);
    attributes = aigp(attributes, nextHop);
    if (by.marksOnlyToCustomer() && attributes.get(OnlyToCustomer.class).isEmpty()) {
      attributes = attributes.with(new OnlyToCustomer(by.own().as().known())); // RFC 9234 §5
    }
    // RFC 7947 §2.2: a route server leaves alone also what it does not know.
    return isTransparent() ? attributes : withoutUnknown(attributes);
  }

  private PathAttributes asPath(PolicyRoute accepted) {
    PathAttributes attributes = accepted.attributes();
    AsPath path = attributes.get(AsPath.class).orElse(AsPath.EMPTY);
    AsPath told;
    if (isTransparent() && !path.segments().isEmpty()) {
      // RFC 7947 §2.2.2.1; what the policy prepends is asked for all the same.
      told = path.withoutConfederation().prepend(by.own().as().known(), accepted.prepend());
    } else {
      told = by.own().as().leaving(path, by.towards(), accepted.prepend());
    }
    return told.equals(path) ? attributes : attributes.with(told);
  }

  /** RFC 4271 §5.1.5: within an AS, and a confederation, it is always there. */
  private static PathAttributes preferred(PathAttributes attributes) {
    return attributes.get(LocalPref.class).isPresent()
        ? attributes
        : attributes.with(new LocalPref(LearnedPath.DEFAULT_LOCAL_PREF));
  }

  /** RFC 4456 §8. */
  private PathAttributes reflected(PathAttributes attributes) {
    PathAttributes reflected =
        attributes.get(OriginatorId.class).isPresent()
            ? attributes
            : attributes.with(new OriginatorId(path.source().identifier()));
    List<Ipv4Address> clusters = new ArrayList<>(List.of(by.own().clusterId()));
    attributes.get(ClusterList.class).ifPresent(list -> clusters.addAll(list.clusterIds()));
    return reflected.with(new ClusterList(clusters));
  }

  /** RFC 4456 §8: they are of the AS in which the path was reflected. */
  private static PathAttributes unreflected(PathAttributes attributes) {
    return attributes.without(OriginatorId.class).without(ClusterList.class);
  }

  /** RFC 7311 §3.3, §3.4.3. */
  private PathAttributes aigp(PathAttributes attributes, Optional<IpAddress> nextHop) {
    Optional<Aigp> aigp = attributes.get(Aigp.class);
    if (aigp.isEmpty()) {
      return attributes;
    }
    if (!by.features().contains(Feature.AIGP)) {
      return attributes.without(Aigp.class);
    }
    if (nextHop.isEmpty() || !nextHop.equals(by.nextHop().own())) {
      return attributes; // Who is the next hop adds its own distance.
    }
    Optional<Aigp> farther =
        path.nextHop().map(by.nextHop().ways()::cost).orElse(OptionalLong.empty()).stream()
            .mapToObj(aigp.get()::increasedBy)
            .flatMap(Optional::stream)
            .findFirst();
    return farther.map(attributes::with).orElse(attributes.without(Aigp.class));
  }

  /** RFC 4271 §5, §9: passed on with the Partial bit where it is transitive, else dropped. */
  private static PathAttributes withoutUnknown(PathAttributes attributes) {
    PathAttributes left = attributes;
    for (PathAttribute attribute : attributes) {
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
}
