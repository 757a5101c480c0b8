package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the two OPENs agreed on.
 *
 * @param peerOpen the peer's, whole
 * @param holdTime the smaller of both; 0 when neither side watches (RFC 4271 §4.2)
 * @param families that both sides offered
 * @param agreements what else holds
 * @param codec how messages are read and written from now on
 */
public record Negotiated(
    OpenMessage peerOpen,
    Duration holdTime,
    List<AddressFamily> families,
    Set<Agreement> agreements,
    CodecContext codec) {

  /** Copies the collections. */
  public Negotiated {
    families = List.copyOf(families);
    Set<Agreement> ordered = EnumSet.noneOf(Agreement.class);
    ordered.addAll(agreements);
    agreements = Collections.unmodifiableSet(ordered);
  }

  /** Whether this holds. */
  public boolean has(Agreement agreement) {
    return agreements.contains(agreement);
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
