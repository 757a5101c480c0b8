package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The path attributes of one UPDATE, in ascending order of type code, each at most once (RFC 4271
 * §5). Immutable; equality is by value.
 */
public final class PathAttributes implements Iterable<PathAttribute> {

  /** No attributes, as in an UPDATE that only withdraws. */
  public static final PathAttributes EMPTY = new PathAttributes(List.of());

  private final List<Entry> entries;
  private final int hash;

  /** An attribute with the flags it came with, which keep its Partial bit (RFC 4271 §5). */
  record Entry(AttributeFlags flags, PathAttribute attribute) {

    Entry(PathAttribute attribute) {
      this(attribute.flags(), attribute);
    }

    int typeCode() {
      return attribute.typeCode();
    }

    boolean isMultiprotocol() {
      return typeCode() == AttributeType.MP_REACH_NLRI
          || typeCode() == AttributeType.MP_UNREACH_NLRI;
    }

    @Override
    public String toString() {
      return attribute instanceof UnknownAttribute
          ? attribute.toString()
          : attribute.attributeName() + " " + attribute;
    }
  }

  private PathAttributes(List<Entry> entries) {
    this.entries = entries;
    this.hash = entries.hashCode();
  }

  /**
   * These attributes.
   *
   * @throws IllegalArgumentException when two have one type code
   */
  public static PathAttributes of(PathAttribute... attributes) {
    return of(List.of(attributes));
  }

  /**
   * These attributes.
   *
   * @throws IllegalArgumentException when two have one type code
   */
  public static PathAttributes of(Collection<? extends PathAttribute> attributes) {
    return ofEntries(attributes.stream().map(Entry::new).toList());
  }

  /** Attributes in any order, with the flags they were received with. */
  static PathAttributes ofEntries(List<Entry> unordered) {
    if (unordered.isEmpty()) {
      return EMPTY;
    }
    List<Entry> entries = new ArrayList<>(unordered);
    entries.sort(Comparator.comparingInt(Entry::typeCode));
    for (int i = 1; i < entries.size(); i++) {
      int typeCode = entries.get(i).typeCode();
      if (typeCode == entries.get(i - 1).typeCode()) {
        throw new IllegalArgumentException(AttributeType.nameOf(typeCode) + " is given twice");
      }
    }
    return new PathAttributes(List.copyOf(entries));
  }

  /**
   * These and one more, which replaces any of its type code. A Partial bit that is set there stays
   * set (RFC 4271 §5).
   */
  public PathAttributes with(PathAttribute attribute) {
    List<Entry> more = new ArrayList<>(without(attribute.typeCode()).entries);
    boolean wasPartial =
        flagsOf(attribute.typeCode()).filter(AttributeFlags::isPartial).isPresent();
    AttributeFlags flags = attribute.flags();
    more.add(new Entry(wasPartial ? flags.withPartial() : flags, attribute));
    return ofEntries(more);
  }

  /** These without the attribute of this type code. */
  public PathAttributes without(int typeCode) {
    List<Entry> fewer = new ArrayList<>(entries);
    return fewer.removeIf(entry -> entry.typeCode() == typeCode) ? ofEntries(fewer) : this;
  }

  /** These without the attribute of this type. */
  public PathAttributes without(Class<? extends PathAttribute> type) {
    return get(type).map(attribute -> without(attribute.typeCode())).orElse(this);
  }

  /** The attribute of this type, if it is there. */
  public <A extends PathAttribute> Optional<A> get(Class<A> type) {
    for (Entry entry : entries) {
      if (type.isInstance(entry.attribute())) {
        return Optional.of(type.cast(entry.attribute()));
      }
    }
    return Optional.empty();
  }

  /** The standard communities; empty when the attribute is not there. */
  public List<Community> communities() {
    return get(Communities.class).map(Communities::values).orElse(List.of());
  }

  /** The extended communities; empty when the attribute is not there. */
  public List<ExtendedCommunity> extendedCommunities() {
    return get(ExtendedCommunities.class).map(ExtendedCommunities::values).orElse(List.of());
  }

  /** The large communities; empty when the attribute is not there. */
  public List<LargeCommunity> largeCommunities() {
    return get(LargeCommunities.class).map(LargeCommunities::values).orElse(List.of());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The flags of the attribute of this type code, if it is there. */
  public Optional<AttributeFlags> flagsOf(int typeCode) {
    return entries.stream()
        .filter(entry -> entry.typeCode() == typeCode)
        .map(Entry::flags)
        .findFirst();
  }

  @Override
  public Iterator<PathAttribute> iterator() {
    return entries.stream().map(Entry::attribute).iterator();
  }

  /**
   * Appends the attributes, without the field's own length. MP_REACH_NLRI and MP_UNREACH_NLRI come
   * first, as RFC 7606 §5.1 asks. To a peer of two-octet AS numbers, AS4_PATH and AS4_AGGREGATOR go
   * along where a number would be lost (RFC 6793 §4.2.2).
   */
  public void encode(ByteBuf out, CodecContext context) {
    List<Entry> written =
        (context.fourOctetAs() ? OldSpeaker.withoutCompanions(this) : OldSpeaker.toWire(this))
            .entries;
    encode(written, true, out, context);
    encode(written, false, out, context);
  }

  private static void encode(
      List<Entry> entries, boolean multiprotocol, ByteBuf out, CodecContext context) {
    for (Entry entry : entries) {
      if (entry.isMultiprotocol() == multiprotocol) {
        encode(entry, out, context);
      }
    }
  }

  private static void encode(Entry entry, ByteBuf out, CodecContext context) {
    int start = out.writerIndex();
    out.writeByte(entry.flags().octet());
    out.writeByte(entry.typeCode());
    out.writeByte(0);
    int valueStart = out.writerIndex();
    entry.attribute().encodeValue(out, context);
    int length = out.writerIndex() - valueStart;
    if (length <= 255) {
      out.setByte(valueStart - 1, length);
      return;
    }
    Bytes value = Bytes.read(out.slice(valueStart, length), length);
    out.setByte(start, entry.flags().octet() | AttributeFlags.EXTENDED_LENGTH);
    out.writerIndex(valueStart - 1);
    out.writeShort(length);
    value.writeTo(out);
  }

  /** How many octets {@link #encode} appends. */
  public int encodedLength(CodecContext context) {
    if (isEmpty()) {
      return 0;
    }
    ByteBuf scratch = Unpooled.buffer(128);
    encode(scratch, context);
    return scratch.readableBytes();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PathAttributes attributes
            && hash == attributes.hash
            && entries.equals(attributes.entries));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Like {@code ORIGIN igp, AS_PATH 65001, COMMUNITIES no-export 65001:100}. */
  @Override
  public String toString() {
    return entries.stream().map(Entry::toString).collect(Collectors.joining(", "));
  }
}
