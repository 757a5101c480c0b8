package dev.bugle.bgp.bmp;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Messages of a peer as they came, for finding faults (RFC 7854 §4.7).
 *
 * @param peer whose
 * @param information type 0 is a BGP message, type 1 says that one had a fault, or that some were
 *     lost; kept as octets
 */
public record RouteMirroring(BmpPeer peer, List<BmpTlv> information) implements BmpMessage {

  static final int TYPE = 6;

  /** Copies the list. */
  public RouteMirroring {
    information = List.copyOf(information);
  }

  static RouteMirroring decode(BmpFields fields) throws MalformedBmpException {
    return new RouteMirroring(BmpPeer.decode(fields), BmpTlv.decodeAll(fields));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    peer.encode(out);
    BmpTlv.encodeAll(information, out);
  }

  /** Like {@code Route Mirroring 192.0.2.254 AS 65000 …: [0: ffff…]}. */
  @Override
  public String toString() {
    return "Route Mirroring " + peer + ": " + information;
  }
}
