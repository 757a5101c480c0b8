package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;

/**
 * One comparison of a field with a number or with bits (RFC 8955 §4.2.1).
 *
 * @param and whether it must hold together with the one before it, not in its stead
 * @param operator for a number the sum of {@link #EQUAL}, {@link #GREATER} and {@link #LESS}; for
 *     bits the sum of {@link #ALL} and {@link #NOT}
 * @param octets of the value on the wire: 1, 2, 4 or 8
 * @param value unsigned; within its octets
 */
public record FlowMatch(boolean and, int operator, int octets, long value) {

  /** The field is equal to the number. */
  public static final int EQUAL = 1;

  /** The field is greater than the number. */
  public static final int GREATER = 2;

  /** The field is less than the number. */
  public static final int LESS = 4;

  /** All of the bits are set in the field; without it, any of them. */
  public static final int ALL = 1;

  /** The opposite of the comparison. */
  public static final int NOT = 2;

  private static final int END = 0x80;
  private static final int AND = 0x40;

  /** Checks the ranges. */
  public FlowMatch {
    if (operator < 0 || operator > 7) {
      throw new IllegalArgumentException("operator " + operator + " is not in 0 to 7");
    }
    if (octets != 1 && octets != 2 && octets != 4 && octets != 8) {
      throw new IllegalArgumentException("a value has 1, 2, 4 or 8 octets, not " + octets);
    }
    if (octets < 8 && (value < 0 || value >>> (8 * octets) != 0)) {
      throw new IllegalArgumentException(value + " does not fit in " + octets + " octets");
    }
  }

  /** A comparison in as few octets as hold the value. */
  public static FlowMatch of(boolean and, int operator, long value) {
    return new FlowMatch(and, operator, fewestOctets(value), value);
  }

  static int fewestOctets(long value) {
    if (value >>> 32 != 0) {
      return 8;
    }
    return value >>> 16 != 0 ? 4 : value >>> 8 != 0 ? 2 : 1;
  }

  /** Whether this operator octet says that no comparison follows. */
  static boolean isEnd(int octet) {
    return (octet & END) != 0;
  }

  /** Reads what follows an operator octet; the bits that have no meaning are dropped. */
  static FlowMatch decode(int octet, int operators, ByteBuf in, boolean first) {
    int octets = 1 << (octet >>> 4 & 3);
    FamilyCodec.require(in, octets, "the value of a comparison");
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 8 | in.readUnsignedByte();
    }
    // The first has nothing before it, so its AND counts as unset (RFC 8955 §4.2.1.1).
    return new FlowMatch(!first && (octet & AND) != 0, octet & operators, octets, value);
  }

  void encode(ByteBuf out, boolean last) {
    int width = Integer.numberOfTrailingZeros(octets);
    out.writeByte((last ? END : 0) | (and ? AND : 0) | width << 4 | operator);
    for (int shift = 8 * octets - 8; shift >= 0; shift -= 8) {
      out.writeByte((int) (value >>> shift));
    }
  }

  int encodedLength() {
    return 1 + octets;
  }
}
