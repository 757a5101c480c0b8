package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * That a speaker wants the VPN routes with a route target (RFC 4684 §4). It is a prefix of an AS
 * number and a route target, so it may stand for many.
 *
 * @param length in bits: 0 for every route target, or 32 to 96
 * @param originAs the AS that it comes from; 0 when the length is 0
 * @param target the bits of the route target; bits after the length are zero
 */
public record RouteTargetMembership(int length, long originAs, long target) implements FamilyNlri {

  /** Every route target. */
  public static final RouteTargetMembership DEFAULT = new RouteTargetMembership(0, 0, 0);

  private static final int AS_BITS = 32;
  private static final int WHOLE = 96;

  /** Checks the length, and that nothing is set behind it. */
  public RouteTargetMembership {
    if (!isLength(length)) {
      throw new IllegalArgumentException("length " + length + " is not 0 or 32 to 96 bits");
    }
    if (originAs < 0 || originAs > (length == 0 ? 0 : Asn.MAX)) {
      throw new IllegalArgumentException("origin AS " + originAs + " is out of range");
    }
    if (masked(target, length) != target) {
      throw new IllegalArgumentException("the route target has bits set after " + length + " bits");
    }
  }

  private static boolean isLength(int length) {
    return length == 0 || (length >= AS_BITS && length <= WHOLE);
  }

  private static long masked(long target, int length) {
    return length <= AS_BITS ? 0 : target & -1L << (WHOLE - length);
  }

  /** The wish of an AS for one route target. */
  public static RouteTargetMembership of(long originAs, ExtendedCommunity target) {
    return new RouteTargetMembership(WHOLE, originAs, target.value());
  }

  /**
   * Parses {@code default}, {@code 65001} for every route target of an AS, {@code
   * 65001:rt:65001:100}, or with the bits of a part of a route target and the length of it all,
   * {@code 65001:0x0002fde900000000/64}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static RouteTargetMembership parse(String text) {
    if (text.equals("default")) {
      return DEFAULT;
    }
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    long originAs = Words.number(Asn.MAX).apply(colon < 0 ? text : text.substring(0, colon));
    if (colon < 0) {
      return new RouteTargetMembership(AS_BITS, originAs, 0);
    }
    int length =
        slash < 0 ? WHOLE : Words.number(WHOLE).apply(text.substring(slash + 1)).intValue();
    String target = text.substring(colon + 1, slash < 0 ? text.length() : slash);
    return new RouteTargetMembership(length, originAs, ExtendedCommunity.parse(target).value());
  }

  static RouteTargetMembership decode(ByteBuf field) {
    int length = field.readUnsignedByte();
    if (!isLength(length)) {
      throw FamilyCodec.malformed(
          "a route target membership of " + length + " bits, not 0 or 32 to 96");
    }
    ByteBuf octets = FamilyCodec.slice(field, (length + 7) / 8, "a route target membership");
    if (length == 0) {
      return DEFAULT;
    }
    long originAs = octets.readUnsignedInt();
    long target = 0;
    for (int shift = 56; octets.isReadable(); shift -= 8) {
      target |= (long) octets.readUnsignedByte() << shift;
    }
    return new RouteTargetMembership(length, originAs, masked(target, length));
  }

  @Override
  public boolean belongsTo(AddressFamily family) {
    return family.equals(AddressFamily.ROUTE_TARGET);
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(length);
    if (length > 0) {
      out.writeInt((int) originAs);
      for (int bit = AS_BITS; bit < length; bit += 8) {
        out.writeByte((int) (target >>> (WHOLE - bit - 8)));
      }
    }
  }

  @Override
  public int encodedLength() {
    return 1 + (length + 7) / 8;
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return switch (length) {
      case 0 -> "default";
      case AS_BITS -> Long.toString(originAs);
      case WHOLE -> originAs + ":" + new ExtendedCommunity(target);
      default -> originAs + ":0x" + HexFormat.of().toHexDigits(target) + "/" + length;
    };
  }
}
