package dev.bugle.k8s.manifest;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.k8s.lease.LeaseConfig;
import dev.bugle.k8s.service.ServicesConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a pod must have for a configuration to work in it.
 *
 * @param capabilities in the order of their names
 * @param leases the Leases that it competes for
 * @param services whose Services it announces
 * @param files of the node that it reads, in order, without those of the configuration's directory
 * @param ledger the directory in which it keeps which addresses are its own, if it binds any
 * @param probes where the kubelet can ask how it is, if anywhere
 */
record PodNeeds(
    Set<Capability> capabilities,
    List<LeaseConfig> leases,
    List<ServicesConfig> services,
    List<Path> files,
    Optional<Path> ledger,
    Optional<Probes> probes,
    Duration stopTime) {

  /** Where the configuration is in the pod, and what else belongs to it. */
  static final Path HOME = Path.of("/etc/bugle");

  /** Withdrawing, flushing and closing take five seconds beyond the drain; the rest is to spare. */
  private static final Duration BEYOND_DRAIN = Duration.ofSeconds(10);

  /** What Kubernetes gives a pod that does not say otherwise. */
  private static final Duration SHORTEST_STOP = Duration.ofSeconds(30);

  /** An admin server that the kubelet can reach. */
  record Probes(AdminListen.Tcp at, boolean isTls) {}

  static PodNeeds of(AdvertiserConfig config) {
    List<LeaseConfig> leases =
        config.electors().values().stream()
            .filter(LeaseConfig.class::isInstance)
            .map(LeaseConfig.class::cast)
            .sorted((a, b) -> a.lease().toString().compareTo(b.lease().toString()))
            .toList();
    List<ServicesConfig> services =
        config.sources().values().stream()
            .filter(ServicesConfig.class::isInstance)
            .map(ServicesConfig.class::cast)
            .toList();
    boolean binds = config.vips().stream().anyMatch(vip -> vip.needs().boundTo().isPresent());
    Duration stop = config.longestDrain().plus(BEYOND_DRAIN);
    return new PodNeeds(
        Capability.of(config),
        leases,
        services,
        files(config, Stream.concat(kubeconfigs(leases), filesOf(services))),
        binds ? Optional.ofNullable(config.host().addressLedger().getParent()) : Optional.empty(),
        probes(config.host().admin().orElse(AdminConfig.DEFAULT)),
        stop.compareTo(SHORTEST_STOP) < 0 ? SHORTEST_STOP : stop);
  }

  private static Stream<Path> kubeconfigs(List<LeaseConfig> leases) {
    return leases.stream().flatMap(lease -> lease.kubeconfig().stream());
  }

  private static Stream<Path> filesOf(List<ServicesConfig> services) {
    return services.stream()
        .flatMap(
            each -> Stream.concat(each.kubeconfig().stream(), each.checks().caFile().stream()));
  }

  private static List<Path> files(AdvertiserConfig config, Stream<Path> kubeconfigs) {
    Stream<Path> ofChecks =
        config.host().health().values().stream()
            .map(check -> check.probe())
            .filter(Probe.Http.class::isInstance)
            .map(probe -> ((Probe.Http) probe).credentials())
            .flatMap(PodNeeds::filesOf);
    return Stream.concat(ofChecks, kubeconfigs)
        .filter(file -> !file.startsWith(HOME))
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<Path> filesOf(Probe.Credentials credentials) {
    return Stream.concat(
        Stream.concat(credentials.caFile().stream(), credentials.tokenFile().stream()),
        credentials.client().stream()
            .flatMap(client -> Stream.of(client.certificateFile(), client.keyFile())));
  }

  private static Optional<Probes> probes(AdminConfig admin) {
    return admin.listen().stream()
        .filter(AdminListen.Tcp.class::isInstance)
        .map(place -> new Probes((AdminListen.Tcp) place, admin.tls().isPresent()))
        .findFirst();
  }

  /** Whether it asks the API server anything as the pod's service account. */
  boolean usesServiceAccount() {
    return leases.stream().anyMatch(lease -> lease.kubeconfig().isEmpty())
        || services.stream().anyMatch(each -> each.kubeconfig().isEmpty());
  }
}
