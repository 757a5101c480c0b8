package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * BGP Prefix-SID: the segment that stands for a prefix in segment routing (RFC 8669). What SRv6
 * services add (RFC 9252) is kept as octets.
 *
 * @param tlvs in the order of the wire, at least one; of several label indexes the first counts
 */
public record PrefixSid(List<Tlv> tlvs) implements PathAttribute {

  private static final int TLV_HEADER = 3;
  private static final int RANGE_LENGTH = 6;

  /** One of the things that the attribute holds. */
  public sealed interface Tlv {

    /** 0 to 255. */
    int type();

    /** Appends the value, without type and length. */
    void encode(ByteBuf out);
  }

  /**
   * Label-Index: the label of the prefix, counted from the beginning of each router's block (RFC
   * 8669 §3.1).
   *
   * @param flags 0 to 65535; none is defined
   * @param index 0 to 4294967295
   */
  public record LabelIndex(int flags, long index) implements Tlv {

    private static final int TYPE = 1;
    private static final int LENGTH = 7;

    /** Checks the ranges. */
    public LabelIndex {
      if (flags < 0 || flags > 0xFFFF || index < 0 || index > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException(
            "label index " + index + " with flags " + flags + " does not fit its fields");
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(0); // reserved
      out.writeShort(flags);
      out.writeInt((int) index);
    }

    @Override
    public String toString() {
      return "label-index " + index + (flags == 0 ? "" : " flags 0x%04x".formatted(flags));
    }
  }

  /**
   * Labels that follow one another.
   *
   * @param base the first, 0 to 16777215
   * @param size how many, 0 to 16777215
   */
  public record Range(int base, int size) {

    /** Checks the ranges. */
    public Range {
      if (base < 0 || base > 0xFF_FFFF || size < 0 || size > 0xFF_FFFF) {
        throw new IllegalArgumentException("labels " + base + "+" + size + " are out of range");
      }
    }

    @Override
    public String toString() {
      return base + "+" + size;
    }
  }

  /**
   * Originator SRGB: the label blocks of the router that the prefix belongs to (RFC 8669 §3.2).
   *
   * @param flags 0 to 65535; none is defined
   * @param ranges at least one
   */
  public record OriginatorSrgb(int flags, List<Range> ranges) implements Tlv {

    private static final int TYPE = 3;

    /** Copies the list; checks it, and the flags. */
    public OriginatorSrgb {
      ranges = List.copyOf(ranges);
      if (flags < 0 || flags > 0xFFFF || ranges.isEmpty()) {
        throw new IllegalArgumentException("an SRGB has 16 bits of flags, and at least one range");
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(flags);
      for (Range range : ranges) {
        out.writeMedium(range.base());
        out.writeMedium(range.size());
      }
    }

    @Override
    public String toString() {
      return "srgb"
          + (flags == 0 ? "" : " flags 0x%04x".formatted(flags))
          + ranges.stream().map(range -> " " + range).collect(Collectors.joining());
    }
  }

  /**
   * What has no record of its own here, byte for byte.
   *
   * @param type 0 to 255, neither 1 nor 3
   * @param value without type and length
   */
  public record OtherTlv(int type, Bytes value) implements Tlv {

    /** Checks the type. */
    public OtherTlv {
      if (type < 0 || type > 255 || type == LabelIndex.TYPE || type == OriginatorSrgb.TYPE) {
        throw new IllegalArgumentException(
            "type " + type + " is not in 0 to 255, or has a record of its own");
      }
    }

    @Override
    public void encode(ByteBuf out) {
      value.writeTo(out);
    }

    @Override
    public String toString() {
      return ("type " + type + " " + value).strip();
    }
  }

  /** Copies the list and checks that it is not empty. */
  public PrefixSid {
    tlvs = List.copyOf(tlvs);
    if (tlvs.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one TLV");
    }
  }

  static PrefixSid decode(ByteBuf value, CodecContext context) {
    List<Tlv> tlvs = new ArrayList<>();
    while (value.isReadable()) {
      if (value.readableBytes() < TLV_HEADER) {
        throw malformed("Prefix-SID ends inside the header of a TLV");
      }
      int type = value.readUnsignedByte();
      int length = value.readUnsignedShort();
      if (length > value.readableBytes()) {
        throw malformed("Prefix-SID TLV " + type + " is longer than what is left");
      }
      tlvs.add(decodeTlv(type, value.readSlice(length)));
    }
    if (tlvs.isEmpty()) {
      throw malformed("Prefix-SID is empty");
    }
    return new PrefixSid(tlvs);
  }

  private static Tlv decodeTlv(int type, ByteBuf value) {
    return switch (type) {
      case LabelIndex.TYPE -> {
        AttributeType.requireLength(value, LabelIndex.LENGTH, "the label index of Prefix-SID");
        value.readByte(); // reserved; receivers ignore it
        yield new LabelIndex(value.readUnsignedShort(), value.readUnsignedInt());
      }
      case OriginatorSrgb.TYPE -> {
        int length = value.readableBytes();
        if (length < 2 + RANGE_LENGTH || (length - 2) % RANGE_LENGTH != 0) {
          throw malformed("the SRGB of Prefix-SID has " + length + " octets, not 2 and 6 a range");
        }
        int flags = value.readUnsignedShort();
        List<Range> ranges = new ArrayList<>();
        while (value.isReadable()) {
          ranges.add(new Range(value.readUnsignedMedium(), value.readUnsignedMedium()));
        }
        yield new OriginatorSrgb(flags, ranges);
      }
      default -> new OtherTlv(type, Bytes.readAll(value));
    };
  }

  private static BgpException malformed(String found) {
    return new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, found);
  }

  /** The label index that counts, if there is one. */
  public Optional<LabelIndex> labelIndex() {
    return tlvs.stream()
        .filter(LabelIndex.class::isInstance)
        .map(LabelIndex.class::cast)
        .findFirst();
  }

  @Override
  public int typeCode() {
    return AttributeType.PREFIX_SID;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    for (Tlv tlv : tlvs) {
      out.writeByte(tlv.type());
      int lengthAt = out.writerIndex();
      out.writeShort(0);
      tlv.encode(out);
      out.setShort(lengthAt, out.writerIndex() - lengthAt - 2);
    }
  }

  @Override
  public String toString() {
    return tlvs.stream().map(Tlv::toString).collect(Collectors.joining(", "));
  }
}
