package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;

/**
 * Who a peer is, as far as a policy can tell peers apart.
 *
 * @param address of the peer
 * @param asn that it is in, 1 to 4294967295
 */
public record PolicyPeer(IpAddress address, long asn) {

  /** Checks the range. */
  public PolicyPeer {
    Asn.requireUsable(asn);
  }

  /** As in messages: {@code 192.0.2.254 (AS 65000)}. */
  @Override
  public String toString() {
    return address + " (AS " + asn + ")";
  }
}
