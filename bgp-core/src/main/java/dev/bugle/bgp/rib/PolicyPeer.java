package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import java.util.Optional;

/**
 * Who a peer is, as far as a policy can tell peers apart.
 *
 * @param address of the peer
 * @param asn that it is in, 1 to 4294967295
 * @param interfaceName that it is behind, where its address is valid on one link only
 */
public record PolicyPeer(IpAddress address, long asn, Optional<String> interfaceName) {

  /** One that has an address of its own. */
  public PolicyPeer(IpAddress address, long asn) {
    this(address, asn, Optional.empty());
  }

  /** Checks the range. */
  public PolicyPeer {
    Asn.requireUsable(asn);
  }

  /** As in messages: {@code 192.0.2.254 (AS 65000)}. */
  @Override
  public String toString() {
    return address + interfaceName.map(name -> "%" + name).orElse("") + " (AS " + asn + ")";
  }
}
