package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * AS_PATH: the ASes that the route came through (RFC 4271 §5.1.2).
 *
 * @param segments nearest AS first
 */
public record AsPath(List<Segment> segments) implements PathAttribute {

  /** The path of a route that its own AS originates. */
  public static final AsPath EMPTY = new AsPath(List.of());

  /** Copies the list. */
  public AsPath {
    segments = List.copyOf(segments);
  }

  /** How the AS numbers of a segment are meant (RFC 4271 §4.3, RFC 5065 §3). */
  public enum SegmentType {
    /** Unordered. */
    AS_SET(1),
    /** Ordered, nearest first. */
    AS_SEQUENCE(2),
    /** Ordered member ASes of a confederation. */
    AS_CONFED_SEQUENCE(3),
    /** Unordered member ASes of a confederation. */
    AS_CONFED_SET(4);

    private final int code;

    SegmentType(int code) {
      this.code = code;
    }

    static SegmentType of(int code) {
      return switch (code) {
        case 1 -> AS_SET;
        case 2 -> AS_SEQUENCE;
        case 3 -> AS_CONFED_SEQUENCE;
        case 4 -> AS_CONFED_SET;
        default ->
            throw new BgpException(
                BgpError.MALFORMED_AS_PATH, "AS_PATH segment type " + code + " is not 1 to 4");
      };
    }

    /** Whether it speaks of the members of a confederation. */
    public boolean isConfederation() {
      return this == AS_CONFED_SEQUENCE || this == AS_CONFED_SET;
    }
  }

  /**
   * A run of AS numbers of one kind.
   *
   * @param type how they are meant
   * @param asns 1 to 255 numbers of 1 to 4294967295 (RFC 7607 forbids 0)
   */
  public record Segment(SegmentType type, List<Long> asns) {

    /** The count is one octet on the wire. */
    public static final int MAX_LENGTH = 255;

    /** Copies the list and checks its size and numbers. */
    public Segment {
      if (asns.isEmpty() || asns.size() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "an AS_PATH segment has 1 to " + MAX_LENGTH + " AS numbers, not " + asns.size());
      }
      asns = AsnList.copyOf(asns);
    }

    @Override
    public String toString() {
      String separator =
          type == SegmentType.AS_SET || type == SegmentType.AS_CONFED_SET ? "," : " ";
      String numbers = asns.stream().map(String::valueOf).collect(Collectors.joining(separator));
      return switch (type) {
        case AS_SEQUENCE -> numbers;
        case AS_SET -> "{" + numbers + "}";
        case AS_CONFED_SEQUENCE -> "(" + numbers + ")";
        case AS_CONFED_SET -> "[" + numbers + "]";
      };
    }
  }

  /** A path of one AS_SEQUENCE. */
  public static AsPath sequence(Long... asns) {
    return asns.length == 0
        ? EMPTY
        : new AsPath(List.of(new Segment(SegmentType.AS_SEQUENCE, List.of(asns))));
  }

  /**
   * Parses {@code 65001 64086.59905 {65003,65004}}, with {@code (65001 65002)} and {@code
   * [65001,65002]} for sequences and sets of a confederation's members. Numbers that follow one
   * another are one segment, or as many as it takes.
   *
   * @throws IllegalArgumentException saying what was expected, and at which column
   */
  public static AsPath parse(String text) {
    return AsPathText.parse(text);
  }

  /**
   * This path with an AS number put in front {@code times} times (RFC 4271 §5.1.2). A full segment
   * is left as it is and a new one begun.
   */
  public AsPath prepend(long asn, int times) {
    return prepend(SegmentType.AS_SEQUENCE, asn, times);
  }

  /**
   * This path with the number of a member AS of a confederation put in front {@code times} times
   * (RFC 5065 §4).
   */
  public AsPath prependMember(long asn, int times) {
    return prepend(SegmentType.AS_CONFED_SEQUENCE, asn, times);
  }

  /**
   * This path with its nearest AS number {@code times} more times in front, as if that AS had put
   * it there; the same path where it does not begin with an AS_SEQUENCE.
   */
  public AsPath repeat(int times) {
    boolean hasNearest = !segments.isEmpty() && segments.get(0).type() == SegmentType.AS_SEQUENCE;
    return hasNearest ? prepend(segments.get(0).asns().get(0), times) : this;
  }

  private AsPath prepend(SegmentType type, long asn, int times) {
    List<Segment> result = new ArrayList<>(segments);
    int left = times;
    while (left > 0) {
      boolean joins =
          !result.isEmpty()
              && result.get(0).type() == type
              && result.get(0).asns().size() < Segment.MAX_LENGTH;
      List<Long> existing = joins ? result.remove(0).asns() : List.of();
      int count = Math.min(left, Segment.MAX_LENGTH - existing.size());
      result.add(0, new Segment(type, AsnList.prepended(asn, count, existing)));
      left -= count;
    }
    return new AsPath(result);
  }

  /** This path as it leaves a confederation: without its members (RFC 5065 §4). */
  public AsPath withoutConfederation() {
    return hasConfederation(segments)
        ? new AsPath(
            segments.stream().filter(segment -> !segment.type().isConfederation()).toList())
        : this;
  }

  /** The length that route selection compares: a set counts one, confederations none (RFC 5065). */
  public int length() {
    int length = 0;
    for (Segment segment : segments) {
      length +=
          switch (segment.type()) {
            case AS_SEQUENCE -> segment.asns().size();
            case AS_SET -> 1;
            case AS_CONFED_SEQUENCE, AS_CONFED_SET -> 0;
          };
    }
    return length;
  }

  static AsPath decode(ByteBuf value, CodecContext context) {
    List<Segment> segments = decodeSegments(value, context.fourOctetAs());
    if (context.external() && hasConfederation(segments)) { // RFC 5065 §5
      throw new BgpException(
          BgpError.MALFORMED_AS_PATH, "AS_PATH has confederation segments from another AS");
    }
    return new AsPath(segments);
  }

  private static boolean hasConfederation(List<Segment> segments) {
    for (Segment segment : segments) {
      if (segment.type().isConfederation()) {
        return true;
      }
    }
    return false;
  }

  static List<Segment> decodeSegments(ByteBuf value, boolean fourOctetAs) {
    int width = fourOctetAs ? 4 : 2;
    List<Segment> segments = List.of();
    while (value.isReadable()) {
      if (value.readableBytes() < 2) {
        throw new BgpException(BgpError.MALFORMED_AS_PATH, "AS_PATH ends inside a segment header");
      }
      SegmentType type = SegmentType.of(value.readUnsignedByte());
      int count = value.readUnsignedByte();
      if (count == 0) {
        throw new BgpException(BgpError.MALFORMED_AS_PATH, "AS_PATH has a segment of length 0");
      }
      if (value.readableBytes() < count * width) {
        throw new BgpException(
            BgpError.MALFORMED_AS_PATH,
            "an AS_PATH segment of "
                + count
                + " AS numbers needs "
                + count * width
                + " octets, "
                + value.readableBytes()
                + " are left");
      }
      Segment segment = new Segment(type, decodeAsns(value, count, fourOctetAs));
      if (segments.isEmpty()) {
        segments = value.isReadable() ? new ArrayList<>(List.of(segment)) : List.of(segment);
      } else {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static AsnList decodeAsns(ByteBuf value, int count, boolean fourOctetAs) {
    int[] asns = new int[count];
    for (int i = 0; i < count; i++) {
      asns[i] = fourOctetAs ? value.readInt() : value.readUnsignedShort();
      if (asns[i] == 0) { // RFC 7607 §2
        throw new BgpException(BgpError.MALFORMED_AS_PATH, "AS_PATH has AS number 0");
      }
    }
    return new AsnList(asns);
  }

  @Override
  public int typeCode() {
    return AttributeType.AS_PATH;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.WELL_KNOWN;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    encodeSegments(segments, out, context.fourOctetAs());
  }

  @Override
  public int valueLength(CodecContext context) {
    return segmentsLength(segments, context.fourOctetAs());
  }

  static int segmentsLength(List<Segment> segments, boolean fourOctetAs) {
    int octets = 0;
    for (Segment segment : segments) {
      octets += 2 + segment.asns().size() * (fourOctetAs ? 4 : 2);
    }
    return octets;
  }

  static void encodeSegments(List<Segment> segments, ByteBuf out, boolean fourOctetAs) {
    for (Segment segment : segments) {
      out.writeByte(segment.type().code);
      AsnList asns = AsnList.copyOf(segment.asns());
      out.writeByte(asns.size());
      asns.encode(out, fourOctetAs);
    }
  }

  /** Whether some number does not fit in two octets, so that AS4_PATH must go along. */
  boolean needsAs4Path() {
    for (Segment segment : segments) {
      if (!segment.type().isConfederation() && !AsnList.copyOf(segment.asns()).fitTwoOctets()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The AS4_PATH that goes along: this path without its confederation segments (RFC 6793 §4.2.2).
   */
  As4Path toAs4Path() {
    return new As4Path(withoutConfederation().segments);
  }

  /** As routers print it: {@code 65001 65002 {65003,65004}}; empty for an empty path. */
  @Override
  public String toString() {
    return segments.stream().map(Segment::toString).collect(Collectors.joining(" "));
  }
}
