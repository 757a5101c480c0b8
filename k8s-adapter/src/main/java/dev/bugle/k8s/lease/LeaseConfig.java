package dev.bugle.k8s.lease;

import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.Handover;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An election by a Lease of Kubernetes.
 *
 * @param lease which Lease; it is made if need be, its namespace is not
 * @param identity the name of this candidate, which no other process may have; empty makes one up
 * @param terms the times of the election
 * @param kubeconfig the file that says where the API server is and who we are; empty is as for
 *     kubectl, or in a pod its service account
 * @param handover in which order it is handed over
 */
public record LeaseConfig(
    LeaseName lease,
    Optional<String> identity,
    LeaseTerms terms,
    Optional<Path> kubeconfig,
    Handover handover)
    implements ElectorConfig {

  static final String TYPE = "kubernetes-lease";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<String> prize() {
    return Optional.of(lease.toString());
  }
}
