package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.List;

/**
 * What the two OPENs agreed on.
 *
 * @param peerOpen the peer's, whole
 * @param holdTime the smaller of both; 0 when neither side watches (RFC 4271 §4.2)
 * @param families that both sides offered
 * @param routeRefresh whether the peer re-sends its routes when asked (RFC 2918)
 * @param codec how messages are read and written from now on
 */
public record Negotiated(
    OpenMessage peerOpen,
    Duration holdTime,
    List<AddressFamily> families,
    boolean routeRefresh,
    CodecContext codec) {

  /** Copies the list. */
  public Negotiated {
    families = List.copyOf(families);
  }

  /** The peer's AS number. */
  public long peerAs() {
    return peerOpen.asn();
  }

  /** The peer's BGP Identifier. */
  public Ipv4Address peerIdentifier() {
    return peerOpen.bgpIdentifier();
  }

  /** A third of the hold time (RFC 4271 §10). */
  public Duration keepaliveTime() {
    return holdTime.dividedBy(3);
  }

  /**
   * Whether the keepalive time may be shortened by jitter: not when that would bring KEEPALIVEs
   * closer together than the one second that RFC 4271 §4.4 allows.
   */
  boolean allowsKeepaliveJitter() {
    return keepaliveTime().multipliedBy(3).dividedBy(4).compareTo(Duration.ofSeconds(1)) >= 0;
  }
}
