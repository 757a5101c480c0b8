package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.PathAttributes.Entry;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Path Attributes field: everything about attributes that is the same for all of them.
 *
 * <p>Faults follow RFC 7606: a fault of class RESET is thrown, the milder ones are listed in {@link
 * Decoded#faults}.
 */
public final class AttributeDecoder {

  private final CodecContext context;
  private final List<Entry> attributes = new ArrayList<>();
  private final BitSet seen = new BitSet(256);
  private final List<AttributeFault> faults = new ArrayList<>();

  private AttributeDecoder(CodecContext context) {
    this.context = context;
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

  /**
   * Reads attributes until the buffer is empty.
   *
   * @param field a slice of exactly the Path Attributes field
   * @throws BgpException for a fault that ends the session
   */
  public static Decoded decode(ByteBuf field, CodecContext context) {
    AttributeDecoder decoder = new AttributeDecoder(context);
    boolean whole = true;
    while (whole && field.isReadable()) {
      whole = decoder.readOne(field);
    }
    PathAttributes received = PathAttributes.ofEntries(decoder.attributes);
    return new Decoded(
        context.fourOctetAs() ? received : OldSpeaker.fromWire(received), decoder.faults);
  }

  /** Reads one attribute; false when the field ended inside it (RFC 7606 §4). */
  private boolean readOne(ByteBuf field) {
    int start = field.readerIndex();
    int octet = field.readUnsignedByte();
    boolean extended = (octet & AttributeFlags.EXTENDED_LENGTH) != 0;
    if (field.readableBytes() < (extended ? 3 : 2)) {
      faults.add(
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
      faults.add(
          new AttributeFault(
              typeCode,
              FaultClass.TREAT_AS_WITHDRAW,
              BgpError.ATTRIBUTE_LENGTH_ERROR,
              "length " + length + " is beyond the " + field.readableBytes() + " octets left"));
      return false;
    }
    ByteBuf value = field.readSlice(length);
    ByteBuf whole = field.slice(start, field.readerIndex() - start);
    AttributeFlags flags = new AttributeFlags(octet);
    Optional<AttributeType> row = row(typeCode);
    if (seen.get(typeCode)) {
      duplicate(typeCode);
    } else if (row.isPresent()) {
      known(row.get(), flags, value, whole);
    } else {
      unknown(flags, typeCode, value, whole);
    }
    seen.set(typeCode);
    return true;
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
    faults.add(
        new AttributeFault(
            typeCode,
            FaultClass.DISCARD,
            BgpError.MALFORMED_ATTRIBUTE_LIST,
            "appears again; only the first is used"));
  }

  private void unknown(AttributeFlags flags, int typeCode, ByteBuf value, ByteBuf whole) {
    if (!flags.isOptional()) { // RFC 4271 §6.3: we cannot know what everybody must know
      throw new BgpException(
          BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE.withData(Bytes.readAll(whole)),
          "attribute " + typeCode + " is flagged well-known and is not known");
    }
    attributes.add(new Entry(new UnknownAttribute(flags, typeCode, Bytes.readAll(value))));
  }

  private void known(AttributeType type, AttributeFlags flags, ByteBuf value, ByteBuf whole) {
    String refusal = type.place().refusal(context);
    if (!refusal.isEmpty()) {
      faults.add(
          new AttributeFault(
              type.code(), FaultClass.DISCARD, BgpError.MALFORMED_ATTRIBUTE_LIST, refusal));
      return;
    }
    if (!flags.sameCategory(type.flags())) { // RFC 7606 §3 (c)
      faults.add(
          new AttributeFault(
              type.code(),
              type.onFlags(),
              BgpError.ATTRIBUTE_FLAGS_ERROR.withData(Bytes.readAll(whole)),
              "is flagged " + flags + ", not " + type.flags()));
      if (type.onFault() != FaultClass.RESET) {
        return;
      }
      // Goes on: the routes to withdraw are inside.
    }
    try {
      attributes.add(new Entry(type.received(flags), type.decoder().decode(value, context)));
    } catch (BgpException fault) {
      malformed(type, fault, Bytes.readAll(whole));
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
    faults.add(new AttributeFault(type.code(), type.onFault(), error, fault.found()));
  }
}
