package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Whose messages a BGP4MP record tells of (RFC 6396 §4.4).
 *
 * @param peerAs the peer's AS number, 0 to 4294967295
 * @param localAs the collector's
 * @param interfaceIndex by which the collector reaches the peer; 0 where that is not known
 * @param peer the peer's address
 * @param local the collector's address, of the same IP version
 */
public record Bgp4mpSession(
    long peerAs, long localAs, int interfaceIndex, IpAddress peer, IpAddress local) {

  /** Checks the ranges. */
  public Bgp4mpSession {
    if (peerAs < 0 || peerAs > Asn.MAX || localAs < 0 || localAs > Asn.MAX) {
      throw new IllegalArgumentException(
          "AS numbers " + peerAs + " and " + localAs + " are not both in 0 to " + Asn.MAX);
    }
    if (interfaceIndex < 0 || interfaceIndex > 0xFFFF) {
      throw new IllegalArgumentException(
          "interface index " + interfaceIndex + " is not in 0 to 65535");
    }
    if (peer.isIpv4() != local.isIpv4()) {
      throw new IllegalArgumentException(peer + " and " + local + " are of different IP versions");
    }
  }

  boolean fitsTwoOctets() {
    return Asn.fitsTwoOctets(peerAs) && Asn.fitsTwoOctets(localAs);
  }

  static Bgp4mpSession decode(boolean fourOctetAs, MrtFields fields) throws MalformedMrtException {
    long peerAs = fields.asn(fourOctetAs, "the peer's AS number");
    long localAs = fields.asn(fourOctetAs, "the local AS number");
    int interfaceIndex = fields.twoOctets("the interface index");
    int afi = fields.twoOctets("the address family");
    if (afi != MrtFields.IPV4_AFI && afi != MrtFields.IPV6_AFI) {
      throw new MalformedMrtException(
          "the address family of the session is " + afi + ", not 1 or 2");
    }
    boolean ipv4 = afi == MrtFields.IPV4_AFI;
    return new Bgp4mpSession(
        peerAs,
        localAs,
        interfaceIndex,
        fields.address(ipv4, "the peer's address"),
        fields.address(ipv4, "the local address"));
  }

  void encode(boolean fourOctetAs, ByteBuf out) {
    if (fourOctetAs) {
      out.writeInt((int) peerAs).writeInt((int) localAs);
    } else {
      out.writeShort((int) peerAs).writeShort((int) localAs);
    }
    out.writeShort(interfaceIndex);
    out.writeShort(peer.isIpv4() ? MrtFields.IPV4_AFI : MrtFields.IPV6_AFI);
    peer.writeTo(out);
    local.writeTo(out);
  }

  /** Like {@code 192.0.2.254 AS 65000}, the peer. */
  String peerText() {
    return peer + " AS " + peerAs;
  }

  /** Like {@code 192.0.2.1 AS 65001}, the collector. */
  String localText() {
    return local + " AS " + localAs;
  }
}
