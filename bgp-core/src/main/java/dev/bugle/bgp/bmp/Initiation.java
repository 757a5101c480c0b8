package dev.bugle.bgp.bmp;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Who speaks, first of all (RFC 7854 §4.3).
 *
 * @param information {@link #SYS_DESCR}, {@link #SYS_NAME} and others
 */
public record Initiation(List<BmpTlv> information) implements BmpMessage {

  static final int TYPE = 4;

  /** The type of a free text. */
  public static final int TEXT = 0;

  /** The type of what the router is. */
  public static final int SYS_DESCR = 1;

  /** The type of the router's name. */
  public static final int SYS_NAME = 2;

  /** Copies the list. */
  public Initiation {
    information = List.copyOf(information);
  }

  static Initiation decode(BmpFields fields) throws MalformedBmpException {
    return new Initiation(BmpTlv.decodeAll(fields));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    BmpTlv.encodeAll(information, out);
  }

  /** Like {@code Initiation [1: …, 2: …]}. */
  @Override
  public String toString() {
    return "Initiation " + information;
  }
}
