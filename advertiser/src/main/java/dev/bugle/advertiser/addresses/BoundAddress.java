package dev.bugle.advertiser.addresses;

import dev.bugle.bgp.wire.Prefix;

/**
 * An address that is to be on an interface.
 *
 * @param interfaceName as the system calls it now, such as {@code lo}
 * @param prefix the address, as /32 or /128
 */
public record BoundAddress(String interfaceName, Prefix prefix) {

  /** Checks that the name can be one, and that the prefix is a single address. */
  public BoundAddress {
    if (!interfaceName.matches("(?!\\.{1,2}$)[^\\s/:\\p{Cntrl}]{1,15}")) {
      throw new IllegalArgumentException(
          "'" + interfaceName + "' is not the name of an interface; expected one such as lo");
    }
    if (prefix.length() != prefix.address().bitLength()) {
      throw new IllegalArgumentException(
          prefix + " is not a single address; its length must be /" + prefix.address().bitLength());
    }
  }

  @Override
  public String toString() {
    return prefix + " on " + interfaceName;
  }
}
