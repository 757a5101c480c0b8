package dev.bugle.k8s.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a Service that is ours: of type LoadBalancer, of our class, and not being
 * deleted.
 */
record Service(ObjectKey key, Identity identity, Wish wish, Status status) {

  /**
   * Which object it is, and which state of it.
   *
   * @param created its creationTimestamp, whose texts compare as the times do; may be empty
   */
  record Identity(String uid, String version, String created) {}

  /**
   * What its author wants.
   *
   * @param isLocal whether nodes without an endpoint must not take its traffic
   * @param loadBalancerIp {@code spec.loadBalancerIP}
   * @param annotations those of ours, by the name behind the slash
   * @param tooLong which of ours have a value that is too long to be kept
   */
  record Wish(
      boolean isLocal,
      Optional<String> loadBalancerIp,
      Map<String, String> annotations,
      Set<String> tooLong) {

    /** Copies the collections. */
    Wish {
      annotations = Map.copyOf(annotations);
      tooLong = Set.copyOf(tooLong);
    }

    Optional<String> annotation(Annotation annotation) {
      return Optional.ofNullable(annotations.get(annotation.key()));
    }
  }

  /**
   * What its status says.
   *
   * @param addresses of {@code loadBalancer.ingress}, in its order
   * @param condition the one of ours
   */
  record Status(List<String> addresses, Optional<Condition> condition) {

    static final Status NONE = new Status(List.of(), Optional.empty());

    /** Copies the list. */
    Status {
      addresses = List.copyOf(addresses);
    }
  }
}
