package dev.bugle.benchmarks.bfd;

import java.util.List;
import java.util.stream.IntStream;

/** The addresses of one session, as one side sees them. */
record AddressPair(String local, String remote) {

  private static final int PER_OCTET = 250;

  /**
   * Those of so many sessions between a contender and its neighbour, as the contender sees them.
   */
  static List<AddressPair> ofContender(int sessions) {
    return IntStream.range(0, sessions)
        .mapToObj(
            session -> {
              String host = session / PER_OCTET + "." + (session % PER_OCTET + 1);
              return new AddressPair("10.1." + host, "10.2." + host);
            })
        .toList();
  }

  /** As the other side sees them. */
  AddressPair mirrored() {
    return new AddressPair(/* local= */ remote, /* remote= */ local);
  }
}
