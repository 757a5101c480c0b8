package dev.bugle.benchmarks.table;

/**
 * A peer of the router under test, on loopback, in an AS of its own. It connects to the router.
 *
 * @param number 1 and so on among those of its kind
 * @param sends whether it feeds the router, or else is told of the routes
 */
record Neighbor(int number, boolean sends) {

  Neighbor {
    if (number < 1 || number > 250) {
      throw new IllegalArgumentException("neighbour " + number + "; it takes 1 to 250");
    }
  }

  /** What it is called in configurations. */
  String name() {
    return (sends ? "sender" : "receiver") + number;
  }

  /** Where it connects from. */
  String address() {
    return "127.0." + (sends ? 1 : 2) + "." + number;
  }

  /** Its AS number. */
  int asn() {
    return (sends ? 64600 : 64800) + number;
  }

  /** Its BGP identifier, as 32 bits: 10.0.1.1 and so on. */
  int identifier() {
    return (10 << 24) | ((sends ? 1 : 2) << 8) | number;
  }

  /** What it announces as its next hop, as 32 bits: 192.0.2.1 and so on. */
  int nextHop() {
    return 0xc0000200 | number;
  }
}
