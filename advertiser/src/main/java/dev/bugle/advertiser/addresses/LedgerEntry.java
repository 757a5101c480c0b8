package dev.bugle.advertiser.addresses;

import dev.bugle.bgp.linux.InterfaceAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.Optional;

/**
 * An address that Bugle has put on an interface, or was about to.
 *
 * @param interfaceIndex of the interface, which it keeps when it is renamed
 * @param interfaceName what it was called then
 * @param prefix the address
 */
record LedgerEntry(int interfaceIndex, String interfaceName, Prefix prefix) {

  /**
   * Marks an address as put there by Bugle (IFA_PROTO); {@code ip address show proto 179} finds
   * them. Nobody has the number, and it is the port of BGP.
   */
  static final int MARK = 179;

  /** What is put there and taken away. */
  InterfaceAddress address() {
    return InterfaceAddress.ofHost(interfaceIndex, prefix.address().toInetAddress(), MARK);
  }

  /** Its line in the file: {@code 1 lo 203.0.113.10/32}. */
  String line() {
    return interfaceIndex + " " + interfaceName + " " + prefix;
  }

  /** Reads a line; empty when it is none. */
  static Optional<LedgerEntry> parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !words[0].matches("[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    try {
      BoundAddress what = new BoundAddress(words[1], Prefix.parse(words[2]));
      return Optional.of(
          new LedgerEntry(Integer.parseInt(words[0]), what.interfaceName(), what.prefix()));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return prefix + " on " + interfaceName;
  }
}
