package dev.bugle.k8s.lease;

import java.util.Optional;

/**
 * Which Lease.
 *
 * @param namespace where it is; empty is the namespace of this process
 * @param name its name there
 */
public record LeaseName(Optional<String> namespace, String name) {

  /** As in {@code the Lease kube-system/vip}. */
  @Override
  public String toString() {
    return "the Lease " + namespace.map(place -> place + "/").orElse("") + name;
  }
}
