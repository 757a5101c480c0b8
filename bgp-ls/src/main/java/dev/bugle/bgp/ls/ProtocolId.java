package dev.bugle.bgp.ls;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where link-state information comes from (RFC 9552 §5.2). An open registry, so a number.
 *
 * @param number 0 to 255
 */
public record ProtocolId(int number) {

  /** IS-IS Level 1. */
  public static final ProtocolId ISIS_LEVEL_1 = new ProtocolId(1);

  /** IS-IS Level 2. */
  public static final ProtocolId ISIS_LEVEL_2 = new ProtocolId(2);

  /** OSPFv2. */
  public static final ProtocolId OSPFV2 = new ProtocolId(3);

  /** What a router knows of itself. */
  public static final ProtocolId DIRECT = new ProtocolId(4);

  /** What somebody configured. */
  public static final ProtocolId STATIC = new ProtocolId(5);

  /** OSPFv3. */
  public static final ProtocolId OSPFV3 = new ProtocolId(6);

  /** BGP (RFC 9086). */
  public static final ProtocolId BGP = new ProtocolId(7);

  private static final Map<ProtocolId, String> NAMES =
      Map.of(
          ISIS_LEVEL_1, "isis-level-1",
          ISIS_LEVEL_2, "isis-level-2",
          OSPFV2, "ospfv2",
          DIRECT, "direct",
          STATIC, "static",
          OSPFV3, "ospfv3",
          BGP, "bgp");

  private static final Map<String, ProtocolId> BY_NAME =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Checks the range. */
  public ProtocolId {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException("protocol " + number + " is not in 0 to 255");
    }
  }

  /**
   * Parses a name or {@code protocol-} and a number.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static ProtocolId parse(String text) {
    ProtocolId named = BY_NAME.get(text);
    if (named != null) {
      return named;
    }
    if (!text.matches("protocol-[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no protocol; write it like isis-level-2, ospfv2 or protocol-8");
    }
    return new ProtocolId(Integer.parseInt(text.substring("protocol-".length())));
  }

  /** {@code isis-level-2} and the like, or {@code protocol-8}. */
  @Override
  public String toString() {
    return NAMES.getOrDefault(this, "protocol-" + number);
  }
}
