package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.Eventually;
import dev.bugle.k8s.lease.LeaseTerms;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Contact;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Leases;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole source against an API server on loopback that has every fault there is. */
class KubernetesServicesTest {

  private static final ObjectKey WEB = new ObjectKey("default", "web");
  private static final String VIP = "default/web/203.0.113.10";
  private static final Contact USUAL = new Contact(Duration.ofSeconds(60), Optional.empty());

  /** Nothing is lost because the machine is busy; what is free is had at once all the same. */
  private static final LeaseTerms LASTING =
      new LeaseTerms(Duration.ofSeconds(60), Duration.ofSeconds(40), Duration.ofMillis(100));

  @TempDir private Path dir;
  private final RecordingStage stage = new RecordingStage();
  private final List<VipSource> sources = new ArrayList<>();
  private ClusterServer server;
  private Path kubeconfig;

  @BeforeEach
  void open() throws IOException {
    server = ClusterServer.open();
    server.releasedLease("bugle-services");
    kubeconfig = server.kubeconfig(dir.resolve("kubeconfig"), "first-token");
  }

  @AfterEach
  void close() throws Exception {
    for (VipSource source : sources) {
      source.close();
    }
    server.close();
  }

  private VipSource start(RecordingStage onto, Contact contact, Optional<String> writer) {
    return start(onto, contact, writer, Readers.OURS);
  }

  private VipSource start(
      RecordingStage onto, Contact contact, Optional<String> writer, Selection selection) {
    ServicesConfig config =
        new ServicesConfig(
            Optional.of(kubeconfig),
            Optional.of("n1"),
            selection,
            new Defaults("none", Duration.ofSeconds(1), false),
            Checks.DEFAULTS,
            new Leases(Optional.of("kube-system"), writer, LASTING),
            contact);
    VipSource source = new ServicesProvider().create("cluster", config, Ticker.system());
    sources.add(source);
    source.start(onto);
    return source;
  }

  private void start() {
    start(stage, USUAL, Optional.empty());
  }

  private void web() {
    server.service(ServiceJson.of("web").ip("203.0.113.10"));
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:ready"));
  }

  private void until(Map<String, String> values) {
    Eventually.is(() -> stage.values().equals(values), stage::values);
  }

  private void untilReady() {
    until(Map.of(VIP, "ready"));
  }

  private void untilWatching(int times) {
    Eventually.is(
        () ->
            server.watches(ClusterServer.SERVICES) >= times
                && server.watches(ClusterServer.SLICES) >= times,
        () -> server.requests);
  }

  private long lists() {
    return server.count(seen -> seen.isList(ClusterServer.SERVICES));
  }

  @Test
  void whatNobodyHasThoughtOfWithdrawsEverythingAndItBeginsAnew() {
    web();
    start();
    untilReady();
    stage.failOnce();

    server.slice(ServiceJson.slice("web-2", "web", "IPv4", "n2:ready"));

    Eventually.is(() -> stage.retreats() > 0, stage::values);
    untilReady();
  }

  @Test
  void whatIsThereIsStatedAndFollowed() {
    web();
    start();
    untilReady();
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:starting"));
    until(Map.of(VIP, "-no endpoint"));
    server.slice(ServiceJson.slice("web-2", "web", "IPv4", "n2:ready"));
    untilReady();
    server.delete(ClusterServer.SLICES, new ObjectKey("default", "web-2"));
    until(Map.of(VIP, "-no endpoint"));
    server.delete(ClusterServer.SERVICES, WEB);
    until(Map.of());
    assertThat(lists()).as("never listed again").isEqualTo(1);
  }

  @Test
  void aNodeThatIsMarkedAsLeftOutIsDrainedWhileItIs() {
    web();
    server.node("n2", NodeMark.LABEL);
    Selection heeding =
        new Selection(ServicesConfig.DEFAULT_CLASS, false, Optional.empty(), List.of(), true);
    start(stage, USUAL, Optional.empty(), heeding);
    Eventually.is(() -> stage.drained(VIP).contains("has no node n1"), stage::values);
    server.node("n1", "kubernetes.io/hostname");
    Eventually.is(() -> stage.drained(VIP).isEmpty(), stage::values);
    server.node("n1", NodeMark.LABEL);
    Eventually.is(
        () -> stage.drained(VIP).equals("the node n1 has the label " + NodeMark.LABEL),
        stage::values);
    server.node("n1");
    Eventually.is(() -> stage.drained(VIP).isEmpty(), stage::values);
    server.deleteNode("n1");
    Eventually.is(() -> stage.drained(VIP).contains("has no node n1"), stage::values);
    assertThat(server.count(seen -> seen.isList("/api/v1/nodes"))).isEqualTo(1);
  }

  @Test
  void nothingIsStatedBeforeTheNodeIsKnown() {
    web();
    server.node("n1");
    server.fault(
        exchange ->
            exchange.getRequestURI().getPath().equals("/api/v1/nodes")
                && ClusterServer.status(403).befalls(exchange));
    Selection heeding =
        new Selection(ServicesConfig.DEFAULT_CLASS, false, Optional.empty(), List.of(), true);
    start(stage, USUAL, Optional.empty(), heeding);
    untilWatching(1);
    Eventually.is(
        () -> server.count(seen -> seen.isList("/api/v1/nodes")) > 1, () -> server.requests);
    assertThat(stage.sets()).isZero();
    server.noFault();
    untilReady();
  }

  @Test
  void aServiceThatBecomesOursHasTheEndpointsThatWereThereBefore() {
    server.service(ServiceJson.of("web").ip("203.0.113.10").spec("type", "ClusterIP"));
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:ready"));
    start();
    Eventually.is(() -> stage.sets() > 0, stage::values);
    assertThat(stage.values()).isEmpty();
    server.service(ServiceJson.of("web").ip("203.0.113.10"));
    untilReady();
    server.service(ServiceJson.of("web").ip("203.0.113.10").spec("type", "ClusterIP"));
    until(Map.of());
  }

  @Test
  void nothingIsStatedBeforeEverythingIsKnown() {
    web();
    server.fault(
        exchange ->
            exchange.getRequestURI().getPath().equals(ClusterServer.SLICES)
                && ClusterServer.status(503).befalls(exchange));
    start();
    untilServicesAreWatched();
    assertThat(stage.sets()).isZero();
    server.noFault();
    untilReady();
    assertThat(stage.sets()).isEqualTo(1);
  }

  private void untilServicesAreWatched() {
    Eventually.is(() -> server.watches(ClusterServer.SERVICES) > 0, () -> server.requests);
  }

  @Test
  void aLongListComesInParts() {
    for (int i = 0; i < 1200; i++) {
      server.service(ServiceJson.of("s" + i).ip("10.1." + i / 250 + "." + (i % 250 + 1)));
    }
    start();
    Eventually.is(() -> stage.values().size() == 1200, () -> stage.values().size());
    assertThat(lists()).isEqualTo(3);
  }

  @Test
  void aWatchThatBreaksGoesOnWhereItWas() {
    web();
    start();
    untilReady();
    untilWatching(1);
    AtomicBoolean isDown = new AtomicBoolean(true);
    server.fault(exchange -> isDown.get() && ClusterServer.status(500).befalls(exchange));
    server.cut();
    server.service(ServiceJson.of("web").ip("203.0.113.11"));
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n2:ready"));
    isDown.set(false);
    until(Map.of("default/web/203.0.113.11", "ready"));
    assertThat(lists()).isEqualTo(1);
  }

  @Test
  void whatWentWhileTheVersionWasForgottenIsMissedInTheNextList() {
    web();
    server.service(ServiceJson.of("other").ip("203.0.113.20"));
    start();
    until(Map.of(VIP, "ready", "default/other/203.0.113.20", "-no endpoint"));
    untilWatching(1);
    server.fault(ClusterServer.status(503));
    server.cut();
    server.delete(ClusterServer.SERVICES, new ObjectKey("default", "other"));
    server.delete(ClusterServer.SLICES, new ObjectKey("default", "web-1"));
    server.compact();
    server.noFault();
    until(Map.of(VIP, "-no endpoint"));
    assertThat(lists()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aForgottenVersionThatIsToldInTheWatchIsListedAnew() {
    web();
    start();
    untilReady();
    untilWatching(1);
    AtomicBoolean once = new AtomicBoolean(true);
    server.fault(
        exchange ->
            isWatch(exchange, ClusterServer.SERVICES)
                && once.getAndSet(false)
                && sends(
                    exchange,
                    ClusterServer.line(
                        "ERROR", Json.object().put("kind", "Status").put("code", 410).build())));
    server.cut();
    Eventually.is(() -> lists() >= 2, () -> server.requests);
    server.service(ServiceJson.of("web").ip("203.0.113.11"));
    until(Map.of("default/web/203.0.113.11", "ready"));
  }

  @Test
  void aBookmarkSparesAListAfterMuchThatWasNotForUs() {
    web();
    start();
    untilReady();
    untilWatching(1);
    for (int i = 0; i < 5; i++) {
      server.slice(ServiceJson.slice("x-" + i, "x", "IPv4", "n1:ready"));
    }
    server.bookmark();
    server.service(ServiceJson.of("web").ip("203.0.113.11"));
    until(Map.of("default/web/203.0.113.11", "ready"));
    server.bookmark();
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:starting"));
    until(Map.of("default/web/203.0.113.11", "-no endpoint"));
    server.cut();
    untilWatching(2);
    assertThat(lists()).isEqualTo(1);
  }

  @Test
  void aWatchThatIsSilentForTooLongIsBegunAnew() {
    web();
    start(stage, new Contact(Duration.ofSeconds(1), Optional.empty()), Optional.empty());
    untilReady();
    untilWatching(1);
    server.freeze();
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:starting"));
    until(Map.of(VIP, "-no endpoint"));
    assertThat(lists()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500})
  void whileTheServerRefusesEverythingStaysAndItIsNotAskedAllTheTime(int code) {
    web();
    start();
    untilReady();
    untilWatching(1);
    int sets = stage.sets();
    server.fault(ClusterServer.status(code, "Retry-After", "1"));
    server.cut();
    long before = server.requests.size();
    Eventually.is(() -> server.requests.size() >= before + 4, () -> server.requests);
    long began = System.nanoTime();
    Eventually.is(() -> System.nanoTime() - began > 500_000_000, () -> "half a second");
    assertThat(server.requests.size() - before).isLessThan(20);
    assertThat(stage.sets()).isEqualTo(sets);
    server.noFault();
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:starting"));
    until(Map.of(VIP, "-no endpoint"));
  }

  @Test
  void anExpiredTokenIsReadAgain() throws IOException {
    web();
    start();
    untilReady();
    untilWatching(1);
    server.token("second-token");
    server.cut();
    Eventually.is(
        () -> server.requests.get(server.requests.size() - 1).authorization().contains("first"),
        () -> server.requests);
    server.kubeconfig(kubeconfig, "second-token");
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:starting"));
    until(Map.of(VIP, "-no endpoint"));
  }

  @Test
  void aServerThatEndsEveryWatchAtOnceIsNotAskedAllTheTime() {
    web();
    server.fault(
        exchange ->
            String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")
                && sends(exchange, ""));
    start();
    untilReady();
    Eventually.is(() -> server.count(ClusterServer.Seen::isWatch) >= 4, () -> server.requests);
    long began = System.nanoTime();
    Eventually.is(() -> System.nanoTime() - began > 1_000_000_000, () -> "a second");
    assertThat(server.requests.size()).isLessThan(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is not JSON",
        "[]",
        "{\"type\":\"ADDED\"}",
        "{\"object\":{},\"type\":\"ADDED\"}",
        "{\"type\":\"ADDED\",\"object\":",
        "{\"type\":\"ADDED\",\"object\":[]}",
        "{\"type\":\"ERROR\",\"object\":{\"code\":500,\"message\":\"storage\"}}"
      })
  void whatIsNoEventDoesNoHarm(String text) {
    web();
    AtomicBoolean once = new AtomicBoolean(true);
    server.fault(
        exchange ->
            isWatch(exchange, ClusterServer.SERVICES)
                && once.getAndSet(false)
                && sends(exchange, text + "\n"));
    start();
    untilReady();
    untilWatching(1);
    server.service(ServiceJson.of("web").ip("203.0.113.11"));
    until(Map.of("default/web/203.0.113.11", "ready"));
  }

  @Test
  void anObjectMadeAnewUnderTheSameNameIsAnotherOne() {
    web();
    start();
    untilReady();
    server.delete(ClusterServer.SERVICES, WEB);
    server.service(
        ServiceJson.of("web").uid("other").ip("203.0.113.11").annotation("leadership", "service"));
    until(Map.of("default/web/203.0.113.11", "ready"));
    assertThat(stage.last().leaderships()).containsOnlyKeys("service/default/web");
  }

  @Test
  void oneBadServiceDisturbsNoOther() {
    web();
    start();
    untilReady();
    server.service(ServiceJson.of("bad").ip("203.0.113.66").annotation("med", "x".repeat(1 << 20)));
    server.service(ServiceJson.of("worse").annotation("addresses", "nonsense"));
    server.service(ServiceJson.of("good").ip("203.0.113.11"));
    until(
        Map.of(
            VIP,
            "ready",
            "default/good/203.0.113.11",
            "-no endpoint",
            "default/bad/203.0.113.66",
            "-invalid"));
  }

  @Test
  void afterALongSilenceNothingIsAnnouncedIfThatIsWanted() {
    web();
    start(
        stage,
        new Contact(Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(2))),
        Optional.empty());
    untilReady();
    server.fault(ClusterServer.status(503));
    server.cut();
    until(Map.of(VIP, "-stale"));
    server.noFault();
    untilReady();
  }

  @Test
  void closingWaitsForNoServerAndNothingIsStatedAfterIt() throws Exception {
    web();
    server.fault(server::blackHole);
    VipSource source = start(stage, USUAL, Optional.of("bugle-services"));
    Eventually.is(() -> !server.requests.isEmpty(), () -> server.requests);
    long began = System.nanoTime();
    source.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    server.noFault();
    int sets = stage.sets();
    source.close();
    assertThat(stage.sets()).isEqualTo(sets);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("bugle-cluster-services", "bugle-cluster-endpoints", "bugle-cluster-vips");
  }

  @Test
  void theHolderOfTheLeaseWritesTheStatusOnceAndOthersDoNot() {
    server.service(ServiceJson.of("web").annotation("addresses", "203.0.113.10, 2001:db8::10"));
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", "n1:ready"));
    start(stage, USUAL, Optional.of("bugle-services"));
    start(new RecordingStage(), USUAL, Optional.of("bugle-services"));

    Eventually.is(
        () -> server.ingress(WEB).equals(List.of("203.0.113.10", "2001:db8::10")),
        () -> server.object(ClusterServer.SERVICES, WEB));
    Eventually.is(
        () -> condition().equals("no IPv6 endpoint is ready for 2001:db8::10"),
        () -> server.object(ClusterServer.SERVICES, WEB));
    assertThat(server.count(seen -> seen.method().equals("PATCH"))).isEqualTo(1);

    server.slice(ServiceJson.slice("web-6", "web", "IPv6", "n1:ready"));
    Eventually.is(
        () -> condition().startsWith("nodes can announce"),
        () -> server.object(ClusterServer.SERVICES, WEB));
    // Of which one conflicts when the slice is heard of before the Service as it is by then.
    assertThat(server.count(seen -> seen.method().equals("PATCH"))).isBetween(2L, 3L);
  }

  private String condition() {
    return server
        .object(ClusterServer.SERVICES, WEB)
        .find("status")
        .flatMap(status -> status.find("conditions"))
        .map(Json::items)
        .orElse(List.of())
        .stream()
        .flatMap(one -> one.find("message").flatMap(Json::text).stream())
        .findFirst()
        .orElse("");
  }

  @Test
  void aConflictIsSettledWithTheObjectThatIsThereByThen() {
    server.service(ServiceJson.of("web").annotation("addresses", "203.0.113.10"));
    AtomicBoolean once = new AtomicBoolean(true);
    server.fault(
        exchange -> {
          if (exchange.getRequestMethod().equals("PATCH") && once.getAndSet(false)) {
            server.service(ServiceJson.of("web").annotation("addresses", "203.0.113.11"));
          }
          return false;
        });
    start(stage, USUAL, Optional.of("bugle-services"));
    Eventually.is(
        () -> server.ingress(WEB).equals(List.of("203.0.113.11")),
        () -> server.object(ClusterServer.SERVICES, WEB));
  }

  @Test
  void aComplaintIsAnEventOnceAndIsTriedUntilItIsMade() {
    AtomicBoolean fails = new AtomicBoolean(true);
    server.fault(
        exchange ->
            exchange.getRequestURI().getPath().endsWith("/events")
                && fails.getAndSet(false)
                && ClusterServer.status(500).befalls(exchange));
    server.service(ServiceJson.of("web").ip("203.0.113.10").annotation("med", "ten"));
    start(stage, USUAL, Optional.of("bugle-services"));

    Eventually.is(() -> server.events().size() == 1, server::events);
    Json event = server.events().get(0);
    assertThat(event.find("reason").flatMap(Json::text)).contains("InvalidAnnotation");
    assertThat(event.find("note").flatMap(Json::text).orElse(""))
        .startsWith("bugle.dev/med: found 'ten'");
    assertThat(event.find("eventTime").flatMap(Json::text).orElse(""))
        .matches("2[0-9-]{9}T[0-9:]{8}\\.[0-9]{6}Z");
    server.service(
        ServiceJson.of("web")
            .ip("203.0.113.10")
            .annotation("med", "ten")
            .annotation("prepend", "x"));
    Eventually.is(() -> server.events().size() == 2, server::events);
  }

  @Test
  void aServiceThatMustNotBeWrittenToKeepsNoOtherWaiting() {
    server.fault(
        exchange ->
            exchange.getRequestURI().getPath().contains("/services/closed/status")
                && ClusterServer.status(403).befalls(exchange));
    server.service(ServiceJson.of("closed").annotation("addresses", "203.0.113.66"));
    server.service(ServiceJson.of("web").annotation("addresses", "203.0.113.10"));
    start(stage, USUAL, Optional.of("bugle-services"));
    Eventually.is(
        () -> server.ingress(WEB).equals(List.of("203.0.113.10")),
        () -> server.object(ClusterServer.SERVICES, WEB));
    assertThat(server.count(seen -> seen.path().contains("/services/closed/status")))
        .as("what is refused is not asked again and again")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void whatTheAdvertiserRefusesIsAnEvent() {
    web();
    start(stage, USUAL, Optional.of("bugle-services"));
    untilReady();
    stage.tell(new Verdict(VIP, Verdict.State.REFUSED, "there is no leadership 'x'", 1));
    Eventually.is(() -> server.events().size() == 1, server::events);
    assertThat(server.events().get(0).toString()).contains("Refused", "there is no leadership 'x'");
  }

  private static boolean isWatch(HttpExchange exchange, String path) {
    return exchange.getRequestURI().getPath().equals(path)
        && String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
  }

  private static boolean sends(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    return true;
  }
}
