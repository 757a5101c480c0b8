package dev.bugle.k8s.service;

import dev.bugle.bgp.wire.IpAddress;
import java.util.Optional;

/** An IP version, by which endpoints are told apart from those of the other. */
enum Family {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String text;

  Family(String text) {
    this.text = text;
  }

  static Family of(IpAddress address) {
    return address.isIpv4() ? IPV4 : IPV6;
  }

  /** The {@code addressType} of an EndpointSlice; empty for one that has no addresses of IP. */
  static Optional<Family> of(String addressType) {
    return switch (addressType) {
      case "IPv4" -> Optional.of(IPV4);
      case "IPv6" -> Optional.of(IPV6);
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
