package dev.bugle.bgp.ls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.segment.routing.ext.rev200120.sid.label.index.sid.label.index.LocalLabelCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.segment.routing.ext.rev200120.sid.label.index.sid.label.index.SidCase;

/**
 * The ranges of labels, or of indexes, that a node gives to segments (RFC 9085 §2.1.2).
 *
 * @param flags 0 to 255, with a meaning in IS-IS only: 0x80 for IPv4, 0x40 for IPv6 (RFC 8667 §3.1)
 * @param ranges in the order of the wire, by which indexes are counted
 */
public record SrCapabilities(int flags, List<Range> ranges) {

  private static final int SID_TLV = 1161;
  private static final int LABEL_LENGTH = 3;
  private static final int INDEX_LENGTH = 4;

  static final TlvForm<SrCapabilities> FORM =
      TlvForm.of(
          value -> value.length() >= 2, SrCapabilities::read, (value, out) -> value.write(out));

  /** bgpcep reads the first range and no other, so it is given each as the first. */
  private static final TlvForm<Range> ONE_RANGE =
      BgpcepAttribute.node(
          1034,
          node -> {
            var read = node.getSrCapabilities();
            long size = read.getRangeSize().getValue().toJava();
            if (read.getSidLabelIndex() instanceof LocalLabelCase label) {
              return new Range(size, label.getLocalLabel().getValue().toJava(), true);
            } else if (read.getSidLabelIndex() instanceof SidCase sid) {
              return new Range(size, sid.getSid().toJava(), false);
            }
            throw new IllegalArgumentException("neither label nor index");
          },
          (node, range) -> {
            throw new UnsupportedOperationException("a range is written as part of all");
          });

  /**
   * Some labels or indexes in a row.
   *
   * @param size how many, 0 to 16777215
   * @param first a label of 0 to 1048575, or an index of 0 to 4294967295
   * @param isLabel which of the two
   */
  public record Range(long size, long first, boolean isLabel) {

    /** Checks the ranges. */
    public Range {
      if (size < 0
          || size > 0xFF_FFFF
          || first < 0
          || first > (isLabel ? 0xF_FFFF : 0xFFFF_FFFFL)) {
        throw new IllegalArgumentException(size + " segments from " + first + " do not exist");
      }
    }

    /** Like {@code 16000+8000}: from 16000 on, 8000. */
    @Override
    public String toString() {
      return (isLabel ? "" : "index-") + first + "+" + size;
    }
  }

  /** Checks the flags and copies the list. */
  public SrCapabilities {
    if (flags < 0 || flags > 255) {
      throw new IllegalArgumentException("flags " + flags + " are not in 0 to 255");
    }
    ranges = List.copyOf(ranges);
  }

  private static SrCapabilities read(ByteBuf in) {
    int flags = in.readUnsignedByte();
    in.skipBytes(1); // reserved
    List<Range> ranges = new ArrayList<>();
    while (in.isReadable()) {
      int length = LABEL_LENGTH + Tlv.HEADER_LENGTH + in.getUnsignedShort(in.readerIndex() + 5);
      ByteBuf one = Unpooled.buffer().writeZero(2).writeBytes(in, length);
      Range range = ONE_RANGE.reader().read(one);
      if (range == null) {
        throw new IllegalArgumentException("no range");
      }
      ranges.add(range);
    }
    return new SrCapabilities(flags, ranges);
  }

  private void write(ByteBuf out) {
    out.writeByte(flags).writeZero(1);
    for (Range range : ranges) {
      out.writeMedium((int) range.size()).writeShort(SID_TLV);
      if (range.isLabel()) {
        out.writeShort(LABEL_LENGTH).writeMedium((int) range.first());
      } else {
        out.writeShort(INDEX_LENGTH).writeInt((int) range.first());
      }
    }
  }

  /** Like {@code 16000+8000|100000+1000}. */
  @Override
  public String toString() {
    String text = ranges.stream().map(Range::toString).collect(Collectors.joining("|"));
    return "0x%02x".formatted(flags) + (text.isEmpty() ? "" : "|" + text);
  }
}
