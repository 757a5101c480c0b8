package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * PEER_INDEX_TABLE: the peers that the RIB records behind it mean by an index (RFC 6396 §4.3.1).
 *
 * @param collector the BGP Identifier of whoever wrote the dump
 * @param view the name of the view in UTF-8, 0 to 65535 octets; empty where there is but one
 * @param peers in the order of their indexes, which begin at 0; at most 65535
 */
public record PeerIndexTable(Ipv4Address collector, Bytes view, List<Peer> peers)
    implements MrtBody {

  static final int SUBTYPE = 1;

  private static final int IPV6 = 1;
  private static final int FOUR_OCTET_AS = 2;

  /** Checks the lengths and copies the list. */
  public PeerIndexTable {
    peers = List.copyOf(peers);
    if (view.length() > 0xFFFF || peers.size() > 0xFFFF) {
      throw new IllegalArgumentException(
          "a view name of "
              + view.length()
              + " octets and "
              + peers.size()
              + " peers: at most 65535 of either are allowed");
    }
  }

  /**
   * A peer of the collector.
   *
   * @param identifier its BGP Identifier
   * @param address its address; 0.0.0.0 for the collector's own routes, as some write them
   * @param asn its AS number, 0 to 4294967295
   */
  public record Peer(Ipv4Address identifier, IpAddress address, long asn) {

    /** Checks the range. */
    public Peer {
      if (asn < 0 || asn > Asn.MAX) {
        throw new IllegalArgumentException("AS number " + asn + " is not in 0 to " + Asn.MAX);
      }
    }

    /** Like {@code 192.0.2.254 AS 65000 (192.0.2.1)}, with the identifier in brackets. */
    @Override
    public String toString() {
      return address + " AS " + asn + " (" + identifier + ")";
    }
  }

  static PeerIndexTable decode(MrtFields fields) throws MalformedMrtException {
    Ipv4Address collector = (Ipv4Address) fields.address(true, "the collector's identifier");
    int viewLength = fields.twoOctets("the length of the view name");
    Bytes view = Bytes.readAll(fields.slice(viewLength, "the view name"));
    int count = fields.twoOctets("the count of peers");
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String what = "peer " + i + " of " + count;
      int type = fields.octet(what);
      Ipv4Address identifier = (Ipv4Address) fields.address(true, what);
      IpAddress address = fields.address((type & IPV6) == 0, what);
      peers.add(new Peer(identifier, address, fields.asn((type & FOUR_OCTET_AS) != 0, what)));
    }
    fields.requireEnd();
    return new PeerIndexTable(collector, view, peers);
  }

  @Override
  public int type() {
    return TABLE_DUMP_V2;
  }

  @Override
  public int subtype() {
    return SUBTYPE;
  }

  /** AS numbers are written in four octets, which RFC 6396 §4.3.1 leaves to the writer. */
  @Override
  public void encode(ByteBuf out) {
    collector.writeTo(out);
    out.writeShort(view.length());
    view.writeTo(out);
    out.writeShort(peers.size());
    for (Peer peer : peers) {
      out.writeByte(FOUR_OCTET_AS | (peer.address().isIpv4() ? 0 : IPV6));
      peer.identifier().writeTo(out);
      peer.address().writeTo(out);
      out.writeInt((int) peer.asn());
    }
  }

  /** Like {@code PEER_INDEX_TABLE 192.0.2.1 view 'main' [192.0.2.254 AS 65000 (192.0.2.254)]}. */
  @Override
  public String toString() {
    return "PEER_INDEX_TABLE " + collector + " view '" + view.toUtf8() + "' " + peers;
  }
}
