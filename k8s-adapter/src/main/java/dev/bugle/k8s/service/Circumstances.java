package dev.bugle.k8s.service;

import java.util.Optional;

/**
 * What holds for all Services alike.
 *
 * @param silence why nothing may be announced: nobody knows whether what is known still holds
 * @param leaving why this node is out of service
 */
record Circumstances(Optional<String> silence, Optional<String> leaving) {

  /** Nothing is the matter. */
  static final Circumstances USUAL = new Circumstances(Optional.empty(), Optional.empty());
}
