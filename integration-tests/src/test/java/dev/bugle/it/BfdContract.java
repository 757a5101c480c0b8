package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a real BFD daemon must see of Bugle, and Bugle of it. Each subclass is a chapter of that.
 *
 * <p>The machine lasts for the class; the daemon and Bugle are new in each test.
 */
@ExtendWith(NothingLeftBehind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class BfdContract {

  /** For failures: fast enough for a test. A busy host may miss three packets in a row. */
  static final BfdTiming TIMING = BfdTiming.millis(100, 100, 3);

  /** For sessions that are to stay UP, also when a busy host stands still for a while. */
  static final BfdTiming STEADY = BfdTiming.millis(100, 100, 20);

  private Machine machine;
  private RealBfd router;
  private BugleBfd bugle;

  @BeforeAll
  void makeMachine() {
    Lab lab = new NamespaceLab();
    RequiredPeers.demand(lab.missing());
    machine = lab.newMachine();
  }

  @AfterAll
  void removeMachine() {
    if (machine != null) {
      machine.close();
    }
  }

  @AfterEach
  void endBoth(TestInfo test) throws IOException {
    if (bugle != null) {
      bugle.close();
      bugle = null;
    }
    if (router != null) {
      keepLog(test);
      router.close();
      assertThat(router.running()).as("the router's daemon runs after the test").isFalse();
      router = null;
    }
  }

  /** The router's log stays where the build's other output is. */
  private void keepLog(TestInfo test) throws IOException {
    Path directory = Path.of("target", "routers", getClass().getSimpleName());
    Files.createDirectories(directory);
    String name =
        test.getTestMethod().orElseThrow().getName()
            + "-"
            + test.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
    Files.writeString(directory.resolve(name + ".log"), router.log());
  }

  Machine machine() {
    return machine;
  }

  RealBfd router() {
    return router;
  }

  BugleBfd bugle() {
    return bugle;
  }

  BfdPath ipv4() {
    return BfdPath.over(machine, BfdPath.Family.IPV4);
  }

  void startRouter(BfdKind kind, BfdPeering peering) {
    startRouter(kind.in(machine), peering);
  }

  void startRouter(RealBfd daemon, BfdPeering peering) {
    router = daemon;
    router.start(peering);
  }

  /** Another daemon takes the place of one that is gone. */
  void replaceRouter(BfdKind kind, BfdPeering peering) {
    router.close();
    startRouter(kind, peering);
  }

  void startBugle(BugleBfd started) {
    bugle = started;
  }

  /** Both on the IPv4 wire with {@link #TIMING}, and UP. */
  void establish(BfdKind kind) {
    establish(kind, TIMING);
  }

  void establish(BfdKind kind, BfdTiming timing) {
    BfdPath path = ipv4();
    startBugle(BugleBfd.start(path, timing.profile().build()));
    startRouter(kind, BfdPeering.active(path, timing));
    awaitUp();
  }

  void awaitUp() {
    Eventually.see(
        "the router and Bugle both say UP",
        Deadlines.SESSION,
        this::bothSides,
        ignored -> router.session().isUp() && bugle.isUp());
  }

  /**
   * UP, and with the intervals and detection times that follow from what both are configured with.
   */
  void awaitUp(BfdTiming ofBugle, BfdTiming ofRouter) {
    Eventually.see(
        "both sides are UP and say %s and %s".formatted(ofBugle, ofRouter),
        Deadlines.SESSION,
        this::bothSides,
        ignored -> hasRouter(ofBugle, ofRouter) && hasBugle(ofBugle, ofRouter));
  }

  private boolean hasRouter(BfdTiming ofBugle, BfdTiming ofRouter) {
    BfdSeen seen = router.session();
    return seen.isUp()
        && seen.transmitInterval().equals(ofRouter.transmitIntervalTo(ofBugle))
        && seen.detectionTime().equals(ofRouter.detectionTimeOf(ofBugle));
  }

  private boolean hasBugle(BfdTiming ofBugle, BfdTiming ofRouter) {
    BfdStatus status = bugle.status();
    return status.state() == State.UP
        && status.transmitInterval().equals(Optional.of(ofBugle.transmitIntervalTo(ofRouter)))
        && status.detectionTime().equals(Optional.of(ofBugle.detectionTimeOf(ofRouter)));
  }

  String bothSides() {
    return "router: %s, Bugle: %s after %s"
        .formatted(router.session(), bugle.status(), bugle.changes());
  }

  void awaitRouter(BfdSeen.State state) {
    Eventually.see(
        "the router says " + state,
        Deadlines.ROUTE,
        this::bothSides,
        ignored -> router.session().state() == state);
  }

  /** The change with which Bugle has left UP, where it is not now. */
  BfdStateChange awaitLeftUp() {
    return Eventually.see(
            "Bugle's session has left UP", Deadlines.ROUTE, this::lastLeftUp, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<BfdStateChange> lastLeftUp() {
    List<BfdStateChange> changes = bugle.changes();
    if (changes.isEmpty() || changes.get(changes.size() - 1).to() == State.UP) {
      return Optional.empty();
    }
    return changes.stream()
        .filter(change -> change.from() == State.UP)
        .reduce((earlier, later) -> later);
  }

  void awaitUpAgain() {
    Eventually.see(
        "Bugle's session is UP for the second time",
        Deadlines.SESSION,
        this::bothSides,
        ignored -> bugle.timesUp() >= 2);
    awaitUp();
  }

  /** What is counted as having left UP is what listeners were told. */
  void assertEveryFlapWasTold() {
    assertThat(bugle.status().counters().flaps())
        .as("times that Bugle left UP, in %s", bugle.changes())
        .isEqualTo(bugle.changes().stream().filter(change -> change.from() == State.UP).count());
  }

  /** Neither side has left UP since it came up first, nor does it in the next packets. */
  void assertNeverDown() {
    awaitPackets(6);
    assertThat(bugle.status().counters().flaps()).as("times that Bugle left UP").isZero();
    assertThat(router.timesUp()).as("times that the router came UP").isEqualTo(1);
    assertThat(router.session().isUp()).as("UP in %s", bothSides()).isTrue();
  }

  /** So many packets have gone each way from now on. */
  void awaitPackets(int packets) {
    BfdStatus.Counters before = bugle.status().counters();
    Eventually.see(
        packets + " packets more have gone each way",
        Deadlines.ROUTE,
        () -> bugle.status().counters(),
        now ->
            now.sent() >= before.sent() + packets && now.received() >= before.received() + packets);
  }
}
