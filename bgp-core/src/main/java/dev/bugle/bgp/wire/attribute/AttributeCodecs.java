package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.AttributeExtensions;
import dev.bugle.bgp.wire.CodecContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The path attributes that were added to those of the library. Immutable; {@link #with} returns
 * more. An attribute that is neither here nor in the library is an {@link UnknownAttribute}.
 */
public final class AttributeCodecs implements AttributeExtensions {

  /** Nothing was added. */
  public static final AttributeCodecs NONE = new AttributeCodecs(Map.of());

  private final Map<Integer, AttributeType> rows;

  private AttributeCodecs(Map<Integer, AttributeType> rows) {
    this.rows = Map.copyOf(rows);
  }

  /** What was added where attributes are read with this context. */
  static AttributeCodecs of(CodecContext context) {
    return context.codecs().attributes() instanceof AttributeCodecs added ? added : NONE;
  }

  /**
   * These and one more, which replaces any of its type code.
   *
   * @throws IllegalArgumentException when the type code is out of range, or of an attribute that
   *     the library reads itself and relies on
   */
  public AttributeCodecs with(AttributeCodec codec) {
    int code = codec.typeCode();
    if (code < 0 || code > 255) {
      throw new IllegalArgumentException(
          "the type code " + code + " of " + codec.name() + " is not in 0 to 255");
    }
    if (AttributeType.of(code).isPresent()) {
      throw new IllegalArgumentException(
          "attribute "
              + code
              + " is read by the library, as "
              + AttributeType.nameOf(code)
              + "; "
              + codec.name()
              + " cannot take its place");
    }
    Map<Integer, AttributeType> more = new TreeMap<>(rows);
    more.put(code, AttributeType.of(codec));
    return new AttributeCodecs(more);
  }

  /** The row of this type code, if it was added. */
  Optional<AttributeType> row(int typeCode) {
    return Optional.ofNullable(rows.get(typeCode));
  }
}
