package dev.bugle.k8s.service;

import java.util.Collection;

/** Where a service has endpoints, over all of its slices. */
record Endpoints(Presence ipv4, Presence ipv6) {

  static final Endpoints NONE = new Endpoints(Presence.NONE, Presence.NONE);

  static Endpoints of(Collection<Slice> slices) {
    Presence ipv4 = Presence.NONE;
    Presence ipv6 = Presence.NONE;
    for (Slice slice : slices) {
      if (slice.family() == Family.IPV4) {
        ipv4 = ipv4.and(slice.presence());
      } else {
        ipv6 = ipv6.and(slice.presence());
      }
    }
    return new Endpoints(ipv4, ipv6);
  }

  Presence of(Family family) {
    return family == Family.IPV4 ? ipv4 : ipv6;
  }
}
