package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;

/**
 * An NLRI of a type that is not known, byte for byte.
 *
 * @param type 0 to 65535, none of those that are known
 * @param value 65535 octets at most
 */
public record UnknownLinkStateNlri(int type, Bytes value) implements LinkStateNlri {

  static final String WORD = "nlri-type";

  /** Checks the ranges. */
  public UnknownLinkStateNlri {
    if (type >= NodeNlri.TYPE && type <= PrefixNlri.IPV6_TYPE) {
      throw new IllegalArgumentException("NLRI type " + type + " is known");
    }
    new Tlv(type, value); // the same fields, and the same ranges
  }

  /** Like {@code nlri-type 6 0x0102}. */
  @Override
  public String toString() {
    return WORD + " " + type + " 0x" + value;
  }
}
