package dev.bugle.k8s.lease;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKeys;
import dev.bugle.advertiser.leadership.ElectorProvider;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.api.ApiConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code type: kubernetes-lease}. */
public final class LeaseProvider implements ElectorProvider {

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** Which Lease. */
  public static final Key<String> NAME =
      Key.required(
              "name",
              Types.word(
                  "a name of Kubernetes: lower-case letters, digits, dashes and dots",
                  "(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*"),
              "The name of the Lease; it is made if need be.")
          .example("bugle-vip");

  /** Where the Lease is. */
  public static final Key<String> NAMESPACE =
      Key.optional(
              "namespace",
              Types.word("a namespace: lower-case letters, digits and dashes", LABEL),
              "The namespace of the Lease, which must be there; the pod's own, or that of the"
                  + " kubeconfig, if left out.")
          .example("kube-system");

  static final Key<String> IDENTITY =
      Key.optional(
              "identity",
              Types.word("a name of printable characters, at most 253", "[!-~]{1,253}"),
              "The name of this candidate, which no other process may have; made of the name of the"
                  + " node and a random part if left out.")
          .example("node-1");

  /** How long others wait. */
  public static final Key<Duration> LEASE_DURATION =
      Key.withDefault(
          "lease-duration",
          Types.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "15s",
          "How long others wait after the holder's last renewal, in whole seconds.");

  /** How long the holder leads after a renewal. */
  public static final Key<Duration> RENEW_DEADLINE =
      Key.withDefault(
          "renew-deadline",
          Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "10s",
          "How long the holder leads after the start of its last renewal that succeeded.");

  /** How often the Lease is looked at. */
  public static final Key<Duration> RETRY_PERIOD =
      Key.withDefault(
          "retry-period",
          Types.duration(Duration.ofMillis(50), Duration.ofMinutes(10)),
          "2s",
          "How often the Lease is renewed by its holder, and read by the others.");

  /** Where the API server is, and who we are. */
  public static final Key<Path> KUBECONFIG =
      Key.optional(
              "kubeconfig",
              Types.PATH,
              "The file that says where the API server is and who we are; as for kubectl, or in a"
                  + " pod its service account, if left out.")
          .example("/etc/kubernetes/bugle.conf");

  /** For the service loader. */
  public LeaseProvider() {}

  @Override
  public String type() {
    return LeaseConfig.TYPE;
  }

  @Override
  public Section<LeaseConfig> section() {
    return ElectorKeys.section(
        "a Lease",
        List.of(
            NAME, NAMESPACE, IDENTITY, LEASE_DURATION, RENEW_DEADLINE, RETRY_PERIOD, KUBECONFIG),
        LeaseProvider::make);
  }

  private static LeaseConfig make(Values values) {
    return new LeaseConfig(
        new LeaseName(values.find(NAMESPACE), values.get(NAME)),
        values.find(IDENTITY),
        terms(values),
        values.find(KUBECONFIG),
        ElectorKeys.handover(values));
  }

  /** What the three keys about times say. */
  public static LeaseTerms terms(Values values) {
    return new LeaseTerms(
        values.get(LEASE_DURATION), values.get(RENEW_DEADLINE), values.get(RETRY_PERIOD));
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    LeaseConfig lease = (LeaseConfig) config;
    String identity = lease.identity().orElseGet(() -> CandidateName.of(System.getenv()));
    return new LeaseElector(identity, lease, new ApiConnection(lease.kubeconfig()), ticker);
  }
}
