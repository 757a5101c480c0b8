package dev.bugle.k8s.lease;

import dev.bugle.k8s.api.NodeName;
import java.util.Map;
import java.util.UUID;

/**
 * A name for a candidate that was given none: that of the node or host, for people, and something
 * that no other process has. Two processes of one name would both take the Lease for theirs.
 */
final class CandidateName {

  private CandidateName() {}

  static String of(Map<String, String> environment) {
    return NodeName.of(environment).orElse("bugle") + "_" + UUID.randomUUID();
  }
}
