package dev.bugle.it;

import static dev.bugle.it.ClusterTrouble.API_UNREACHABLE;
import static dev.bugle.it.ClusterTrouble.KILLED;
import static dev.bugle.it.ClusterTrouble.ROUTER_UNREACHABLE;
import static dev.bugle.it.ClusterTrouble.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to one of three nodes that compete for a Lease, or to the API server that keeps
 * it, the router sees what docs/safety.md promises. One lab for all tests: each leaves it
 * recovered, and looks at its part of the history.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class KubernetesLeaseSafetyTest {

  private static final Lab LAB = new NamespaceLab();
  private static final int SECONDS = Integer.getInteger("safety.seconds", 0);
  private static final boolean BFD = Boolean.getBoolean("safety.bfd");

  private static final ClusterTerms TERMS =
      new ClusterTerms(
          Duration.ofSeconds(2),
          Duration.ofMillis(1400),
          Duration.ofMillis(200),
          Duration.ofSeconds(BFD ? 9 : 3),
          BFD);

  private static final String VIP = "203.0.113.10";
  private static final String IPV6_VIP = "2001:db8:ffff::10";
  private static final String ANYCAST = "203.0.113.20";

  private static final ClusterPlan PLAN =
      new ClusterPlan(
          List.of(VIP, IPV6_VIP),
          List.of(ANYCAST),
          """
          [{"apiGroups":["coordination.k8s.io"],"resources":["leases"],"verbs":["create"]},
           {"apiGroups":["coordination.k8s.io"],"resources":["leases"],
            "resourceNames":["vip"],"verbs":["get","update"]}]\
          """,
          "",
          KubernetesLeaseSafetyTest::sections);

  private final long seed =
      Long.getLong("safety.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private ClusterLab lab;
  private long begin;

  private static String sections(String node, String namespace, Path kubeconfig) {
    return """
    leadership:
      vip:
        type: kubernetes-lease
        name: vip
        namespace: %s
        identity: %s
        lease-duration: %dms
        renew-deadline: %dms
        retry-period: %dms
        yield-without-peers: %dms
        kubeconfig: %s
    vips:
      - {prefix: %s/32, leadership: vip}
      - {prefix: "%s/128", leadership: vip}
      - {prefix: %s/32, leadership: always}
    """
        .formatted(
            namespace,
            node,
            TERMS.lease().toMillis(),
            TERMS.deadline().toMillis(),
            TERMS.retry().toMillis(),
            ClusterTerms.PATIENCE.toMillis(),
            kubeconfig,
            VIP,
            IPV6_VIP,
            ANYCAST);
  }

  @BeforeAll
  void startLab() {
    RequiredPeers.demand(LAB.missing());
    lab = new ClusterLab(LAB, PLAN, TERMS, seed);
    lab.start();
    lab.awaitSteady();
  }

  @BeforeEach
  void noteBegin() {
    begin = System.nanoTime();
  }

  @AfterAll
  void closeLab() {
    if (lab != null) {
      for (SafetyHistory history : lab.histories()) {
        System.out.println(lab + ": " + SafetyReport.of(history));
      }
      lab.close();
    }
  }

  private void recover() {
    lab.awaitSteady();
    // Who has lost lets others go first, and who has failed often looks again late.
    Deadline.pause(TERMS.retry().multipliedBy(3));
  }

  /** What began before has failed another test. */
  private void checkHistory() {
    for (SafetyHistory history : lab.histories()) {
      assertThat(history.violations())
          .as("%s", lab.story())
          .noneMatch(finding -> finding.at() >= begin);
    }
  }

  private void happen(ClusterTrouble trouble, String node) {
    long before = System.nanoTime();
    trouble.happen(lab, node);
    if (trouble.isOfApi()) {
      assertThat(lab.sharedSince(before))
          .as("what needs no leadership stays%n%s", lab.story())
          .isEqualTo(lab.names());
    }
    recover();
    Eventually.see(
        "the Lease is of whose routes stand",
        Deadlines.ROUTE,
        () -> List.of(Set.of(lab.holderOf("vip")), lab.standing()),
        both -> both.get(0).equals(both.get(1)));
    checkHistory();
  }

  /** All of them in a run that is told how long it may take. */
  static List<ClusterTrouble> inTurn() {
    return SECONDS > 0
        ? List.of(ClusterTrouble.values())
        : List.of(KILLED, STOPPED, API_UNREACHABLE, ROUTER_UNREACHABLE);
  }

  /** Otherwise one, which is none of those that are done in turn. */
  private static List<ClusterTrouble> atRandom() {
    return Stream.of(ClusterTrouble.values())
        .filter(trouble -> SECONDS > 0 || !inTurn().contains(trouble))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("inTurn")
  void theRouterSeesWhatIsPromisedWhenItHappensToTheLeader(ClusterTrouble trouble) {
    happen(trouble, lab.holder());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // It lasts as long as it is told to.
  void theRouterSeesWhatIsPromisedWhateverHappens() {
    System.out.printf("%s: %d s of faults, -Dsafety.seed=%d%n", lab, SECONDS, seed);
    Random random = new Random(seed);
    List<ClusterTrouble> all = atRandom();
    List<String> names = List.copyOf(lab.names());
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    do {
      ClusterTrouble trouble = all.get(random.nextInt(all.size()));
      boolean toLeader = random.nextInt(4) > 0;
      String any = names.get(random.nextInt(names.size()));
      happen(trouble, toLeader ? lab.holder() : any);
    } while (System.nanoTime() < end);
  }
}
