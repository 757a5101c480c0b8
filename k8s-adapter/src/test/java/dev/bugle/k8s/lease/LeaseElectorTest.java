package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.Eventually;
import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.lease.LeaseServer.Fault;
import dev.bugle.k8s.lease.LeaseServer.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Electors with their threads and fabric8's client, against a server on loopback that fails. */
class LeaseElectorTest {

  private static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(300));

  /** For who is not to lose it because the machine was busy for some seconds. */
  private static final LeaseTerms LASTING =
      new LeaseTerms(Duration.ofSeconds(12), Duration.ofSeconds(9), Duration.ofMillis(300));

  private static final String RELEASED =
      """
      {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"vip","uid":"u1",
       "namespace":"kube-system"},"spec":{"holderIdentity":"","leaseDurationSeconds":1,
       "leaseTransitions":6,"acquireTime":"2026-11-25T09:00:00.000000Z",
       "renewTime":"2026-11-25T09:00:00.000000Z"}}\
      """;

  /** What an elector knew when it said that something had changed. */
  private record Told(Elector by, Leadership known) {}

  private final Ticker ticker = Ticker.system();
  private final List<Elector> electors = new ArrayList<>();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  @TempDir private Path dir;
  private LeaseServer server;
  private Path kubeconfig;

  /** The classes of the client take their time once. */
  @BeforeAll
  static void warmUp(@TempDir Path dir) throws IOException {
    try (LeaseServer server = LeaseServer.open();
        ApiConnection api =
            new ApiConnection(
                Optional.of(LeaseServer.kubeconfig(dir.resolve("c"), server.port(), "t")))) {
      LeaseApi leases = new LeaseApi(api, new LeaseName(Optional.empty(), "vip"));
      LeaseRecord first = LeaseRecord.blank().takenBy("a", 1, Instant.EPOCH, Instant.EPOCH);
      assertThat(leases.call(new LeaseCall.Create(first), Duration.ofSeconds(20)))
          .isInstanceOf(LeaseAnswer.Failed.class);
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = LeaseServer.open();
    server.put("vip", RELEASED);
    kubeconfig = LeaseServer.kubeconfig(dir.resolve("config"), server.port(), "first-token");
  }

  @AfterEach
  void close() {
    electors.forEach(Elector::close);
    server.close();
  }

  private LeaseElector elector(String identity, LeaseTerms terms) {
    LeaseConfig config =
        new LeaseConfig(
            new LeaseName(Optional.empty(), "vip"),
            Optional.of(identity),
            terms,
            Optional.of(kubeconfig),
            Handover.WITHDRAW_FIRST);
    LeaseElector elector =
        new LeaseElector(identity, config, new ApiConnection(config.kubeconfig()), ticker);
    electors.add(elector);
    elector.start(() -> told.add(new Told(elector, elector.leadership())));
    elector.stand(true);
    return elector;
  }

  private LeaseElector elector(String identity) {
    return elector(identity, TERMS);
  }

  private LeaseElector leader() {
    return leader(TERMS);
  }

  private LeaseElector leader(LeaseTerms terms) {
    LeaseElector elector = elector("a", terms);
    awaitState(elector, State.HELD);
    return elector;
  }

  private static void awaitState(Elector elector, State state) {
    Eventually.is(() -> elector.leadership().state() == state, elector::leadership);
  }

  /** Now, or once before: what comes next may follow soon. */
  private void awaitReason(Elector elector, String part) {
    Eventually.is(
        () ->
            told.stream()
                .filter(one -> one.by() == elector)
                .anyMatch(one -> one.known().reason().contains(part)),
        elector::leadership);
  }

  private void awaitRenewal(Elector elector) {
    long until = elector.leadership().heldUntil();
    Eventually.is(() -> elector.leadership().heldUntil() > until, elector::leadership);
  }

  private boolean wasLost() {
    return told.stream().anyMatch(one -> one.known().state() == State.LOST);
  }

  /** Looks on for that much real time, and for more on a busy machine, which may have more then. */
  private void assertFewerRequestsThan(int limit, Duration duration) {
    int before = server.requests.size();
    long start = ticker.nanos();
    while (ticker.nanos() - start < duration.toNanos()) {
      LockSupport.parkNanos(start + duration.toNanos() - ticker.nanos());
    }
    int requests = server.requests.size() - before;
    double times = (double) (ticker.nanos() - start) / duration.toNanos();
    assertThat((double) requests)
        .as("requests in %s times %s", times, duration)
        .isLessThan(limit * times);
  }

  @Test
  void aReleasedLeaseIsTakenAsClientGoWouldTakeIt() {
    leader();

    Json.Fields spec = LeaseServer.fields(server.lease("vip"), "spec");
    assertThat(LeaseServer.text(spec, "holderIdentity")).isEqualTo("a");
    assertThat(spec.values().get("leaseDurationSeconds")).isEqualTo(new Json.Whole(3));
    assertThat(spec.values().get("leaseTransitions")).isEqualTo(new Json.Whole(7));
    assertThat(server.requests).extracting(Seen::authorization).containsOnly("Bearer first-token");
  }

  @Test
  void aLeaseThatIsNotThereIsMade() {
    server.delete("vip");
    LeaseElector elector = elector("a");
    awaitReason(elector, "waits until a former holder has given up");
    assertThat(LeaseServer.text(LeaseServer.fields(server.lease("vip"), "metadata"), "name"))
        .isEqualTo("vip");

    awaitState(elector, State.HELD);
  }

  @Test
  void whatItDoesNotMeanStaysInTheLease() throws Exception {
    server.put(
        "vip",
        """
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"vip","uid":"u1",
         "annotations":{"example.org/owner":"us"},"labels":{"a":"b"},"finalizers":["x/y"],
         "managedFields":[{"manager":"kubectl","operation":"Update","fieldsV1":{"f:spec":{}}}],
         "fieldOfTomorrow":{"x":1}},
         "spec":{"strategy":"OldestEmulationVersion","anotherOfTomorrow":[1,2]}}\
        """);
    leader();

    Json.Fields lease = server.lease("vip");
    String metadata = JsonText.write(LeaseServer.fields(lease, "metadata"));
    String spec = JsonText.write(LeaseServer.fields(lease, "spec"));
    assertThat(metadata)
        .contains("\"example.org/owner\":\"us\"")
        .contains("\"labels\":{\"a\":\"b\"}")
        .contains("\"finalizers\":[\"x/y\"]")
        .contains("\"manager\":\"kubectl\"")
        .contains("\"f:spec\":{}")
        .contains("\"fieldOfTomorrow\":{\"x\":1}");
    assertThat(spec)
        .contains("\"strategy\":\"OldestEmulationVersion\"")
        .contains("\"anotherOfTomorrow\":[1,2]")
        .contains("\"holderIdentity\":\"a\"");
  }

  @Test
  void aRecordOfClientGoKeepsOthersOutForItsDuration() {
    server.put(
        "vip",
        RELEASED
            .replace("\"holderIdentity\":\"\"", "\"holderIdentity\":\"go_1\"")
            .replace("\"leaseDurationSeconds\":1", "\"leaseDurationSeconds\":3"));
    long start = ticker.nanos();
    LeaseElector elector = elector("a");
    awaitReason(elector, "go_1 holds the Lease vip");

    awaitState(elector, State.HELD);

    assertThat(elector.leadership().since() - start)
        .isGreaterThanOrEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void ofTwoElectorsOneLeadsAndTheOtherFollowsWhenItLetsGo() {
    LeaseElector first = leader(LASTING);
    LeaseElector second = elector("b", LASTING);
    awaitReason(second, "a holds the Lease vip");
    assertThat(second.leadership().state()).isEqualTo(State.WAITING);

    first.stand(false);
    first.release();

    assertThat(first.leadership().state()).isEqualTo(State.WAITING);
    awaitState(second, State.HELD);
    assertThat(server.holder("vip")).isEqualTo("b");
  }

  @Test
  void closingGivesTheLeaseBack() {
    LeaseElector elector = leader();

    elector.close();

    assertThat(server.holder("vip")).isEmpty();
    assertThat(elector.leadership().state()).isEqualTo(State.WAITING);
    assertNoThread();
  }

  @Test
  void closingIsBoundedAlsoWhenTheServerDoesNotAnswer() {
    LeaseElector elector = leader();
    server.fault(server::blackHole);
    long start = ticker.nanos();

    elector.close();

    assertThat(ticker.nanos() - start).isLessThan(Duration.ofSeconds(15).toNanos());
    assertNoThread();
  }

  private static void assertNoThread() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("bugle-lease") && thread.isAlive());
  }

  static Stream<String> failures() {
    return Stream.of("500", "503", "429", "410", "403", "black hole", "slow body", "cut", "html");
  }

  private Fault failure(String name) {
    return switch (name) {
      case "black hole" -> server::blackHole;
      case "slow body" -> server::slowBody;
      case "cut" -> server::cut;
      case "429" -> LeaseServer.status(429, "Retry-After", "1");
      case "html" ->
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
            return true;
          };
      default -> LeaseServer.status(Integer.parseInt(name));
    };
  }

  /** Fenced at the deadline, no busy loop, and back when the server is. */
  @ParameterizedTest
  @MethodSource("failures")
  void withoutAnAnswerItIsLostAtTheDeadline(String name) {
    LeaseElector elector = leader();
    Leadership held = elector.leadership();
    server.fault(failure(name));
    int before = server.requests.size();
    Leadership now = elector.leadership();
    long end = ticker.nanos() + Duration.ofSeconds(20).toNanos();
    while (now.state() == State.HELD) { // A renewal may be under way that began before the fault.
      held = now;
      assertThat(ticker.nanos()).as("%s", now).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      now = elector.leadership();
    }
    assertThat(now.state()).isEqualTo(State.LOST);
    assertThat(held.heldUntil()).isLessThanOrEqualTo(now.since());
    // It is over at the deadline for all who look; here its thread must find that, too.
    assertThat(now.since() - held.heldUntil()).isLessThan(Duration.ofSeconds(15).toNanos());
    assertThat(server.requests.size() - before).as("requests until lost").isLessThan(20);
    elector.release();
    assertFewerRequestsThan(9, Duration.ofSeconds(2));

    server.noFault();
    awaitState(elector, State.HELD);
    assertThat(wasLost()).isTrue();
  }

  @Test
  void aConflictWithSomebodysLabelIsNoLoss() {
    LeaseElector elector = leader(LASTING);
    for (int i = 0; i < 10; i++) {
      server.touch("vip");
      // Each renewal has one conflict: who labels faster than it can write keeps it from writing.
      awaitRenewal(elector);
      assertThat(elector.leadership())
          .matches(known -> known.state() == State.HELD && known.isHeldAt(ticker.nanos()));
    }
    assertThat(wasLost()).isFalse();
  }

  @Test
  void aServerThatIsNotThereYetIsWaitedFor() throws IOException {
    int port = server.port();
    kubeconfig = dir.resolve("later");
    LeaseElector elector = elector("a");
    awaitReason(elector, "later cannot be used");
    assertThat(elector.leadership().state()).isEqualTo(State.WAITING);

    LeaseServer.kubeconfig(kubeconfig, port, "first-token");

    awaitState(elector, State.HELD);
  }

  @Test
  void aServerThatRefusesConnectionsIsWaitedFor() throws IOException {
    LeaseServer.kubeconfig(kubeconfig, 1, "first-token");
    LeaseElector elector = elector("a");

    awaitReason(elector, "cannot be reached");
  }

  @Test
  void aRotatedTokenIsReadAnewAndLosesNothing() throws IOException {
    LeaseElector elector = leader(LASTING);
    LeaseServer.kubeconfig(kubeconfig, server.port(), "second-token");
    server.token("second-token");

    Eventually.is(
        () -> server.requests.stream().anyMatch(r -> r.authorization().endsWith("second-token")),
        () -> server.requests);
    awaitRenewal(elector);

    assertThat(elector.leadership().state()).isEqualTo(State.HELD);
    assertThat(wasLost()).isFalse();
  }

  @Test
  void anExpiredTokenIsSaidToBeAndRecoversWithTheFile() throws IOException {
    LeaseElector elector = leader();
    server.token("second-token");
    awaitState(elector, State.LOST);
    assertThat(elector.leadership().reason()).contains("(401)").doesNotContain("first-token");
    elector.release();
    assertFewerRequestsThan(20, Duration.ofSeconds(2));

    LeaseServer.kubeconfig(kubeconfig, server.port(), "second-token");

    awaitState(elector, State.HELD);
    Files.delete(kubeconfig);
  }

  @Test
  void aConnectionThatLeadsNowhereDoesNotOutliveItsRequest() throws IOException {
    try (Relay relay = Relay.to(server.port())) {
      LeaseServer.kubeconfig(kubeconfig, relay.port(), "first-token");
      LeaseElector elector = leader(LASTING);

      int before = relay.freeze(); // as if the address had moved to another server

      Eventually.is(() -> relay.connections() > before, elector::leadership);
      awaitRenewal(elector);
      assertThat(elector.leadership().state()).isEqualTo(State.HELD);
      assertThat(wasLost()).isFalse();
    }
  }
}
