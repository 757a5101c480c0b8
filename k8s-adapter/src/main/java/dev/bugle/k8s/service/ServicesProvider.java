package dev.bugle.k8s.service;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.advertiser.source.VipSourceProvider;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.api.NodeName;
import dev.bugle.k8s.lease.LeaseProvider;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Contact;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Leases;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code type: kubernetes-services}. */
public final class ServicesProvider implements VipSourceProvider {

  private static final Duration LONGEST_SILENCE = Duration.ofHours(24);

  static final Key<Path> KUBECONFIG = LeaseProvider.KUBECONFIG;

  static final Key<String> NODE =
      Key.optional(
              "node",
              Types.word("a name of printable characters, at most 253", "[!-~]{1,253}"),
              "The name of this node in the cluster, by which its endpoints are found; that of the"
                  + " variable NODE_NAME, or else of the host, if left out.")
          .example("node-1");

  static final Key<String> CLASS =
      Key.withDefault(
          "load-balancer-class",
          Types.word(
              "a class such as bugle.dev/vip", "[A-Za-z0-9]([A-Za-z0-9._/-]{0,314}[A-Za-z0-9])?"),
          ServicesConfig.DEFAULT_CLASS,
          "The loadBalancerClass of the Services that are announced.");

  static final Key<Boolean> WITHOUT_CLASS =
      Key.withDefault(
          "without-class",
          Types.FLAG,
          "false",
          "Whether Services that have no loadBalancerClass are announced, too. Nobody else must be"
              + " writing to their status.");

  static final Key<String> SELECTOR =
      Key.optional(
              "selector",
              Types.TEXT,
              "A label selector, as for kubectl: only Services that match it are announced.")
          .example("'announce=bgp'");

  static final Key<List<Prefix>> ALLOWED =
      Key.optional(
              "allowed-addresses",
              Types.oneOrMore(
                  Types.scalar("a prefix such as 203.0.113.0/24 or 2001:db8::/64", Prefix::parse)),
              "The prefixes in which addresses of Services must be; any address if left out, so"
                  + " that who may create a Service can have any address announced.")
          .example("[203.0.113.0/24]");

  static final Key<Boolean> HEED_EXCLUSION =
      Key.withDefault(
          "heed-node-exclusion",
          Types.FLAG,
          "false",
          "Whether a node with the label node.kubernetes.io/exclude-from-external-load-balancers is"
              + " drained of Services. It takes the right to list and watch nodes.");

  static final Key<String> LEADERSHIP =
      Key.withDefault(
          "leadership",
          Types.TEXT,
          "none",
          "Which nodes announce a Service that does not say it by annotation: none, all that can;"
              + " service, one of them; group/NAME, one for all of the group; or a name under"
              + " leadership.");

  static final Key<Duration> DRAIN_TIME =
      Key.withDefault(
          "drain-time",
          Types.duration(Duration.ZERO, Duration.ofMinutes(10)),
          "1s",
          "The drain-time of Services that do not say it by annotation.");

  static final Key<Boolean> WITHOUT_ENDPOINTS =
      Key.withDefault(
          "without-endpoints",
          Types.FLAG,
          "false",
          "Whether a Service with the policy Cluster is announced although no endpoint is ready.");

  static final Key<Boolean> CHECKS =
      Key.withDefault(
          "checks",
          Types.FLAG,
          "true",
          "Whether Services may bring health checks along by annotation. Such a check asks the"
              + " address of the Service or of the node, from each node.");

  static final Key<Duration> SHORTEST_CHECK_INTERVAL =
      Key.withDefault(
          "shortest-check-interval",
          Types.duration(Duration.ofMillis(10), Duration.ofHours(1)),
          "100ms",
          "The shortest interval and fast-interval of checks by annotation.");

  static final Key<Path> CHECK_CA_FILE =
      Key.optional(
          "check-ca-file",
          Types.PATH,
          "Certificates in PEM that checks by annotation trust over https; those that the Java"
              + " runtime trusts if it is not given.");

  static final Key<IpAddress> NODE_ADDRESS =
      Key.optional(
              "node-address",
              Types.scalar("an IP address such as 192.0.2.11", IpAddress::parse),
              "Where checks by annotation find the node; at the address of the variable NODE_IP if"
                  + " left out.")
          .example("192.0.2.11");

  static final Key<String> LEASE_NAMESPACE =
      Key.optional(
              "lease-namespace",
              LeaseProvider.NAMESPACE.type(),
              "The namespace of all Leases, which must be there; the pod's own, or that of the"
                  + " kubeconfig, if left out.")
          .example("kube-system");

  static final Key<String> WRITER =
      Key.withDefault(
          "writer-lease",
          LeaseProvider.NAME.type(),
          "bugle-services",
          "The Lease whose holder writes the status of Services and Events about them; off: this"
              + " node never does.");

  static final Key<Duration> WATCH_TIME =
      Key.withDefault(
          "watch-time",
          Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(30)),
          "60s",
          "After how long each watch is begun anew. One whose connection leads nowhere is noticed"
              + " a little after that, and until then nothing is heard of changes.");

  static final Key<Optional<Duration>> KEEP =
      Key.withDefault(
          "when-api-is-gone",
          Types.shown(
              "10m", Types.scalar("keep, or a duration such as 10m", ServicesProvider::keep)),
          "keep",
          "Whether Services stay announced when nothing is heard of the API server: keep, or for"
              + " how long they do.");

  /** For the service loader. */
  public ServicesProvider() {}

  @Override
  public String type() {
    return ServicesConfig.TYPE;
  }

  @Override
  public Section<ServicesConfig> section() {
    return new Section<>("Services of Kubernetes", keys(), ServicesProvider::make);
  }

  private static List<Key<?>> keys() {
    return List.of(
        Variants.TYPE,
        KUBECONFIG,
        NODE,
        CLASS,
        WITHOUT_CLASS,
        SELECTOR,
        ALLOWED,
        HEED_EXCLUSION,
        LEADERSHIP,
        DRAIN_TIME,
        WITHOUT_ENDPOINTS,
        CHECKS,
        SHORTEST_CHECK_INTERVAL,
        CHECK_CA_FILE,
        NODE_ADDRESS,
        LEASE_NAMESPACE,
        WRITER,
        LeaseProvider.LEASE_DURATION,
        LeaseProvider.RENEW_DEADLINE,
        LeaseProvider.RETRY_PERIOD,
        WATCH_TIME,
        KEEP);
  }

  private static Optional<Duration> keep(String text) {
    if (text.equals("keep")) {
      return Optional.empty();
    }
    Duration limit;
    try {
      limit = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; or keep", e);
    }
    if (limit.compareTo(LONGEST_SILENCE) > 0) {
      throw new IllegalArgumentException(
          "found '" + text + "'; expected keep, or at most " + DurationText.of(LONGEST_SILENCE));
    }
    return Optional.of(limit);
  }

  private static ServicesConfig make(Values values) {
    Duration watch = values.get(WATCH_TIME);
    Optional<Duration> keep = values.get(KEEP);
    keep.filter(limit -> limit.compareTo(watch.multipliedBy(2)) < 0)
        .ifPresent(
            limit ->
                values
                    .at(KEEP)
                    .fault(
                        "found "
                            + DurationText.of(limit)
                            + "; expected at least twice the watch-time of "
                            + DurationText.of(watch)
                            + ", since an API server with nothing to say is silent for as long"));
    String leadership = values.get(LEADERSHIP);
    ServicesConfig config =
        new ServicesConfig(
            values.find(KUBECONFIG),
            values.find(NODE),
            new Selection(
                values.get(CLASS),
                values.get(WITHOUT_CLASS),
                values.find(SELECTOR),
                values.find(ALLOWED).orElse(List.of()),
                values.get(HEED_EXCLUSION)),
            new Defaults(leadership, values.get(DRAIN_TIME), values.get(WITHOUT_ENDPOINTS)),
            new Checks(
                values.get(CHECKS),
                values.get(SHORTEST_CHECK_INTERVAL),
                values.find(CHECK_CA_FILE),
                values.find(NODE_ADDRESS)),
            new Leases(
                values.find(LEASE_NAMESPACE),
                Optional.of(values.get(WRITER)).filter(lease -> !lease.equals("off")),
                LeaseProvider.terms(values)),
            new Contact(watch, keep));
    try {
      Seat.of(leadership, new ObjectKey("default", "any"), config);
    } catch (IllegalArgumentException e) {
      values.at(LEADERSHIP).fault(String.valueOf(e.getMessage()));
    }
    return config;
  }

  @Override
  public VipSource create(String name, VipSourceConfig config, Ticker ticker) {
    ServicesConfig services = (ServicesConfig) config;
    String node =
        services
            .node()
            .or(() -> NodeName.of(System.getenv()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "this host has no name by which its endpoints could be found; set node"));
    return new KubernetesServices(
        name, node, services.of(NodeName.address(System.getenv())), ticker);
  }
}
