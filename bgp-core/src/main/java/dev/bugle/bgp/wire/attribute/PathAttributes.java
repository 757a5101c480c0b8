package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
  public static final PathAttributes EMPTY = new PathAttributes(new PathAttribute[0], new char[0]);

  /** The longest value whose length stands in one octet. */
  private static final int MAX_SHORT_VALUE = 255;

  /** In ascending order of type code. */
  private final PathAttribute[] attributes;

  /**
   * Of each attribute the flags it came with, which keep its Partial bit (RFC 4271 §5), and below
   * them its type code: the two octets that stand before its length.
   */
  private final char[] heads;

  /** 0 until it was asked for. */
  private int hash;

  private PathAttributes(PathAttribute[] attributes, char[] heads) {
    this.attributes = attributes;
    this.heads = heads;
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
    Collector collector = new Collector(Math.max(1, attributes.size()));
    for (PathAttribute attribute : attributes) {
      collector.add(attribute.flags(), attribute);
    }
    return collector.attributes();
  }

  /** Puts attributes that come in any order into theirs. */
  static final class Collector {
    private PathAttribute[] attributes;
    private char[] heads;
    private int size;

    /** Has room for so many, at least one, and makes room for more. */
    Collector(int expected) {
      attributes = new PathAttribute[expected];
      heads = new char[expected];
    }

    /**
     * Adds an attribute with the flags it came with.
     *
     * @throws IllegalArgumentException when there is one of its type code
     */
    void add(AttributeFlags flags, PathAttribute attribute) {
      int typeCode = attribute.typeCode();
      int at = size;
      while (at > 0 && typeCode(heads[at - 1]) >= typeCode) {
        at--;
      }
      if (at < size && typeCode(heads[at]) == typeCode) {
        throw new IllegalArgumentException(AttributeType.nameOf(typeCode) + " is given twice");
      }
      if (size == heads.length) {
        attributes = Arrays.copyOf(attributes, 2 * size);
        heads = Arrays.copyOf(heads, 2 * size);
      }
      System.arraycopy(attributes, at, attributes, at + 1, size - at);
      System.arraycopy(heads, at, heads, at + 1, size - at);
      attributes[at] = attribute;
      heads[at] = head(flags, typeCode);
      size++;
    }

    /** What was collected; the end of it. */
    PathAttributes attributes() {
      if (size == 0) {
        return EMPTY;
      }
      return size == heads.length
          ? new PathAttributes(attributes, heads)
          : new PathAttributes(Arrays.copyOf(attributes, size), Arrays.copyOf(heads, size));
    }
  }

  private static char head(AttributeFlags flags, int typeCode) {
    return (char) (flags.octet() << 8 | typeCode);
  }

  private static int typeCode(char head) {
    return head & 0xFF;
  }

  private static AttributeFlags flags(char head) {
    return AttributeFlags.of(head >>> 8);
  }

  /** Where the attribute of this type code is; else -1, less where it would be. */
  private int indexOf(int typeCode) {
    int at = 0;
    while (at < heads.length && typeCode(heads[at]) < typeCode) {
      at++;
    }
    return at < heads.length && typeCode(heads[at]) == typeCode ? at : -1 - at;
  }

  /**
   * These and one more, which replaces any of its type code. A Partial bit that is set there stays
   * set (RFC 4271 §5).
   */
  public PathAttributes with(PathAttribute attribute) {
    int found = indexOf(attribute.typeCode());
    int at = found < 0 ? -1 - found : found;
    int behind = found < 0 ? at : at + 1;
    int rest = heads.length - behind;
    PathAttribute[] more = Arrays.copyOf(attributes, at + 1 + rest);
    char[] moreHeads = Arrays.copyOf(heads, at + 1 + rest);
    System.arraycopy(attributes, behind, more, at + 1, rest);
    System.arraycopy(heads, behind, moreHeads, at + 1, rest);
    more[at] = attribute;
    AttributeFlags flags = attribute.flags();
    boolean wasPartial = found >= 0 && flags(heads[found]).isPartial();
    moreHeads[at] = head(wasPartial ? flags.withPartial() : flags, attribute.typeCode());
    return new PathAttributes(more, moreHeads);
  }

  /** These without the attribute of this type code. */
  public PathAttributes without(int typeCode) {
    int at = indexOf(typeCode);
    if (at < 0) {
      return this;
    }
    int rest = heads.length - at - 1;
    if (at + rest == 0) {
      return EMPTY;
    }
    PathAttribute[] fewer = Arrays.copyOf(attributes, at + rest);
    char[] fewerHeads = Arrays.copyOf(heads, at + rest);
    System.arraycopy(attributes, at + 1, fewer, at, rest);
    System.arraycopy(heads, at + 1, fewerHeads, at, rest);
    return new PathAttributes(fewer, fewerHeads);
  }

  /** These without the attribute of this type. */
  public PathAttributes without(Class<? extends PathAttribute> type) {
    return get(type).map(attribute -> without(attribute.typeCode())).orElse(this);
  }

  /** The attribute of this type, if it is there. */
  public <A extends PathAttribute> Optional<A> get(Class<A> type) {
    for (PathAttribute attribute : attributes) {
      if (type.isInstance(attribute)) {
        return Optional.of(type.cast(attribute));
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
    return heads.length == 0;
  }

  /** The flags of the attribute of this type code, if it is there. */
  public Optional<AttributeFlags> flagsOf(int typeCode) {
    int at = indexOf(typeCode);
    return at < 0 ? Optional.empty() : Optional.of(flags(heads[at]));
  }

  @Override
  public Iterator<PathAttribute> iterator() {
    return Collections.unmodifiableList(Arrays.asList(attributes)).iterator();
  }

  /**
   * Appends the attributes, without the field's own length. MP_REACH_NLRI and MP_UNREACH_NLRI come
   * first, as RFC 7606 §5.1 asks. To a peer of two-octet AS numbers, AS4_PATH and AS4_AGGREGATOR go
   * along where a number would be lost (RFC 6793 §4.2.2).
   */
  public void encode(ByteBuf out, CodecContext context) {
    PathAttributes written = written(context);
    written.encode(true, out, context);
    written.encode(false, out, context);
  }

  private PathAttributes written(CodecContext context) {
    return context.fourOctetAs() ? OldSpeaker.withoutCompanions(this) : OldSpeaker.toWire(this);
  }

  private void encode(boolean multiprotocol, ByteBuf out, CodecContext context) {
    for (int i = 0; i < heads.length; i++) {
      int typeCode = typeCode(heads[i]);
      boolean isMultiprotocol =
          typeCode == AttributeType.MP_REACH_NLRI || typeCode == AttributeType.MP_UNREACH_NLRI;
      if (isMultiprotocol == multiprotocol) {
        encode(i, out, context);
      }
    }
  }

  private void encode(int index, ByteBuf out, CodecContext context) {
    int start = out.writerIndex();
    out.writeShort(heads[index]);
    out.writeByte(0);
    int valueStart = out.writerIndex();
    attributes[index].encodeValue(out, context);
    int length = out.writerIndex() - valueStart;
    if (length <= MAX_SHORT_VALUE) {
      out.setByte(valueStart - 1, length);
      return;
    }
    Bytes value = Bytes.read(out.slice(valueStart, length), length);
    out.setByte(start, heads[index] >>> 8 | AttributeFlags.EXTENDED_LENGTH);
    out.writerIndex(valueStart - 1);
    out.writeShort(length);
    value.writeTo(out);
  }

  /** How many octets {@link #encode} appends. */
  public int encodedLength(CodecContext context) {
    int octets = 0;
    for (PathAttribute attribute : written(context).attributes) {
      int length = attribute.valueLength(context);
      octets += length + (length <= MAX_SHORT_VALUE ? 3 : 4);
    }
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PathAttributes that
            && hashCode() == that.hashCode()
            && Arrays.equals(heads, that.heads)
            && Arrays.equals(attributes, that.attributes));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = 31 * Arrays.hashCode(attributes) + Arrays.hashCode(heads);
    }
    return hash;
  }

  /** Like {@code ORIGIN igp, AS_PATH 65001, COMMUNITIES no-export 65001:100}. */
  @Override
  public String toString() {
    return Arrays.stream(attributes).map(PathAttributes::text).collect(Collectors.joining(", "));
  }

  private static String text(PathAttribute attribute) {
    return attribute instanceof UnknownAttribute
        ? attribute.toString()
        : attribute.attributeName() + " " + attribute;
  }
}
