package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.Ipv4Address;

/**
 * What a session is configured with.
 *
 * @param local who we are
 * @param remoteAs that the peer must be in
 * @param options how the session is to be held
 * @param codecs that read and write the families, and the attributes from outside
 */
public record SessionConfig(Local local, RemoteAs remoteAs, SessionOptions options, Codecs codecs) {

  /**
   * This side of a session.
   *
   * @param asn that the peer knows us by, 1 to 4294967295
   * @param identifier our BGP Identifier, not 0.0.0.0
   * @param restarting whether we come back from a restart, throughout which packets that the peer
   *     sent to us arrived where they should (RFC 4724 §4.1)
   */
  public record Local(long asn, Ipv4Address identifier, boolean restarting) {
    /** Checks the ranges. */
    public Local {
      Asn.requireUsable(asn);
      if (identifier.isUnspecified()) {
        throw new IllegalArgumentException("the BGP Identifier (router id) must not be 0.0.0.0");
      }
    }
  }

  /** Checks that a role has its meaning. */
  public SessionConfig {
    if (options.offer().role().isPresent() && !remoteAs.isOutside(local.asn())) {
      throw new IllegalArgumentException(
          "role "
              + options.offer().role().get().role()
              + " has no meaning towards a peer in our own AS or confederation (RFC 9234 §4);"
              + " remove it");
    }
  }

  /** The same, once the restart that we may come back from is over. */
  public SessionConfig notRestarting() {
    return new SessionConfig(
        new Local(local.asn(), local.identifier(), false), remoteAs, options, codecs);
  }

  /** Whether the peer is in another AS, which another member AS of our confederation is, too. */
  public boolean external() {
    return remoteAs.isExternal(local.asn());
  }

  /** Whether the peer is in another AS, and in no member AS of our confederation. */
  public boolean outside() {
    return remoteAs.isOutside(local.asn());
  }
}
