package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.AddPathCapability.Mode;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.EnhancedRouteRefreshCapability;
import dev.bugle.bgp.wire.capability.ExtendedMessageCapability;
import dev.bugle.bgp.wire.capability.ExtendedNextHopCapability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.capability.RoleCapability;
import dev.bugle.bgp.wire.capability.RouteRefreshCapability;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What our OPEN says, and what follows from the peer's (RFC 4271 §4.2, §6.2). */
final class OpenNegotiation {

  private final SessionConfig config;
  private final SessionConfig.Local local;
  private final Offer offer;

  OpenNegotiation(SessionConfig config) {
    this.config = config;
    this.local = config.local();
    this.offer = config.options().offer();
  }

  /**
   * The OPEN that we send.
   *
   * @param again whether there was a session with the peer before
   */
  OpenMessage open(boolean again) {
    List<Capability> capabilities = new ArrayList<>();
    offer.families().forEach(family -> capabilities.add(new MultiprotocolCapability(family)));
    capabilities.add(RouteRefreshCapability.PRESENT);
    capabilities.add(EnhancedRouteRefreshCapability.PRESENT);
    capabilities.add(new FourOctetAsCapability(local.asn()));
    if (offer.extendedMessages()) {
      capabilities.add(ExtendedMessageCapability.PRESENT);
    }
    if (!offer.ipv6NextHops().isEmpty()) {
      capabilities.add(ExtendedNextHopCapability.overIpv6(List.copyOf(offer.ipv6NextHops())));
    }
    offer.role().ifPresent(ours -> capabilities.add(new RoleCapability(ours.role())));
    AddPathCapability addPath = addPathCapability();
    if (!addPath.families().isEmpty()) {
      capabilities.add(addPath);
    }
    if (offer.gracefulRestart().isPresent() || offer.retention().isPresent()) {
      capabilities.add(restartCapability(again));
    }
    if (offer.retention().filter(helper -> !helper.longLivedStaleTime().isZero()).isPresent()) {
      // RFC 9494 §4.2: we keep the peer's routes so long; ours are not worth it.
      capabilities.add(new LongLivedGracefulRestartCapability(List.of()));
    }
    return new OpenMessage(
        Asn.fitsTwoOctets(local.asn()) ? (int) local.asn() : Asn.AS_TRANS,
        (int) config.options().times().holdTime().toSeconds(),
        local.identifier(),
        capabilities);
  }

  private AddPathCapability addPathCapability() {
    return new AddPathCapability(
        offer.families().stream()
            .flatMap(
                family ->
                    Mode.of(
                        offer.addPathReceive().contains(family),
                        offer.addPathSend().contains(family))
                        .map(mode -> new AddPathCapability.Family(family, mode))
                        .stream())
            .toList());
  }

  /**
   * That the peer can go on sending packets to us holds when it is only the session that was lost,
   * and when whoever restarted us says so; not when we have just been started (RFC 4724 §4.1). Who
   * only helps names no family (§3).
   */
  private GracefulRestartCapability restartCapability(boolean again) {
    boolean preserved = again || local.restarting();
    boolean asks = offer.gracefulRestart().isPresent();
    return new GracefulRestartCapability(
        local.restarting() && !again,
        offer.restartsAfterNotification(),
        offer.gracefulRestart().map(GracefulRestart::restartTime).orElse(Duration.ZERO),
        offer.families().stream()
            .filter(family -> asks)
            .map(family -> new GracefulRestartCapability.Family(family, preserved))
            .toList());
  }

  /**
   * Checks the peer's OPEN and returns what is agreed.
   *
   * @throws BgpException with the OPEN Message Error that RFC 4271 §6.2 names
   */
  Negotiated negotiate(OpenMessage peer) {
    requireExpectedAs(peer);
    requireUsableIdentifier(peer);
    if (peer.holdTime() == 1 || peer.holdTime() == 2) {
      throw new BgpException(
          BgpError.UNACCEPTABLE_HOLD_TIME,
          "the peer proposes a hold time of " + peer.holdTime() + " s; 0 or at least 3 is allowed");
    }
    requireMatchingRole(peer);
    Duration holdTime =
        Duration.ofSeconds(
            Math.min(peer.holdTime(), config.options().times().holdTime().toSeconds()));
    List<AddressFamily> families = commonFamilies(peer);
    return new Negotiated(peer, holdTime, families, agreements(peer), codec(peer, families));
  }

  private void requireExpectedAs(OpenMessage peer) {
    if (!config.remoteAs().admits(local.asn(), peer.asn())) {
      throw new BgpException(
          BgpError.BAD_PEER_AS,
          "the peer is in AS " + peer.asn() + ", " + config.remoteAs() + " is configured");
    }
  }

  private void requireUsableIdentifier(OpenMessage peer) {
    if (peer.bgpIdentifier().isUnspecified()) {
      throw new BgpException(BgpError.BAD_BGP_IDENTIFIER, "the peer's BGP Identifier is 0.0.0.0");
    }
    if (!config.external() && peer.bgpIdentifier().equals(local.identifier())) {
      throw new BgpException( // RFC 6286 §2.2: unique within an AS
          BgpError.BAD_BGP_IDENTIFIER,
          "the peer has our BGP Identifier "
              + peer.bgpIdentifier()
              + "; give one of the two another router id");
    }
  }

  /** RFC 9234 §4.2. */
  private void requireMatchingRole(OpenMessage peer) {
    if (offer.role().isEmpty()) {
      return;
    }
    LocalRole ours = offer.role().get();
    Set<Integer> theirs =
        peer.capabilities(RoleCapability.class).stream()
            .map(RoleCapability::value)
            .collect(Collectors.toCollection(TreeSet::new));
    if (theirs.isEmpty()) {
      if (ours.strict()) {
        throw roleMismatch("the peer does not say its role, and our role is strict");
      }
    } else if (theirs.size() > 1) {
      throw roleMismatch("the peer says several roles: " + theirs);
    } else {
      RoleCapability said = new RoleCapability(theirs.iterator().next());
      if (said.role().filter(ours.role()::agreesWith).isEmpty()) {
        throw roleMismatch(
            "we are " + ours.role() + ", and the peer says that it is " + text(said));
      }
    }
  }

  private static String text(RoleCapability said) {
    return said.role().map(Role::toString).orElse("role " + said.value());
  }

  private static BgpException roleMismatch(String found) {
    return new BgpException(BgpError.ROLE_MISMATCH, found);
  }

  private Set<Agreement> agreements(OpenMessage peer) {
    Set<Agreement> agreements = EnumSet.noneOf(Agreement.class);
    if (peer.capability(RouteRefreshCapability.class).isPresent()) {
      agreements.add(Agreement.ROUTE_REFRESH);
    }
    if (peer.capability(EnhancedRouteRefreshCapability.class).isPresent()) {
      agreements.add(Agreement.ENHANCED_ROUTE_REFRESH);
    }
    Optional<GracefulRestartCapability> theirs = last(peer, GracefulRestartCapability.class);
    if (offer.gracefulRestart().isPresent() && theirs.isPresent()) {
      agreements.add(Agreement.GRACEFUL_RESTART);
    }
    if (offer.retention().isPresent()
        && theirs.filter(asks -> !asks.families().isEmpty()).isPresent()) {
      agreements.add(Agreement.ROUTE_RETENTION);
    }
    if (offer.restartsAfterNotification()
        && theirs.filter(GracefulRestartCapability::notification).isPresent()) {
      agreements.add(Agreement.RESTART_AFTER_NOTIFICATION);
    }
    return agreements;
  }

  /** RFC 4724 §3, RFC 7911 §4: of several, the last counts. */
  private static <C extends Capability> Optional<C> last(OpenMessage peer, Class<C> type) {
    return peer.capabilities(type).stream().reduce((earlier, later) -> later);
  }

  private CodecContext codec(OpenMessage peer, List<AddressFamily> families) {
    return CodecContext.INITIAL
        .withFourOctetAs(peer.capability(FourOctetAsCapability.class).isPresent())
        .withExternal(config.outside())
        .withEnhancedRouteRefresh(peer.capability(EnhancedRouteRefreshCapability.class).isPresent())
        .withReceived(received(peer, families))
        .withSent(sent(peer, families))
        .withCodecs(config.codecs());
  }

  /**
   * What we offered, the peer may send, whatever it offered itself; but that it sends several
   * paths, which changes how all are written, it says in advance (RFC 7911 §4).
   */
  private Direction received(OpenMessage peer, List<AddressFamily> families) {
    return direction(offer.extendedMessages())
        .withExtendedNextHop(offer.ipv6NextHops())
        .withPathIdentifiers(where(offer.addPathReceive(), families, peer, Mode::sends));
  }

  /** What the peer takes, we send, if it is configured. */
  private Direction sent(OpenMessage peer, List<AddressFamily> families) {
    boolean takesExtended = peer.capability(ExtendedMessageCapability.class).isPresent();
    Set<AddressFamily> ipv6NextHops = new HashSet<>();
    peer.capabilities(ExtendedNextHopCapability.class)
        .forEach(each -> ipv6NextHops.addAll(each.familiesOverIpv6()));
    ipv6NextHops.retainAll(offer.ipv6NextHops());
    return direction(offer.extendedMessages() && takesExtended)
        .withPathIdentifiers(where(offer.addPathSend(), families, peer, Mode::receives))
        .withExtendedNextHop(ipv6NextHops);
  }

  /** The families that were offered and agreed on, and of which the peer has said that it does. */
  private static Set<AddressFamily> where(
      Set<AddressFamily> offered,
      List<AddressFamily> agreed,
      OpenMessage peer,
      Predicate<Mode> does) {
    Optional<AddPathCapability> said = last(peer, AddPathCapability.class);
    return offered.stream()
        .filter(agreed::contains)
        .filter(family -> said.flatMap(each -> each.mode(family)).filter(does).isPresent())
        .collect(Collectors.toSet());
  }

  private static Direction direction(boolean extendedMessages) {
    return extendedMessages
        ? Direction.INITIAL.withLongestMessage(Direction.MAX_EXTENDED_MESSAGE_LENGTH)
        : Direction.INITIAL;
  }

  private List<AddressFamily> commonFamilies(OpenMessage peer) {
    List<AddressFamily> offered =
        peer.capabilities(MultiprotocolCapability.class).stream()
            .map(MultiprotocolCapability::family)
            .toList();
    // RFC 4760 §8: without the capability it is IPv4 unicast.
    List<AddressFamily> theirs = offered.isEmpty() ? List.of(AddressFamily.IPV4_UNICAST) : offered;
    List<AddressFamily> common = offer.families().stream().filter(theirs::contains).toList();
    if (common.isEmpty()) {
      throw new BgpException(
          BgpError.UNSUPPORTED_CAPABILITY.withData(wantedCapabilities()),
          "no address family in common: the peer has " + theirs + ", we have " + offer.families());
    }
    return common;
  }

  /** The data of Unsupported Capability: what would have been needed (RFC 5492 §5). */
  private Bytes wantedCapabilities() {
    return Capability.bytesOf(offer.families().stream().map(MultiprotocolCapability::new).toList());
  }

  /**
   * Which of two connections with this peer stays: the one that the side with the higher BGP
   * Identifier opened (RFC 4271 §6.8); with equal identifiers, the one with the higher AS number
   * (RFC 6286 §2.3).
   */
  Initiator collisionWinner(OpenMessage peer) {
    int order = local.identifier().compareTo(peer.bgpIdentifier());
    if (order == 0) {
      order = Long.compare(local.asn(), peer.asn());
    }
    return order > 0 ? Initiator.LOCAL : Initiator.REMOTE;
  }
}
