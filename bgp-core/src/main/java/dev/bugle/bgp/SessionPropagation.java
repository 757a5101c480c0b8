package dev.bugle.bgp;

import static dev.bugle.bgp.rib.table.NextHops.ALL_REACHABLE;

import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.table.NextHopChoice;
import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.rib.table.Propagation;
import dev.bugle.bgp.rib.table.Propagation.Feature;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How an established session is told of what was learned: what its configuration and OPENs say. */
final class SessionPropagation {

  private SessionPropagation() {}

  /**
   * The value that is equal for all sessions which are told the same of the family.
   *
   * @param local our address on the session
   */
  static Propagation of(
      SpeakerConfig speaker,
      PeerConfig config,
      Negotiated negotiated,
      AddressFamily family,
      InetAddress local) {
    PeerStanding standing = config.standing(speaker);
    PolicyPeer peer =
        new PolicyPeer(config.address(), negotiated.peerAs(), config.peerAddress().zone());
    return new Propagation(
        family,
        standing.kind(),
        config.propagation().policy().map(policy -> policy.forPeer(peer)),
        config.session().offer().role().map(LocalRole::role),
        nextHop(speaker, config, negotiated, family, local),
        new Propagation.Own(standing.ownAs(), speaker.clusterId()),
        features(standing, negotiated, family));
  }

  private static NextHopChoice nextHop(
      SpeakerConfig speaker,
      PeerConfig config,
      Negotiated negotiated,
      AddressFamily family,
      InetAddress local) {
    NextHopRule rule = config.propagation().nextHop();
    Set<Prefix> shared = rule == NextHopRule.THIRD_PARTY ? NextHops.shared(local) : Set.of();
    return new NextHopChoice(
        rule,
        own(config, negotiated, family, local),
        shared,
        speaker.routingTable().map(RoutingTableConfig::nextHops).orElse(ALL_REACHABLE));
  }

  /**
   * Labels mean something to the router that gave them, which is the next hop that they came with
   * (RFC 8277 §3.2, RFC 4364 §4.3.2): packets that carry them must not be drawn to us.
   */
  private static Optional<IpAddress> own(
      PeerConfig config, Negotiated negotiated, AddressFamily family, InetAddress local) {
    if (!NextHops.OF_OURS.contains(family)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        NextHops.of(config, negotiated.codec().sent().extendedNextHop(), local).get(family));
  }

  private static Set<Feature> features(
      PeerStanding standing, Negotiated negotiated, AddressFamily family) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    if (standing.takesAigp()) {
      features.add(Feature.AIGP);
    }
    if (negotiated.codec().sent().extendedNextHop().contains(family)) {
      features.add(Feature.IPV6_NEXT_HOPS);
    }
    boolean keepsLong =
        negotiated.peerOpen().capabilities(LongLivedGracefulRestartCapability.class).stream()
            .flatMap(capability -> capability.families().stream())
            .anyMatch(kept -> kept.family().equals(family));
    if (keepsLong) {
      features.add(Feature.LONG_LIVED_GRACEFUL_RESTART);
    }
    return features;
  }
}
