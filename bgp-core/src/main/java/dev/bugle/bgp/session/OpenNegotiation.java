package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.RouteRefreshCapability;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What our OPEN says, and what follows from the peer's (RFC 4271 §4.2, §6.2). */
final class OpenNegotiation {

  private final SessionConfig config;

  OpenNegotiation(SessionConfig config) {
    this.config = config;
  }

  /** The OPEN that we send. */
  OpenMessage open() {
    List<Capability> capabilities = new ArrayList<>();
    config
        .options()
        .offer()
        .families()
        .forEach(family -> capabilities.add(new MultiprotocolCapability(family)));
    capabilities.add(RouteRefreshCapability.PRESENT);
    capabilities.add(new FourOctetAsCapability(config.localAs()));
    return new OpenMessage(
        Asn.fitsTwoOctets(config.localAs()) ? (int) config.localAs() : Asn.AS_TRANS,
        (int) config.options().times().holdTime().toSeconds(),
        config.localIdentifier(),
        capabilities);
  }

  /**
   * Checks the peer's OPEN and returns what is agreed.
   *
   * @throws BgpException with the OPEN Message Error that RFC 4271 §6.2 names
   */
  Negotiated negotiate(OpenMessage peer) {
    if (!config.remoteAs().admits(config.localAs(), peer.asn())) {
      throw new BgpException(
          BgpError.BAD_PEER_AS,
          "the peer is in AS " + peer.asn() + ", " + config.remoteAs() + " is configured");
    }
    if (peer.bgpIdentifier().isUnspecified()) {
      throw new BgpException(BgpError.BAD_BGP_IDENTIFIER, "the peer's BGP Identifier is 0.0.0.0");
    }
    if (!config.external() && peer.bgpIdentifier().equals(config.localIdentifier())) {
      throw new BgpException( // RFC 6286 §2.2: unique within an AS
          BgpError.BAD_BGP_IDENTIFIER,
          "the peer has our BGP Identifier "
              + peer.bgpIdentifier()
              + "; give one of the two another router id");
    }
    if (peer.holdTime() == 1 || peer.holdTime() == 2) {
      throw new BgpException(
          BgpError.UNACCEPTABLE_HOLD_TIME,
          "the peer proposes a hold time of " + peer.holdTime() + " s; 0 or at least 3 is allowed");
    }
    Duration holdTime =
        Duration.ofSeconds(
            Math.min(peer.holdTime(), config.options().times().holdTime().toSeconds()));
    boolean fourOctetAs = peer.capability(FourOctetAsCapability.class).isPresent();
    return new Negotiated(
        peer,
        holdTime,
        commonFamilies(peer),
        peer.capability(RouteRefreshCapability.class).isPresent(),
        CodecContext.INITIAL
            .withFourOctetAs(fourOctetAs)
            .withExternal(config.external())
            .withNlriCodecs(config.nlriCodecs()));
  }

  /** Without the capability a peer speaks IPv4 unicast and nothing else (RFC 4760 §8). */
  private List<AddressFamily> commonFamilies(OpenMessage peer) {
    List<AddressFamily> offered =
        peer.capabilities().stream()
            .filter(MultiprotocolCapability.class::isInstance)
            .map(capability -> ((MultiprotocolCapability) capability).family())
            .toList();
    List<AddressFamily> theirs = offered.isEmpty() ? List.of(AddressFamily.IPV4_UNICAST) : offered;
    List<AddressFamily> common =
        config.options().offer().families().stream().filter(theirs::contains).toList();
    if (common.isEmpty()) {
      throw new BgpException(
          BgpError.UNSUPPORTED_CAPABILITY.withData(wantedCapabilities()),
          "no address family in common: the peer has "
              + theirs
              + ", we have "
              + config.options().offer().families());
    }
    return common;
  }

  /** The data of Unsupported Capability: what would have been needed (RFC 5492 §5). */
  private Bytes wantedCapabilities() {
    return Capability.bytesOf(
        config.options().offer().families().stream().map(MultiprotocolCapability::new).toList());
  }

  /**
   * Which of two connections with this peer stays: the one that the side with the higher BGP
   * Identifier opened (RFC 4271 §6.8); with equal identifiers, the one with the higher AS number
   * (RFC 6286 §2.3).
   */
  Initiator collisionWinner(OpenMessage peer) {
    int order = config.localIdentifier().compareTo(peer.bgpIdentifier());
    if (order == 0) {
      order = Long.compare(config.localAs(), peer.asn());
    }
    return order > 0 ? Initiator.LOCAL : Initiator.REMOTE;
  }
}
