package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * A route of a type that is not known, byte for byte.
 *
 * @param type 0 to 255, none of those that are known
 * @param value 255 octets at most
 */
public record EvpnUnknownRoute(int type, Bytes value) implements EvpnRoute {

  static final String WORD = "route-type";

  /** Checks the ranges. */
  public EvpnUnknownRoute {
    if (type < 0 || type > 255 || (type >= 1 && type <= EvpnIpPrefix.TYPE)) {
      throw new IllegalArgumentException("route type " + type + " is known, or not in 0 to 255");
    }
    if (value.length() > 255) {
      throw new IllegalArgumentException("an EVPN route of " + value.length() + " octets, not 255");
    }
  }

  static EvpnUnknownRoute parse(Words words) {
    int type = words.next("a route type", Words.number(255)).intValue();
    Bytes value = words.next("0x and octets in hexadecimal", EvpnUnknownRoute::octets);
    return new EvpnUnknownRoute(type, value);
  }

  private static Bytes octets(String text) {
    if (!text.matches("0x([0-9a-fA-F]{2})*")) {
      throw new IllegalArgumentException("'" + text + "' is not of that form");
    }
    return Bytes.hex(text.substring(2));
  }

  @Override
  public int valueLength() {
    return value.length();
  }

  @Override
  public void encodeValue(ByteBuf out) {
    value.writeTo(out);
  }

  /** Like {@code route-type 9 0x0102}. */
  @Override
  public String toString() {
    return WORD + " " + type + " 0x" + value;
  }
}
