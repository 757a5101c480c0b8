package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Path Attributes field: everything about attributes that is the same for all of them.
 *
 * <p>Faults follow RFC 7606: a fault of class RESET is thrown, the milder ones are listed in {@link
 * Decoded#faults}.
 */
public final class AttributeDecoder {

  /** As many as there are type codes. */
  private static final int MAX_ATTRIBUTES = 256;

  private final CodecContext context;
  private final PathAttributes.Collector attributes;

  /** Most fields have none. */
  private List<AttributeFault> faults = List.of();

  /** The type codes that came: those below 64 as bits, the others, which are seldom, as a set. */
  private long seen;

  private @Nullable BitSet seenAbove;

  private AttributeDecoder(CodecContext context, int expected) {
    this.context = context;
    this.attributes = new PathAttributes.Collector(expected);
  }

  /**
   * What the field held.
   *
   * @param attributes those without a fault
   * @param faults those that did not end the session, in the order they were found
   */
  public record Decoded(PathAttributes attributes, List<AttributeFault> faults) {

    /** Copies the list. */
    public Decoded {
      faults = List.copyOf(faults);
    }
  }

  private static final Decoded NOTHING = new Decoded(PathAttributes.EMPTY, List.of());

  /**
   * Reads attributes until the buffer is empty.
   *
   * @param field a slice of exactly the Path Attributes field
   * @throws BgpException for a fault that ends the session
   */
  public static Decoded decode(ByteBuf field, CodecContext context) {
    if (!field.isReadable()) {
      return NOTHING;
    }
    AttributeDecoder decoder = new AttributeDecoder(context, count(field));
    boolean whole = true;
    while (whole && field.isReadable()) {
      whole = decoder.readOne(field);
    }
    PathAttributes received = decoder.attributes.attributes();
    return new Decoded(
        context.fourOctetAs() ? received : OldSpeaker.fromWire(received), decoder.faults);
  }

  /** How many attributes there are, at least one; where the field is malformed, about how many. */
  private static int count(ByteBuf field) {
    int end = field.writerIndex() - 3;
    int count = 1;
    int at = field.readerIndex();
    while (at <= end) {
      boolean extended = (field.getByte(at) & AttributeFlags.EXTENDED_LENGTH) != 0;
      at +=
          extended && at < end
              ? 4 + field.getUnsignedShort(at + 2)
              : 3 + field.getUnsignedByte(at + 2);
      count += at <= end ? 1 : 0;
    }
    return Math.min(count, MAX_ATTRIBUTES);
  }

  private void found(AttributeFault fault) {
    if (faults.isEmpty()) {
      faults = new ArrayList<>();
    }
    faults.add(fault);
  }

  /** Reads one attribute; false when the field ended inside it (RFC 7606 §4). */
  private boolean readOne(ByteBuf field) {
    int start = field.readerIndex();
    int octet = field.readUnsignedByte();
    boolean extended = (octet & AttributeFlags.EXTENDED_LENGTH) != 0;
    if (field.readableBytes() < (extended ? 3 : 2)) {
      found(
          new AttributeFault(
              field.isReadable() ? field.readUnsignedByte() : 0,
              FaultClass.TREAT_AS_WITHDRAW,
              BgpError.MALFORMED_ATTRIBUTE_LIST,
              "the attributes end inside an attribute header"));
      return false;
    }
    int typeCode = field.readUnsignedByte();
    int length = extended ? field.readUnsignedShort() : field.readUnsignedByte();
    if (length > field.readableBytes()) {
      found(
          new AttributeFault(
              typeCode,
              FaultClass.TREAT_AS_WITHDRAW,
              BgpError.ATTRIBUTE_LENGTH_ERROR,
              "length " + length + " is beyond the " + field.readableBytes() + " octets left"));
      return false;
    }
    int limit = field.writerIndex();
    int end = field.readerIndex() + length;
    field.writerIndex(end); // so that the value is all that its decoder can read
    readValue(AttributeFlags.of(octet), typeCode, field, start);
    field.setIndex(end, limit);
    return true;
  }

  /** Reads a value that ends where the field now ends; the attribute begins at {@code start}. */
  private void readValue(AttributeFlags flags, int typeCode, ByteBuf value, int start) {
    if (!isFirst(typeCode)) {
      duplicate(typeCode);
      return;
    }
    Optional<AttributeType> row = row(typeCode);
    if (row.isPresent()) {
      known(row.get(), flags, value, start);
    } else {
      unknown(flags, typeCode, value, start);
    }
  }

  /** Whether no attribute of this type code came before; from now on one did. */
  private boolean isFirst(int typeCode) {
    if (typeCode < Long.SIZE) {
      long before = seen;
      seen |= 1L << typeCode;
      return seen != before;
    }
    if (seenAbove == null) {
      seenAbove = new BitSet(256);
    }
    boolean first = !seenAbove.get(typeCode);
    seenAbove.set(typeCode);
    return first;
  }

  /** The octets of an attribute with its head, for the NOTIFICATION that may answer it. */
  private static Bytes whole(ByteBuf value, int start) {
    return Bytes.readAll(value.slice(start, value.writerIndex() - start));
  }

  private Optional<AttributeType> row(int typeCode) {
    Optional<AttributeType> known = AttributeType.of(typeCode);
    return known.isPresent() ? known : AttributeCodecs.of(context).row(typeCode);
  }

  /** RFC 7606 §3 (g). */
  private void duplicate(int typeCode) {
    if (typeCode == AttributeType.MP_REACH_NLRI || typeCode == AttributeType.MP_UNREACH_NLRI) {
      throw new BgpException(
          BgpError.MALFORMED_ATTRIBUTE_LIST, AttributeType.nameOf(typeCode) + " appears twice");
    }
    found(
        new AttributeFault(
            typeCode,
            FaultClass.DISCARD,
            BgpError.MALFORMED_ATTRIBUTE_LIST,
            "appears again; only the first is used"));
  }

  private void unknown(AttributeFlags flags, int typeCode, ByteBuf value, int start) {
    if (!flags.isOptional()) { // RFC 4271 §6.3: we cannot know what everybody must know
      throw new BgpException(
          BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE.withData(whole(value, start)),
          "attribute " + typeCode + " is flagged well-known and is not known");
    }
    attributes.add(flags, new UnknownAttribute(flags, typeCode, Bytes.readAll(value)));
  }

  private void known(AttributeType type, AttributeFlags flags, ByteBuf value, int start) {
    String refusal = type.place().refusal(context);
    if (!refusal.isEmpty()) {
      found(
          new AttributeFault(
              type.code(), FaultClass.DISCARD, BgpError.MALFORMED_ATTRIBUTE_LIST, refusal));
      return;
    }
    if (!flags.sameCategory(type.flags())) { // RFC 7606 §3 (c)
      found(
          new AttributeFault(
              type.code(),
              type.onFlags(),
              BgpError.ATTRIBUTE_FLAGS_ERROR.withData(whole(value, start)),
              "is flagged " + flags + ", not " + type.flags()));
      if (type.onFault() != FaultClass.RESET) {
        return;
      }
      // Goes on: the routes to withdraw are inside.
    }
    try {
      attributes.add(type.received(flags), type.decoder().decode(value, context));
    } catch (BgpException fault) {
      malformed(type, fault, whole(value, start));
    }
  }

  private void malformed(AttributeType type, BgpException fault, Bytes whole) {
    if (type.onFault() == FaultClass.RESET) { // RFC 4760 §7
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR.withData(whole), type.name() + ": " + fault.found());
    }
    // AS_PATH is the one attribute whose error has no data (RFC 4271 §6.3).
    boolean carriesAttribute = !fault.error().equals(BgpError.MALFORMED_AS_PATH);
    BgpError error = carriesAttribute ? fault.error().withData(whole) : fault.error();
    found(new AttributeFault(type.code(), type.onFault(), error, fault.found()));
  }
}
