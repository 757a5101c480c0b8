package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Collectors;

/**
 * COMMUNITIES (RFC 1997).
 *
 * @param values in the order of the wire; at least one
 */
public record Communities(List<Community> values) implements PathAttribute {

  /** Copies the list and checks that it is not empty. */
  public Communities {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one community");
    }
    values = values instanceof Packed ? values : new Packed(words(values));
  }

  static Communities decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, 4, "COMMUNITIES");
    int[] values = new int[value.readableBytes() / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.readInt();
    }
    return new Communities(new Packed(values));
  }

  private static int[] words(List<Community> values) {
    return PackedList.words(values, Community::value);
  }

  private static final class Packed extends PackedList<Community> {
    Packed(int[] words) {
      super(words);
    }

    void encode(ByteBuf out) {
      for (int i = 0; i < size(); i++) {
        out.writeInt(word(i));
      }
    }

    @Override
    Community value(int word) {
      return new Community(word);
    }
  }

  @Override
  public int typeCode() {
    return AttributeType.COMMUNITIES;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    ((Packed) values).encode(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4 * values.size();
  }

  @Override
  public String toString() {
    return values.stream().map(Community::toString).collect(Collectors.joining(" "));
  }
}
