package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
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

  /** These numbers behind one that stands there so many times. */
  static AsnList prepended(long asn, int times, List<Long> behind) {
    AsnList rest = copyOf(behind);
    int[] asns = new int[times + rest.size()];
    Arrays.fill(asns, 0, times, (int) Asn.requireUsable(asn));
    rest.copyTo(asns, times);
    return new AsnList(asns);
  }

  @Override
  Long value(int word) {
    return Integer.toUnsignedLong(word);
  }

  /** Appends each in four octets, or in two, with AS_TRANS for those that do not fit. */
  void encode(ByteBuf out, boolean fourOctetAs) {
    for (int i = 0; i < size(); i++) {
      if (fourOctetAs) {
        out.writeInt(word(i));
      } else {
        out.writeShort(word(i) >>> 16 == 0 ? word(i) : Asn.AS_TRANS);
      }
    }
  }

  /** Whether two octets hold every number. */
  boolean fitTwoOctets() {
    for (int i = 0; i < size(); i++) {
      if (word(i) >>> 16 != 0) {
        return false;
      }
    }
    return true;
  }
}
