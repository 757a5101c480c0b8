package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * AIGP: the interior metric that a route has gathered on its way through several ASes of one
 * administration (RFC 7311 §3). On which sessions it means anything is for the session to know; the
 * wire reads it on all of them.
 *
 * @param tlvs in the order of the wire, at least one. The first of type 1 counts; the others are
 *     passed on unchanged
 */
public record Aigp(List<Tlv> tlvs) implements PathAttribute {

  private static final int METRIC_TYPE = 1;
  private static final int METRIC_LENGTH = 8;
  private static final int TLV_HEADER = 3;

  /** Says that a metric is as bad as none; who receives it drops the attribute (RFC 7311 §3). */
  private static final long UNUSABLE = -1;

  /**
   * One of the things that the attribute holds.
   *
   * @param type 0 to 255; 1 is the metric
   * @param value without the header, at most 65532 octets
   */
  public record Tlv(int type, Bytes value) {

    /** Checks the ranges, and the length of a metric. */
    public Tlv {
      if (type < 0 || type > 255 || value.length() > 0xFFFF - TLV_HEADER) {
        throw new IllegalArgumentException(
            "AIGP TLV " + type + " with " + value.length() + " octets does not fit its fields");
      }
      if (type == METRIC_TYPE && value.length() != METRIC_LENGTH) {
        throw new IllegalArgumentException(
            "an AIGP metric has " + METRIC_LENGTH + " octets, not " + value.length());
      }
    }

    private long metric() {
      return Unpooled.wrappedBuffer(value.toArray()).readLong();
    }

    @Override
    public String toString() {
      return type == METRIC_TYPE
          ? Long.toUnsignedString(metric())
          : ("type " + type + " " + value).strip();
    }
  }

  /** Copies the list and checks that it is not empty, and that the metric is one. */
  public Aigp {
    tlvs = List.copyOf(tlvs);
    if (tlvs.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one TLV");
    }
    OptionalLong metric = first(tlvs);
    if (metric.isPresent() && metric.getAsLong() == UNUSABLE) {
      throw new IllegalArgumentException("the largest AIGP metric says that there is none");
    }
  }

  /**
   * The attribute with this metric alone.
   *
   * @param metric as an unsigned number; not the largest of 64 bits
   */
  public static Aigp of(long metric) {
    ByteBuf value = Unpooled.buffer(METRIC_LENGTH).writeLong(metric);
    return new Aigp(List.of(new Tlv(METRIC_TYPE, Bytes.readAll(value))));
  }

  static Aigp decode(ByteBuf value, CodecContext context) {
    List<Tlv> tlvs = new ArrayList<>();
    while (value.isReadable()) {
      tlvs.add(decodeTlv(value));
    }
    if (tlvs.isEmpty()) {
      throw malformed("AIGP is empty");
    }
    OptionalLong metric = first(tlvs);
    if (metric.isPresent() && metric.getAsLong() == UNUSABLE) {
      throw malformed("AIGP has the largest metric, which stands for none");
    }
    return new Aigp(tlvs);
  }

  private static Tlv decodeTlv(ByteBuf in) {
    if (in.readableBytes() < TLV_HEADER) {
      throw malformed("AIGP ends inside the header of a TLV");
    }
    int type = in.readUnsignedByte();
    int length = in.readUnsignedShort() - TLV_HEADER; // it counts its header
    if (length < 0 || length > in.readableBytes()) {
      throw malformed(
          "AIGP TLV " + type + " has length " + (length + TLV_HEADER) + ", which cannot be");
    }
    if (type == METRIC_TYPE && length != METRIC_LENGTH) {
      throw malformed("the AIGP metric has " + length + " octets, not " + METRIC_LENGTH);
    }
    return new Tlv(type, Bytes.read(in, length));
  }

  private static BgpException malformed(String found) {
    return new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, found);
  }

  private static OptionalLong first(List<Tlv> tlvs) {
    return tlvs.stream()
        .filter(tlv -> tlv.type() == METRIC_TYPE)
        .mapToLong(Tlv::metric)
        .findFirst();
  }

  /** The metric that counts, as an unsigned number; empty when only other TLVs are there. */
  public OptionalLong metric() {
    return first(tlvs);
  }

  /**
   * The attribute as it leaves a router that is the next hop itself, at that distance from the next
   * hop before it (RFC 7311 §3.4.3); empty when the metric becomes larger than it can be.
   *
   * @param distance 0 or more
   */
  public Optional<Aigp> increasedBy(long distance) {
    OptionalLong before = metric();
    if (before.isEmpty()) {
      return Optional.of(this);
    }
    long sum = before.getAsLong() + distance;
    boolean isTooLarge = sum == UNUSABLE || Long.compareUnsigned(sum, before.getAsLong()) < 0;
    if (isTooLarge) {
      return Optional.empty();
    }
    List<Tlv> changed = new ArrayList<>(tlvs);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).type() == METRIC_TYPE) {
        changed.set(i, of(sum).tlvs.get(0));
        break; // The first one counts.
      }
    }
    return Optional.of(new Aigp(changed));
  }

  @Override
  public int typeCode() {
    return AttributeType.AIGP;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    for (Tlv tlv : tlvs) {
      out.writeByte(tlv.type());
      out.writeShort(TLV_HEADER + tlv.value().length());
      tlv.value().writeTo(out);
    }
  }

  @Override
  public String toString() {
    return tlvs.stream().map(Tlv::toString).collect(Collectors.joining(" "));
  }
}
