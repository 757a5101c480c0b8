package dev.bugle.advertiser.addresses;

import dev.bugle.bgp.wire.Prefix;

/**
 * An address on an interface of this host.
 *
 * @param interfaceName like {@code lo}
 * @param prefix the address with the length that it has there
 */
public record BoundAddress(String interfaceName, Prefix prefix) {

  /** As in messages: {@code 203.0.113.10/32 on lo}. */
  @Override
  public String toString() {
    return prefix + " on " + interfaceName;
  }
}
