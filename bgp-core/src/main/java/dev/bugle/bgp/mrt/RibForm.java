package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.AddressFamily;
import java.util.List;
import java.util.Optional;

/**
 * What the subtype says of a RIB record (RFC 6396 §4.3.2, §4.3.3; RFC 8050 §4).
 *
 * @param family that the subtype stands for; empty when the record says it itself (RIB_GENERIC)
 * @param addPath whether each entry has a path identifier
 */
record RibForm(Optional<AddressFamily> family, boolean addPath) {

  /** In the order of their subtypes, which begin at 2, and at 8 with path identifiers. */
  private static final List<AddressFamily> FAMILIES =
      List.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV6_UNICAST,
          AddressFamily.IPV6_MULTICAST);

  private static final int FIRST = 2;
  private static final int FIRST_ADDPATH = 8;

  static Optional<RibForm> of(int subtype) {
    boolean addPath = subtype >= FIRST_ADDPATH;
    int index = subtype - (addPath ? FIRST_ADDPATH : FIRST);
    if (index < 0 || index > FAMILIES.size()) {
      return Optional.empty();
    }
    Optional<AddressFamily> family =
        index == FAMILIES.size() ? Optional.empty() : Optional.of(FAMILIES.get(index));
    return Optional.of(new RibForm(family, addPath));
  }

  /** The form in which routes of a family are written: that of their own where there is one. */
  static RibForm of(AddressFamily family, boolean addPath) {
    return new RibForm(Optional.of(family).filter(FAMILIES::contains), addPath);
  }

  int subtype() {
    int index = family.map(FAMILIES::indexOf).orElse(FAMILIES.size());
    return index + (addPath ? FIRST_ADDPATH : FIRST);
  }
}
