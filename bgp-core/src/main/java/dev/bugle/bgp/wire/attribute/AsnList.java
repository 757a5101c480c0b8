package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import java.util.List;

/** AS numbers of 1 to 4294967295. */
final class AsnList extends PackedList<Long> {

  /** Takes the array, in which there is no 0. */
  AsnList(int[] asns) {
    super(asns);
  }

  /**
   * These numbers.
   *
   * @throws IllegalArgumentException when one is no AS number that a speaker may have
   */
  static AsnList copyOf(List<Long> asns) {
    return asns instanceof AsnList packed
        ? packed
        : new AsnList(words(asns, asn -> (int) Asn.requireUsable(asn)));
  }

  @Override
  Long value(int word) {
    return Integer.toUnsignedLong(word);
  }

  /** Whether two octets hold every number. */
  boolean fitTwoOctets() {
    for (int i = 0; i < size(); i++) {
      if (!Asn.fitsTwoOctets(Integer.toUnsignedLong(word(i)))) {
        return false;
      }
    }
    return true;
  }
}
