package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A session stands (RFC 7854 §4.10).
 *
 * @param peer whose
 * @param ends our address, and the ports
 * @param sent our OPEN with its header
 * @param received the peer's OPEN with its header
 * @param information {@link #TABLE_NAME} and others; mostly none
 */
public record PeerUp(BmpPeer peer, Ends ends, Bytes sent, Bytes received, List<BmpTlv> information)
    implements BmpMessage {

  static final int TYPE = 3;

  /** The type of a text. */
  public static final int TEXT = 0;

  /** The type of the name of a table (RFC 9069 §5.2.1). */
  public static final int TABLE_NAME = 3;

  /** Copies the list, and checks that the addresses agree. */
  public PeerUp {
    information = List.copyOf(information);
    if (ends.address().isIpv4() != peer.address().isIpv4()) {
      throw new IllegalArgumentException(
          ends.address() + " and " + peer.address() + " are of different IP versions");
    }
  }

  /**
   * The connection of the session.
   *
   * @param address ours
   * @param port ours, 0 to 65535
   * @param peerPort the peer's, 0 to 65535
   */
  public record Ends(IpAddress address, int port, int peerPort) {

    /** Where there is no connection, as for the Loc-RIB (RFC 9069 §5.2). */
    public static final Ends NONE = new Ends(new Ipv4Address(0), 0, 0);

    /** Checks the ranges. */
    public Ends {
      if (port < 0 || port > 0xFFFF || peerPort < 0 || peerPort > 0xFFFF) {
        throw new IllegalArgumentException(
            "ports " + port + " and " + peerPort + " are not both in 0 to 65535");
      }
    }
  }

  static PeerUp decode(BmpFields fields) throws MalformedBmpException {
    BmpPeer peer = BmpPeer.decode(fields);
    Ends ends =
        new Ends(
            fields.address(peer.address().isIpv4(), "the local address"),
            fields.twoOctets("the local port"),
            fields.twoOctets("the remote port"));
    Bytes sent = fields.bgpMessage("the OPEN that was sent");
    Bytes received = fields.bgpMessage("the OPEN that was received");
    return new PeerUp(peer, ends, sent, received, BmpTlv.decodeAll(fields));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    peer.encode(out);
    BmpFields.writeAddress(ends.address(), out);
    out.writeShort(ends.port()).writeShort(ends.peerPort());
    sent.writeTo(out);
    received.writeTo(out);
    BmpTlv.encodeAll(information, out);
  }

  /** Like {@code Peer Up 192.0.2.254 AS 65000 …: 192.0.2.1 port 40000 to 179, sent OPEN …}. */
  @Override
  public String toString() {
    return "Peer Up "
        + peer
        + ": "
        + ends.address()
        + " port "
        + ends.port()
        + " to "
        + ends.peerPort()
        + ", sent "
        + BgpText.of(sent, true)
        + ", received "
        + BgpText.of(received, true)
        + (information.isEmpty() ? "" : ", " + information);
  }
}
