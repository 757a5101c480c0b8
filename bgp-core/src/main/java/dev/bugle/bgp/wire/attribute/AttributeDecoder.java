package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the Path Attributes field: everything about attributes that is the same for all of them.
 *
 * <p>Faults follow RFC 7606: a fault of class RESET is thrown, the milder ones are listed in {@link
 * Decoded#faults}.
 */
public final class AttributeDecoder {

  private final CodecContext context;
  private final Map<PathAttribute, AttributeFlags> attributes = new LinkedHashMap<>();
  private final Set<Integer> seen = new TreeSet<>();
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
    return new Decoded(PathAttributes.received(decoder.attributes), decoder.faults);
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
    if (!seen.add(typeCode)) {
      duplicate(typeCode);
      return true;
    }
    AttributeFlags flags = new AttributeFlags(octet);
    Optional<AttributeType> row = AttributeType.of(typeCode);
    if (row.isEmpty()) {
      unknown(flags, typeCode, value, field, start);
    } else {
      known(row.get(), flags, value, field, start);
    }
    return true;
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

  private void unknown(
      AttributeFlags flags, int typeCode, ByteBuf value, ByteBuf field, int start) {
    if (!flags.isOptional()) { // RFC 4271 §6.3: we cannot know what everybody must know
      throw new BgpException(
          BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE.withData(since(field, start)),
          "attribute " + typeCode + " is flagged well-known and is not known");
    }
    attributes.put(new UnknownAttribute(flags, typeCode, Bytes.readAll(value)), flags);
  }

  private void known(
      AttributeType type, AttributeFlags flags, ByteBuf value, ByteBuf field, int start) {
    if (type.code() == AttributeType.LOCAL_PREF && context.external()) {
      faults.add( // RFC 7606 §7.5
          new AttributeFault(
              type.code(),
              FaultClass.DISCARD,
              BgpError.MALFORMED_ATTRIBUTE_LIST,
              "has no place between ASes"));
      return;
    }
    if (context.fourOctetAs()
        && (type.code() == AttributeType.AS4_PATH || type.code() == AttributeType.AS4_AGGREGATOR)) {
      faults.add( // RFC 6793 §4.1
          new AttributeFault(
              type.code(),
              FaultClass.DISCARD,
              BgpError.MALFORMED_ATTRIBUTE_LIST,
              "has no place between speakers of 4-octet AS numbers"));
      return;
    }
    try {
      if (!flags.sameCategory(type.flags())) { // RFC 7606 §3 (c)
        throw new BgpException(
            BgpError.ATTRIBUTE_FLAGS_ERROR, "is flagged " + flags + ", not " + type.flags());
      }
      PathAttribute attribute = type.decoder().decode(value, context);
      attributes.put(attribute, flags);
    } catch (BgpException fault) {
      boolean wrongFlags = fault.error().equals(BgpError.ATTRIBUTE_FLAGS_ERROR);
      FaultClass faultClass =
          wrongFlags && type.onFault() == FaultClass.DISCARD
              ? FaultClass.TREAT_AS_WITHDRAW
              : type.onFault();
      BgpError error =
          fault.error().data().isEmpty() && carriesAttribute(fault.error())
              ? fault.error().withData(since(field, start))
              : fault.error();
      if (faultClass == FaultClass.RESET) {
        throw new BgpException(error, type.name() + ": " + fault.found());
      }
      faults.add(new AttributeFault(type.code(), faultClass, error, fault.found()));
    }
  }

  /** The errors of RFC 4271 §6.3 whose data is the offending attribute. */
  private static boolean carriesAttribute(BgpError error) {
    return error.code() == 3 && error.subcode() >= 4 && error.subcode() <= 9;
  }

  private static Bytes since(ByteBuf field, int start) {
    return Bytes.readAll(field.slice(start, field.readerIndex() - start));
  }
}
