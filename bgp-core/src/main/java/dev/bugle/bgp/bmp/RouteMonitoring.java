package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * Routes of a peer, in an UPDATE (RFC 7854 §4.6).
 *
 * @param peer whose, and which of its tables
 * @param update the message with its header
 */
public record RouteMonitoring(BmpPeer peer, Bytes update) implements BmpMessage {

  static final int TYPE = 0;

  static RouteMonitoring decode(BmpFields fields) throws MalformedBmpException {
    BmpPeer peer = BmpPeer.decode(fields);
    Bytes update = fields.bgpMessage("the UPDATE");
    fields.requireEnd();
    return new RouteMonitoring(peer, update);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    peer.encode(out);
    update.writeTo(out);
  }

  /** Like {@code Route Monitoring 192.0.2.254 AS 65000 …: UPDATE …}. */
  @Override
  public String toString() {
    boolean fourOctetAs = peer.type() == BmpPeer.LOC_RIB || !peer.has(BmpPeer.TWO_OCTET_AS);
    return "Route Monitoring " + peer + ": " + BgpText.of(update, fourOctetAs);
  }
}
