package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.k8s.apiserver.ResourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Services of three nodes before one router: whose routes it has follows the Services and their
 * endpoints, and while endpoints move from node to node there is a route all the time.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class KubernetesServicesTest {

  private static final Lab LAB = new NamespaceLab();
  private static final Duration CHANGE = Duration.ofSeconds(20);

  private static final String LOCAL = "203.0.113.31";
  private static final String LOCAL_IPV6 = "2001:db8:ffff::31";
  private static final String CLUSTER = "203.0.113.32";
  private static final String SHARED = "203.0.113.33";
  private static final String LED = "203.0.113.35";
  private static final String MANY = "198.18.0.100";
  private static final String DEAF = "203.0.113.34";

  private static final ClusterTerms TERMS =
      new ClusterTerms(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofSeconds(9),
          false);

  private static final ClusterPlan PLAN =
      new ClusterPlan(
          List.of(),
          List.of(LOCAL, LOCAL_IPV6, CLUSTER, SHARED, LED, DEAF, MANY),
          """
          [{"apiGroups":["coordination.k8s.io"],"resources":["leases"],
            "verbs":["get","create","update"]}]\
          """,
          """
          [{"apiGroups":[""],"resources":["services"],"verbs":["list","watch"]},
           {"apiGroups":["discovery.k8s.io"],"resources":["endpointslices"],
            "verbs":["list","watch"]},
           {"apiGroups":[""],"resources":["services/status"],"verbs":["patch"]},
           {"apiGroups":["events.k8s.io"],"resources":["events"],"verbs":["create"]}]\
          """,
          KubernetesServicesTest::sections);

  private ClusterLab lab;

  private static String sections(String node, String namespace, Path kubeconfig) {
    return """
    sources:
      services:
        type: kubernetes-services
        node: %s
        load-balancer-class: bugle.dev/%s
        lease-namespace: %s
        lease-duration: 3s
        renew-deadline: 2s
        retry-period: 300ms
        kubeconfig: %s
    """
        .formatted(nodeName(node), namespace, namespace, kubeconfig);
  }

  private static String nodeName(String node) {
    return "node-" + node.toLowerCase(Locale.ROOT);
  }

  @BeforeAll
  void startLab() {
    RequiredPeers.demand(LAB.missing());
    lab = new ClusterLab(LAB, PLAN, TERMS, 1);
    lab.start();
  }

  @AfterAll
  void closeLab() {
    if (lab != null) {
      lab.close();
    }
  }

  /** One endpoint: on which node, and the three conditions. */
  private record Endpoint(String node, boolean ready, boolean serving, boolean terminating) {
    static Endpoint starting(String node) {
      return new Endpoint(node, false, false, false);
    }

    static Endpoint ready(String node) {
      return new Endpoint(node, true, true, false);
    }

    static Endpoint leaving(String node) {
      return new Endpoint(node, false, true, true);
    }

    String json(String address) {
      return """
      {"addresses":["%s"],"nodeName":"%s",
       "conditions":{"ready":%b,"serving":%b,"terminating":%b}}\
      """
          .formatted(address, nodeName(node), ready, serving, terminating);
    }
  }

  private void service(String name, String policy, String... addresses) {
    // Without ipFamilies: a cluster of one family refuses the other one, and takes this.
    lab.api()
        .create(
            ResourceKind.SERVICE,
            """
            {"apiVersion":"v1","kind":"Service",
             "metadata":{"name":"%s","annotations":{"bugle.dev/addresses":"%s"}},
             "spec":{"type":"LoadBalancer","loadBalancerClass":"bugle.dev/%s",
                     "externalTrafficPolicy":"%s","ipFamilyPolicy":"%s","allocateLoadBalancerNodePorts":false,
                     "ports":[{"port":80,"protocol":"TCP"}]}}\
            """
                .formatted(
                    name,
                    String.join(",", addresses),
                    lab.api().namespace(),
                    policy,
                    addresses.length > 1 ? "PreferDualStack" : "SingleStack"));
  }

  /** Puts these endpoints into a slice of a Service, and nothing else. */
  private void slice(String service, String slice, boolean ipv6, Endpoint... endpoints) {
    String name = service + "-" + slice.toLowerCase(Locale.ROOT) + (ipv6 ? "-6" : "");
    String items =
        Stream.of(endpoints)
            .map(one -> one.json(ipv6 ? "2001:db8:10::1" : "10.0.0.1"))
            .collect(Collectors.joining(","));
    String json =
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
         "metadata":{"name":"%s","labels":{"kubernetes.io/service-name":"%s"}},
         "addressType":"%s","endpoints":[%s],"ports":[{"name":"","port":8080}]}\
        """
            .formatted(name, service, ipv6 ? "IPv6" : "IPv4", items);
    String path = ResourceKind.ENDPOINT_SLICE.path(lab.api().namespace());
    if (lab.api().create(ResourceKind.ENDPOINT_SLICE, json).path("reason").asText().isEmpty()) {
      return;
    }
    lab.api().send("PUT", path + "/" + name, json); // It is there already.
  }

  private void slice(String service, String slice, Endpoint... endpoints) {
    slice(service, slice, false, endpoints);
  }

  private void delete(ResourceKind kind, String name) {
    lab.api().send("DELETE", kind.path(lab.api().namespace(), name), "{}");
  }

  private void awaitRoutes(String vip, String... nodes) {
    try {
      Eventually.see("the routes to " + vip, CHANGE, lab.routes(vip)::nodes, Set.of(nodes)::equals);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + lab.story(), e);
    }
  }

  /** For how long there was no route at all since then; zero is what is wanted. */
  private Duration longestGap(String vip, long begin) {
    List<Standing> standings =
        lab.routes(vip).standings().stream()
            .sorted(Comparator.comparingLong(Standing::from))
            .toList();
    long covered = begin;
    long longest = 0;
    for (Standing standing : standings) {
      longest = Math.max(longest, standing.from() - covered);
      covered = Math.max(covered, standing.until());
    }
    return Duration.ofNanos(Math.max(longest, System.nanoTime() - covered));
  }

  private Set<String> stoodSince(String vip, long begin) {
    return lab.routes(vip).standings().stream()
        .filter(one -> one.from() < begin && one.until() == Long.MAX_VALUE)
        .map(Standing::node)
        .collect(Collectors.toSet());
  }

  /** Moves the only endpoint, as a Deployment does: the next one is ready before it goes. */
  private void roll(String service, String from, String to, boolean ipv6) {
    slice(service, to, ipv6, Endpoint.starting(to));
    slice(service, to, ipv6, Endpoint.ready(to));
    slice(service, from, ipv6, Endpoint.leaving(from));
  }

  @Test
  void underLocalARollingUpdateLosesNoRoute() {
    service("local", "Local", LOCAL, LOCAL_IPV6);
    for (boolean ipv6 : new boolean[] {false, true}) {
      slice("local", "A", ipv6, Endpoint.ready("A"));
    }
    awaitRoutes(LOCAL, "A");
    awaitRoutes(LOCAL_IPV6, "A");
    long begin = System.nanoTime();
    String at = "A";
    for (String next : List.of("B", "C", "A", "B")) {
      roll("local", at, next, false);
      roll("local", at, next, true);
      if (next.equals("C")) {
        lab.toAll(node -> node.api().dropWatches());
      }
      awaitRoutes(LOCAL, next);
      awaitRoutes(LOCAL_IPV6, next);
      slice("local", at);
      slice("local", at, true);
      at = next;
    }
    // A pod that is gone at once, without a word that it terminates.
    slice("local", "C", Endpoint.ready("C"));
    slice("local", "C", true, Endpoint.ready("C"));
    awaitRoutes(LOCAL, at, "C");
    awaitRoutes(LOCAL_IPV6, at, "C");
    slice("local", at);
    slice("local", at, true);
    awaitRoutes(LOCAL, "C");
    awaitRoutes(LOCAL_IPV6, "C");
    assertThat(longestGap(LOCAL, begin)).as("%s", lab.story()).isZero();
    assertThat(longestGap(LOCAL_IPV6, begin)).as("%s", lab.story()).isZero();

    slice("local", "C");
    awaitRoutes(LOCAL);
    assertThat(longestGap(LOCAL, begin)).as("one that is there is seen").isPositive();
    awaitRoutes(LOCAL_IPV6, "C");
    delete(ResourceKind.SERVICE, "local");
    awaitRoutes(LOCAL_IPV6);
  }

  @Test
  void underClusterAllAnnounceWhereverTheEndpointsAre() {
    service("cluster", "Cluster", CLUSTER);
    slice("cluster", "A", Endpoint.starting("A"));
    slice("cluster", "A", Endpoint.ready("A"));
    awaitRoutes(CLUSTER, "A", "B", "C");
    long begin = System.nanoTime();
    roll("cluster", "A", "B", false);
    slice("cluster", "A");
    roll("cluster", "B", "C", false);
    slice("cluster", "B", Endpoint.starting("B"));
    // The slices have been heard of when something that follows them has.
    service("after", "Cluster", SHARED);
    slice("after", "A", Endpoint.ready("A"));
    awaitRoutes(SHARED, "A", "B", "C");
    assertThat(stoodSince(CLUSTER, begin)).as("%s", lab.story()).isEqualTo(lab.names());

    delete(ResourceKind.SERVICE, "after");
    awaitRoutes(SHARED);
    slice("cluster", "C", Endpoint.starting("C"));
    awaitRoutes(CLUSTER);
    delete(ResourceKind.SERVICE, "cluster");
  }

  @Test
  void aServiceThatIsToBeLedIsAnnouncedByOneNodeAlone() {
    service("led", "Cluster", LED);
    lab.api()
        .send(
            "PATCH",
            ResourceKind.SERVICE.path(lab.api().namespace(), "led"),
            """
            {"metadata":{"annotations":{"bugle.dev/leadership":"service"}}}\
            """);
    slice("led", "A", Endpoint.ready("A"));
    Eventually.see("one route", CHANGE, lab.routes(LED)::nodes, nodes -> nodes.size() == 1);
    Deadline.pause(TERMS.takeover());
    assertThat(lab.routes(LED).nodes()).as("%s", lab.story()).hasSize(1);
    delete(ResourceKind.SERVICE, "led");
    awaitRoutes(LED);
  }

  @Test
  void anAddressThatTwoServicesShareStandsUntilTheLastOneIsGone() {
    service("one", "Local", SHARED);
    slice("one", "A", Endpoint.ready("A"));
    service("two", "Local", SHARED);
    slice("two", "A", Endpoint.ready("A"));
    slice("two", "B", Endpoint.ready("B"));
    awaitRoutes(SHARED, "A", "B");
    long begin = System.nanoTime();

    delete(ResourceKind.SERVICE, "two");
    awaitRoutes(SHARED, "A");
    assertThat(stoodSince(SHARED, begin)).as("%s", lab.story()).containsExactly("A");

    delete(ResourceKind.SERVICE, "one");
    awaitRoutes(SHARED);
  }

  /** With 100 Services more, of which the last one is watched at the router. */
  @Test
  void aHundredServicesTakeLittleMemoryAndAChangeIsSoonAtTheRouter() {
    for (int i = 1; i < 100; i++) {
      service("many-" + i, "Local", "198.18.0." + i);
      slice("many-" + i, "A", Endpoint.ready("A"));
    }
    service("many-100", "Local", MANY);
    slice("many-100", "A", Endpoint.ready("A"));
    awaitRoutes(MANY, "A");
    double[] millis = new double[20];
    for (int round = 0; round < millis.length; round++) {
      long begin = System.nanoTime();
      slice("many-100", "B", Endpoint.ready("B"));
      awaitRoutes(MANY, "A", "B");
      millis[round] =
          lab.routes(MANY).standings().stream()
                  .filter(one -> one.node().equals("B") && one.from() > begin)
                  .mapToLong(one -> one.from() - begin)
                  .findFirst()
                  .orElseThrow()
              / 1e6;
      slice("many-100", "B", Endpoint.starting("B"));
      awaitRoutes(MANY, "A");
    }
    Arrays.sort(millis);
    double megabytes = lab.node("A").node().residentMegabytes();
    System.out.printf(
        Locale.ROOT,
        "100 Services: %.1f MB RSS; from the change of an endpoint to the route in the kernel of"
            + " the router: %.0f ms at p50, %.0f ms at most of %d%n",
        megabytes,
        millis[millis.length / 2],
        millis[millis.length - 1],
        millis.length);
    // ./bugle, with its archive of classes, takes some 16 MB less (docs/performance.md).
    assertThat(megabytes).isLessThan(160);
    assertThat(millis[millis.length / 2]).isLessThan(2000);
    for (int i = 1; i <= 100; i++) {
      delete(ResourceKind.SERVICE, "many-" + i);
    }
    awaitRoutes(MANY);
  }

  @Test
  void whileTheApiIsGoneRoutesStayAndWhatWasMissedIsDoneAfterwards() {
    service("deaf", "Local", DEAF);
    slice("deaf", "A", Endpoint.ready("A"));
    awaitRoutes(DEAF, "A");
    long begin = System.nanoTime();
    lab.toAll(node -> node.carrier().lose());
    slice("deaf", "B", Endpoint.ready("B"));
    Deadline.pause(Duration.ofSeconds(2));
    assertThat(stoodSince(DEAF, begin)).containsExactly("A");
    assertThat(lab.routes(DEAF).nodes()).containsExactly("A");

    lab.toAll(node -> node.carrier().mend());
    awaitRoutes(DEAF, "A", "B");
    slice("deaf", "A", Endpoint.leaving("A"));
    awaitRoutes(DEAF, "B");
    assertThat(longestGap(DEAF, begin)).as("%s", lab.story()).isZero();
    delete(ResourceKind.SERVICE, "deaf");
    awaitRoutes(DEAF);
  }
}
