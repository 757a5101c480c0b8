package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The path attributes of one UPDATE, in ascending order of type code, each at most once (RFC 4271
 * §5). Immutable; equality is by value.
 */
public final class PathAttributes implements Iterable<PathAttribute> {

  /** No attributes, as in an UPDATE that only withdraws. */
  public static final PathAttributes EMPTY = new PathAttributes(new TreeMap<>());

  private final SortedMap<Integer, Entry> entries;
  private final int hash;

  /** An attribute with the flags it came with, which keep its Partial bit (RFC 4271 §5). */
  private record Entry(AttributeFlags flags, PathAttribute attribute) {}

  private PathAttributes(SortedMap<Integer, Entry> entries) {
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
    TreeMap<Integer, Entry> entries = new TreeMap<>();
    for (PathAttribute attribute : attributes) {
      Entry entry = new Entry(attribute.flags(), attribute);
      if (entries.put(attribute.typeCode(), entry) != null) {
        throw new IllegalArgumentException(
            AttributeType.nameOf(attribute.typeCode()) + " is given twice");
      }
    }
    return entries.isEmpty() ? EMPTY : new PathAttributes(entries);
  }

  /** Attributes with the flags they were received with. */
  static PathAttributes received(Map<PathAttribute, AttributeFlags> attributes) {
    TreeMap<Integer, Entry> entries = new TreeMap<>();
    attributes.forEach(
        (attribute, flags) -> entries.put(attribute.typeCode(), new Entry(flags, attribute)));
    return entries.isEmpty() ? EMPTY : new PathAttributes(entries);
  }

  /** These and one more, which replaces any of its type code. */
  public PathAttributes with(PathAttribute attribute) {
    TreeMap<Integer, Entry> more = new TreeMap<>(entries);
    more.put(attribute.typeCode(), new Entry(attribute.flags(), attribute));
    return new PathAttributes(more);
  }

  /** These without the attribute of this type code. */
  public PathAttributes without(int typeCode) {
    if (!entries.containsKey(typeCode)) {
      return this;
    }
    TreeMap<Integer, Entry> fewer = new TreeMap<>(entries);
    fewer.remove(typeCode);
    return fewer.isEmpty() ? EMPTY : new PathAttributes(fewer);
  }

  /** The attribute of this type, if it is there. */
  public <A extends PathAttribute> Optional<A> get(Class<A> type) {
    for (Entry entry : entries.values()) {
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
    return Optional.ofNullable(entries.get(typeCode)).map(Entry::flags);
  }

  @Override
  public Iterator<PathAttribute> iterator() {
    return entries.values().stream().map(Entry::attribute).iterator();
  }

  /**
   * Appends the attributes, without the field's own length. MP_REACH_NLRI and MP_UNREACH_NLRI come
   * first, as RFC 7606 §5.1 asks. To a peer of two-octet AS numbers, AS4_PATH and AS4_AGGREGATOR go
   * along where a number would be lost (RFC 6793 §4.2.2).
   */
  public void encode(ByteBuf out, CodecContext context) {
    for (Entry entry : entries.values()) {
      if (isMultiprotocol(entry)) {
        encode(entry, out, context);
      }
    }
    for (Entry entry : entries.values()) {
      if (!isMultiprotocol(entry)) {
        encode(entry, out, context);
      }
    }
    if (!context.fourOctetAs()) {
      encodeFourOctetCompanions(out, context);
    }
  }

  private static boolean isMultiprotocol(Entry entry) {
    int code = entry.attribute().typeCode();
    return code == AttributeType.MP_REACH_NLRI || code == AttributeType.MP_UNREACH_NLRI;
  }

  private void encodeFourOctetCompanions(ByteBuf out, CodecContext context) {
    get(AsPath.class)
        .filter(AsPath::needsAs4Path)
        .map(AsPath::toAs4Path)
        .ifPresent(path -> encode(new Entry(path.flags(), path), out, context));
    get(Aggregator.class)
        .filter(aggregator -> !Asn.fitsTwoOctets(aggregator.asn()))
        .map(aggregator -> new As4Aggregator(aggregator.asn(), aggregator.address()))
        .ifPresent(true4 -> encode(new Entry(true4.flags(), true4), out, context));
  }

  private static void encode(Entry entry, ByteBuf out, CodecContext context) {
    int start = out.writerIndex();
    out.writeByte(entry.flags().octet());
    out.writeByte(entry.attribute().typeCode());
    out.writeByte(0);
    int valueStart = out.writerIndex();
    entry.attribute().encodeValue(out, context);
    int length = out.writerIndex() - valueStart;
    if (length <= 255) {
      out.setByte(valueStart - 1, length);
      return;
    }
    ByteBuf value = out.copy(valueStart, length);
    try {
      out.setByte(start, entry.flags().octet() | AttributeFlags.EXTENDED_LENGTH);
      out.writerIndex(valueStart - 1);
      out.writeShort(length);
      out.writeBytes(value);
    } finally {
      value.release();
    }
  }

  /** How many octets {@link #encode} appends. */
  public int encodedLength(CodecContext context) {
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
    return entries.values().stream()
        .map(
            entry ->
                entry.attribute() instanceof UnknownAttribute
                    ? entry.attribute().toString()
                    : AttributeType.nameOf(entry.attribute().typeCode()) + " " + entry.attribute())
        .collect(Collectors.joining(", "));
  }
}
