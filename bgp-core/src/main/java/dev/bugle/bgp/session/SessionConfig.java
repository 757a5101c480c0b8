package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodecs;
import java.time.Duration;
import java.util.List;

/**
 * What a session is configured with.
 *
 * @param localAs 1 to 4294967295
 * @param localIdentifier our BGP Identifier, not 0.0.0.0
 * @param peerAs that the peer must be in, 1 to 4294967295
 * @param holdTime proposed: 0 (never) or 3 to 65535 whole seconds (RFC 4271 §4.2)
 * @param passive whether only the peer connects
 * @param strictPath whether the session begins only while the path is {@link PathState#UP} or
 *     {@link PathState#ADMIN_DOWN}, which is BFD strict mode
 * @param connectRetry the longest pause between attempts to connect
 * @param families offered, at least one; one given twice counts once
 * @param nlriCodecs that read and write them
 */
public record SessionConfig(
    long localAs,
    Ipv4Address localIdentifier,
    long peerAs,
    Duration holdTime,
    boolean passive,
    boolean strictPath,
    Duration connectRetry,
    List<AddressFamily> families,
    NlriCodecs nlriCodecs) {

  /** Checks what each component says of itself. */
  public SessionConfig {
    Asn.requireUsable(localAs);
    Asn.requireUsable(peerAs);
    families = families.stream().distinct().toList();
    if (localIdentifier.isUnspecified()) {
      throw new IllegalArgumentException("the BGP Identifier (router id) must not be 0.0.0.0");
    }
    requireTimes(holdTime, connectRetry);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one address family is needed");
    }
  }

  /**
   * Checks the two times, each on its own.
   *
   * @throws IllegalArgumentException saying which is wrong
   */
  public static void requireTimes(Duration holdTime, Duration connectRetry) {
    long seconds = holdTime.toSeconds();
    if (!Duration.ofSeconds(seconds).equals(holdTime)
        || seconds < 0
        || seconds == 1
        || seconds == 2
        || seconds > 0xFFFF) {
      throw new IllegalArgumentException(
          "hold time " + holdTime + " is neither 0 nor 3 to 65535 whole seconds");
    }
    if (connectRetry.isNegative() || connectRetry.isZero()) {
      throw new IllegalArgumentException("connect retry " + connectRetry + " is not positive");
    }
  }

  /** Whether the peer is in another AS. */
  public boolean external() {
    return localAs != peerAs;
  }
}
