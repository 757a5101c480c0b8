package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Comparator;

/**
 * One of the pieces that link-state information is made of (RFC 9552 §5.1). What it says is told by
 * its {@link TlvType}, where there is one; one of an unknown type is kept as it is.
 *
 * @param type 0 to 65535
 * @param value 65535 octets at most
 */
public record Tlv(int type, Bytes value) implements Comparable<Tlv> {

  /** Octets of type and length. */
  static final int HEADER_LENGTH = 4;

  /** By type, length and value: how they are ordered within an NLRI (RFC 9552 §5.1). */
  private static final Comparator<Tlv> ORDER =
      Comparator.comparingInt(Tlv::type)
          .thenComparing(tlv -> tlv.value().length())
          .thenComparing(tlv -> tlv.value().toString());

  /** Checks the ranges. */
  public Tlv {
    if (type < 0 || type > 0xFFFF || value.length() > 0xFFFF) {
      throw new IllegalArgumentException(
          "TLV " + type + " of " + value.length() + " octets does not fit its fields");
    }
  }

  /** Reads the next TLV; the caller has checked that something is left. */
  static Tlv read(ByteBuf in) {
    if (in.readableBytes() < HEADER_LENGTH) {
      throw new IllegalArgumentException(
          in.readableBytes() + " octets are left, which is no header of a TLV");
    }
    int type = in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (length > in.readableBytes()) {
      throw new IllegalArgumentException(
          "TLV "
              + type
              + " has length "
              + length
              + ", beyond the "
              + in.readableBytes()
              + " octets left");
    }
    return new Tlv(type, Bytes.read(in, length));
  }

  void write(ByteBuf out) {
    out.writeShort(type);
    out.writeShort(value.length());
    value.writeTo(out);
  }

  @Override
  public int compareTo(Tlv other) {
    return ORDER.compare(this, other);
  }

  /** Like {@code tlv-1025 0x0102}. */
  @Override
  public String toString() {
    return "tlv-" + type + " 0x" + value;
  }
}
