package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A session is over, and with it all that was told of its peer (RFC 7854 §4.9).
 *
 * @param peer whose
 * @param reason {@link #WE_NOTIFIED} and so on; any of 0 to 255 is kept
 * @param data what the reason asks for: a NOTIFICATION with its header, the code of an event, or
 *     nothing
 */
public record PeerDown(BmpPeer peer, int reason, Bytes data) implements BmpMessage {

  static final int TYPE = 2;

  /** We ended it with the NOTIFICATION that follows. */
  public static final int WE_NOTIFIED = 1;

  /** We ended it without one; the code of the event of RFC 4271 §8.1 follows, or 0. */
  public static final int WE_CLOSED = 2;

  /** The peer ended it with the NOTIFICATION that follows. */
  public static final int PEER_NOTIFIED = 3;

  /** The peer ended it without a NOTIFICATION. */
  public static final int PEER_CLOSED = 4;

  /** It is told no more of the peer, whose session may stand. */
  public static final int NOT_MONITORED = 5;

  /** Of the Loc-RIB: the router says no more; TLVs follow (RFC 9069 §5.3). */
  public static final int LOC_RIB_CLOSED = 6;

  /** Checks the range. */
  public PeerDown {
    if (reason < 0 || reason > 0xFF) {
      throw new IllegalArgumentException("reason " + reason + " is not in 0 to 255");
    }
  }

  /** The data of {@link #WE_CLOSED}. */
  public static Bytes event(int code) {
    return Bytes.readAll(Unpooled.buffer(2).writeShort(code));
  }

  static PeerDown decode(BmpFields fields) throws MalformedBmpException {
    BmpPeer peer = BmpPeer.decode(fields);
    int reason = fields.octet("the reason");
    Bytes data;
    switch (reason) {
      case WE_NOTIFIED, PEER_NOTIFIED -> {
        data = fields.bgpMessage("the NOTIFICATION");
        fields.requireEnd();
      }
      case WE_CLOSED -> {
        data = fields.octets(2, "the code of the event");
        fields.requireEnd();
      }
      default -> data = fields.rest();
    }
    return new PeerDown(peer, reason, data);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    peer.encode(out);
    out.writeByte(reason);
    data.writeTo(out);
  }

  /** Like {@code Peer Down 192.0.2.254 AS 65000 …: reason 3, NOTIFICATION …}. */
  @Override
  public String toString() {
    boolean notified = reason == WE_NOTIFIED || reason == PEER_NOTIFIED;
    String text = notified ? BgpText.of(data, true) : data.toString();
    return "Peer Down " + peer + ": reason " + reason + (text.isEmpty() ? "" : ", " + text);
  }
}
