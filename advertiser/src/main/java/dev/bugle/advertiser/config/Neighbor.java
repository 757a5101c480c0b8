package dev.bugle.advertiser.config;

import dev.bugle.bgp.PeerConfig;
import java.util.Optional;

/**
 * A router that VIPs are announced to: the sessions that there are with it.
 *
 * @param bgp the BGP session
 * @param bfd the BFD session that watches the path to it; without, the hold time has to do
 */
public record Neighbor(PeerConfig bgp, Optional<PeerBfd> bfd) {

  /** Checks that both sessions are with one router, and that strict mode can ever end. */
  public Neighbor {
    if (bfd.isPresent() && !bfd.get().session().peer().equals(bgp.address().toInetAddress())) {
      throw new IllegalArgumentException(
          "BGP is with " + bgp.peerAddress() + ", but its BFD with " + bfd.get().session());
    }
    if (bgp.session().strictPath() && bfd.isEmpty()) {
      throw new IllegalArgumentException(
          "peer " + bgp.peerAddress() + " would wait for BFD, which it does not have");
    }
  }

  /** One without BFD. */
  public static Neighbor of(PeerConfig bgp) {
    return new Neighbor(bgp, Optional.empty());
  }

  /** As in messages: {@code 192.0.2.254 (top-of-rack)}. */
  @Override
  public String toString() {
    return bgp.peerAddress() + (bgp.description().isEmpty() ? "" : " (" + bgp.description() + ")");
  }
}
