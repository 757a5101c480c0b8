package dev.bugle.bgp.ls;

import java.util.Arrays;
import java.util.Locale;

/** How a prefix came into OSPF (RFC 9552 §5.2.3.1). */
public enum OspfRouteType {
  /** Within the area. */
  INTRA_AREA(1),
  /** From another area. */
  INTER_AREA(2),
  /** From outside, type 1. */
  EXTERNAL_1(3),
  /** From outside, type 2. */
  EXTERNAL_2(4),
  /** From outside a not-so-stubby area, type 1. */
  NSSA_1(5),
  /** From outside a not-so-stubby area, type 2. */
  NSSA_2(6);

  private final int number;

  OspfRouteType(int number) {
    this.number = number;
  }

  /** As on the wire, 1 to 6. */
  public int number() {
    return number;
  }

  /** The one with this number, which bgpcep has checked. */
  static OspfRouteType of(int number) {
    return Arrays.stream(values())
        .filter(type -> type.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("OSPF route type " + number));
  }

  /** Parses {@code intra-area} and the like. */
  static OspfRouteType parse(String text) {
    for (OspfRouteType type : values()) {
      if (type.toString().equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is none of " + Arrays.toString(values()));
  }

  /** Like {@code external-2}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
