package dev.bugle.it;

import java.util.Set;

/**
 * The capabilities of an established session, as the router tells them.
 *
 * @param ofRouter what it offered itself
 * @param ofBugle what it received
 */
record CapabilitiesSeen(Set<CapabilitySeen> ofRouter, Set<CapabilitySeen> ofBugle) {

  CapabilitiesSeen {
    ofRouter = Set.copyOf(ofRouter);
    ofBugle = Set.copyOf(ofBugle);
  }
}
