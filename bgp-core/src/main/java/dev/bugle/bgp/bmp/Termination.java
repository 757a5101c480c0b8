package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The connection ends, and why (RFC 7854 §4.5).
 *
 * @param information {@link #REASON} and maybe a text
 */
public record Termination(List<BmpTlv> information) implements BmpMessage {

  static final int TYPE = 5;

  /** The type of a free text. */
  public static final int TEXT = 0;

  /** The type of the reason, two octets. */
  public static final int REASON = 1;

  /** The reason that an operator ended it. */
  public static final int ADMINISTRATIVELY_CLOSED = 0;

  /** Copies the list. */
  public Termination {
    information = List.copyOf(information);
  }

  /** One with a reason of RFC 7854 §4.5, 0 to 65535. */
  public static Termination of(int reason) {
    Bytes value = Bytes.readAll(Unpooled.buffer(2).writeShort(reason));
    return new Termination(List.of(new BmpTlv(REASON, value)));
  }

  static Termination decode(BmpFields fields) throws MalformedBmpException {
    return new Termination(BmpTlv.decodeAll(fields));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    BmpTlv.encodeAll(information, out);
  }

  /** Like {@code Termination [1: 0000]}. */
  @Override
  public String toString() {
    return "Termination " + information;
  }
}
