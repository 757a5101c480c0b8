package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodecs;

/**
 * What a session is configured with.
 *
 * @param localAs that the peer knows us by, 1 to 4294967295
 * @param localIdentifier our BGP Identifier, not 0.0.0.0
 * @param remoteAs that the peer must be in
 * @param options how the session is to be held
 * @param nlriCodecs that read and write the families
 */
public record SessionConfig(
    long localAs,
    Ipv4Address localIdentifier,
    RemoteAs remoteAs,
    SessionOptions options,
    NlriCodecs nlriCodecs) {

  /** Checks what each component says of itself. */
  public SessionConfig {
    Asn.requireUsable(localAs);
    if (localIdentifier.isUnspecified()) {
      throw new IllegalArgumentException("the BGP Identifier (router id) must not be 0.0.0.0");
    }
  }

  /** Whether the peer is in another AS. */
  public boolean external() {
    return remoteAs.isExternal(localAs);
  }
}
