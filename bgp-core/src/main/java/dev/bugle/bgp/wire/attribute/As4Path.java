package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * AS4_PATH: the true path, sent beside an AS_PATH of two-octet numbers to a speaker that knows no
 * others (RFC 6793 §4.2.2).
 *
 * @param segments nearest AS first
 */
public record As4Path(List<AsPath.Segment> segments) implements PathAttribute {

  /** Copies the list. */
  public As4Path {
    segments = List.copyOf(segments);
  }

  static As4Path decode(ByteBuf value, CodecContext context) {
    // RFC 6793 §6: confederation segments do not belong here and are dropped.
    return new AsPath(AsPath.decodeSegments(value, true)).toAs4Path();
  }

  @Override
  public int typeCode() {
    return AttributeType.AS4_PATH;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    AsPath.encodeSegments(segments, out, true);
  }

  @Override
  public int valueLength(CodecContext context) {
    return AsPath.segmentsLength(segments, true);
  }

  @Override
  public String toString() {
    return new AsPath(segments).toString();
  }
}
