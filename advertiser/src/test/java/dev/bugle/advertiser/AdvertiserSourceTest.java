package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.HealthTiming;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.LockFiles;
import dev.bugle.advertiser.plugin.ScriptedSource;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.GracefulRestart;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole advertiser whose VIPs come from a source, with a real session to a router. */
@Timeout(120)
class AdvertiserSourceTest {

  private static final String A = "203.0.113.1/32";
  private static final String B = "203.0.113.2/32";
  private static final String C = "203.0.113.3/32";
  private static final Standing READY = Standing.allows("ready", 0, "an endpoint is ready");

  private final WitnessRouter router = new WitnessRouter();
  private final ScriptedSource source = new ScriptedSource();
  private final ScriptedElector given = new ScriptedElector("given", new CopyOnWriteArrayList<>());
  @TempDir private Path dir;

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private AdvertiserConfig.Builder empty() {
    return AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
        .onStop(OnStop.withdraw("bye"))
        .peers(Neighbor.of(router.asPeer()));
  }

  private Advertiser start() {
    return Advertiser.start(empty().source("s", source).build());
  }

  private static Vip vip(String name, String prefix, Needs needs) {
    return new Vip(name, Route.to(prefix).build(), VipAudience.ALL, needs, Duration.ZERO);
  }

  private static SourcedVip always(String name, String prefix) {
    return new SourcedVip(vip(name, prefix, Needs.leadership(Vip.ALWAYS)), READY);
  }

  private static SourcedVips vips(SourcedVip... vips) {
    return SourcedVips.of(List.of(vips));
  }

  private ElectorConfig lock(String file) throws Exception {
    Path path = dir.resolve(file);
    return new FileLockConfig(
        Files.exists(path) ? path : LockFiles.established(path),
        Duration.ofMillis(20),
        Duration.ofSeconds(30));
  }

  @Test
  void theMetersOfASourceAreThoseOfTheDocument() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Advertiser unused =
        Advertiser.start(empty().source("s", source).build(), Map.of(), registry)) {
      List<Meter> own =
          registry.getMeters().stream()
              .filter(meter -> meter.getId().getName().startsWith("advertiser.source."))
              .toList();
      assertThat(AdvertiserMetersTest.described(own))
          .isEqualTo(AdvertiserMetersTest.documented("advertiser.source."));
    }
    assertThat(registry.find("advertiser.source.stated").gauges()).isEmpty();
  }

  private void sees(String... what) throws InterruptedException {
    assertThat(router.see(what.length)).containsExactlyInAnyOrder(what);
  }

  private static boolean isHeld(Advertiser advertiser, String leadership) {
    return Optional.ofNullable(advertiser.status().leaderships().get(leadership))
        .filter(known -> known.state() == Leadership.State.HELD)
        .isPresent();
  }

  @Test
  void whatASourceStatesIsAnnouncedAndWhatItStatesNoMoreIsWithdrawn() throws Exception {
    try (Advertiser advertiser = start()) {
      source.state(vips(always("web", A), always("db", B)));
      sees("up", "+" + A, "+" + B);
      source.hearUntil("db announced"); // The order of one pass is that of the set.
      assertThat(advertiser.decisions())
          .extracting(decision -> decision.vip().name())
          .containsExactlyInAnyOrder("s/web", "s/db");

      source.state(vips(always("db", B), always("mail", C)));
      sees("-" + A, "+" + C);
      source.hearUntil("web gone: not stated any more");
    }
    sees("-" + B, "-" + C);
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  void itSaysThatItWaitsUntilASourceHasStatedSomething() throws Exception {
    try (Advertiser advertiser = start()) {
      router.see(1);
      Eventually.is(() -> advertiser.missing().size() == 1, advertiser::missing);
      assertThat(advertiser.missing()).containsExactly("the source s has not stated its VIPs yet");

      source.state(SourcedVips.NONE);

      Eventually.is(() -> advertiser.missing().isEmpty(), advertiser::missing);
      assertThat(advertiser.status().sources().get("s").stated()).isPresent();
    }
  }

  @Test
  void aStandingForbidsWithItsReasonAndTheOthersStay() throws Exception {
    try (Advertiser advertiser = start()) {
      source.state(vips(always("web", A), always("db", B)));
      sees("up", "+" + A, "+" + B);

      source.state(
          vips(
              new SourcedVip(
                  vip("web", A, Needs.leadership(Vip.ALWAYS)),
                  Standing.forbids("none", 5, "no endpoint on this node is ready")),
              always("db", B)));

      sees("-" + A);
      source.hearUntil("web withdrawn: no endpoint on this node is ready");
      Eventually.is(
          () ->
              advertiser.decisions().stream()
                  .anyMatch(one -> one.rule().contains("only while the source lets it")),
          advertiser::decisions);
    }
  }

  @Test
  void whatCannotHoldIsRefusedAloneAndTheSourceHearsWhy() throws Exception {
    AdvertiserConfig config =
        empty().vips(new Vip(Route.to(C).build(), Vip.ALWAYS)).source("s", source).build();
    try (Advertiser advertiser = Advertiser.start(config)) {
      source.state(
          vips(
              always("web", A),
              new SourcedVip(vip("lost", B, Needs.leadership("nobody")), READY),
              new SourcedVip(
                  vip(
                      "sick",
                      B,
                      new Needs(Vip.ALWAYS, List.of("none"), Optional.empty(), Optional.empty())),
                  READY)));
      sees("up", "+" + A, "+" + C);
      List<String> heard =
          new ArrayList<>(
              source.hearUntil("lost refused: it needs the leadership 'nobody', which"));
      heard.addAll(source.hearUntil("sick refused: it needs the check 'none', which"));
      if (!heard.contains("web announced")) {
        source.hearUntil("web announced");
      }
      assertThat(advertiser.status().sources().get("s").refused()).containsOnlyKeys("lost", "sick");
    }
  }

  @Test
  void aLeadershipBeginsWhenItIsNamedAndEndsInOrderWhenItIsNot() throws Exception {
    Map<String, ElectorConfig> leaderships = Map.of("l", lock("one"), "spare", lock("two"));
    SourcedVip led = new SourcedVip(vip("web", A, Needs.leadership("l")), READY);
    try (Advertiser advertiser = start()) {
      source.state(new SourcedVips(List.of(led), leaderships, Map.of()));
      sees("up", "+" + A);
      Eventually.is(() -> isHeld(advertiser, "s/l"), () -> advertiser.status().leaderships());
      assertThat(advertiser.status().leaderships()).doesNotContainKey("s/spare");
      long since = advertiser.status().leaderships().get("s/l").since();

      source.state(new SourcedVips(List.of(led, always("db", B)), leaderships, Map.of()));
      sees("+" + B);
      assertThat(advertiser.status().leaderships().get("s/l").since()).isEqualTo(since);

      source.state(new SourcedVips(List.of(always("db", B)), leaderships, Map.of()));
      sees("-" + A);
      Eventually.is(
          () -> !advertiser.status().leaderships().containsKey("s/l"),
          () -> advertiser.status().leaderships());

      source.state(new SourcedVips(List.of(led, always("db", B)), leaderships, Map.of()));
      sees("+" + A);
    }
  }

  @Test
  void anElectionThatIsOtherwiseTakesTheSeatOnlyWhenTheFormerIsGivenUp() throws Exception {
    SourcedVip led = new SourcedVip(vip("web", A, Needs.leadership("l")), READY);
    try (Advertiser advertiser = start()) {
      source.state(new SourcedVips(List.of(led), Map.of("l", lock("one")), Map.of()));
      sees("up", "+" + A);
      Eventually.is(() -> isHeld(advertiser, "s/l"), () -> advertiser.status().leaderships());
      source.hearUntil("web announced");

      source.state(new SourcedVips(List.of(led), Map.of("l", lock("two")), Map.of()));
      assertThat(router.see(2)).containsExactly("-" + A, "+" + A);
      source.hearUntil("web announced"); // What was between may be skipped.
    }
  }

  @Test
  void ofTwoThatCompeteForOneThingTheSecondIsRefusedUntilTheFirstIsGone() throws Exception {
    ScriptedSource other = new ScriptedSource();
    AdvertiserConfig config = empty().source("s", source).source("t", other).build();
    SourcedVip first = new SourcedVip(vip("web", A, Needs.leadership("l")), READY);
    SourcedVip second = new SourcedVip(vip("api", B, Needs.leadership("m")), READY);
    try (Advertiser advertiser = Advertiser.start(config)) {
      source.state(new SourcedVips(List.of(first), Map.of("l", lock("one")), Map.of()));
      sees("up", "+" + A);
      other.state(new SourcedVips(List.of(second), Map.of("m", lock("one")), Map.of()));
      other.hearUntil("api refused: its leadership competes for");

      source.state(SourcedVips.NONE);

      assertThat(router.see(2)).containsExactly("-" + A, "+" + B);
      assertThat(advertiser.status().sources().get("t").refused()).isEmpty();
    }
  }

  @Test
  void aSourceThatDoesNotStartIsTriedAgainUntilItDoes() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    AtomicBoolean mayStart = new AtomicBoolean();
    ScriptedSource late =
        new ScriptedSource()
            .onStart(
                () -> {
                  starts.incrementAndGet();
                  if (!mayStart.get()) {
                    throw new IllegalStateException("not yet");
                  }
                });
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Advertiser advertiser =
        Advertiser.start(empty().source("t", late).build(), Map.of(), registry)) {
      Eventually.is(
          () ->
              advertiser.status().sources().get("t").troubles().stream()
                  .anyMatch(
                      one ->
                          one.matches(
                              "it has not started, and is tried again [0-9]+(ms|s) after that:"
                                  + " .*not yet")),
          () -> advertiser.status().sources());
      assertThat(registry.get("advertiser.source.troubles").gauge().value()).isEqualTo(1);
      assertThat(late.isClosed()).as("the one that failed").isTrue();
      mayStart.set(true);
      late.state(vips(always("web", A)));
      sees("up", "+" + A);
      assertThat(starts).hasValueGreaterThanOrEqualTo(2);
      Eventually.is(
          () -> advertiser.status().sources().get("t").troubles().isEmpty(),
          () -> advertiser.status().sources());
    }
  }

  @Test
  void aSourceThatThrowsOrHangsIsToldOfInTheStatusAndHarmsNobody() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ScriptedSource throwing =
        new ScriptedSource()
            .onStart(
                () -> {
                  throw new IllegalStateException("no such cluster");
                });
    source.onVerdict(
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    AdvertiserConfig config = empty().source("s", source).source("t", throwing).build();
    try (Advertiser advertiser = Advertiser.start(config)) {
      source.state(vips(always("web", A)));
      sees("up", "+" + A);
      source.state(vips(always("web", A), always("db", B)));
      sees("+" + B);
      Eventually.is(
          () ->
              advertiser.missing().stream()
                  .anyMatch(
                      one ->
                          one.startsWith("the source t has not stated its VIPs yet")
                              && one.contains("no such cluster")),
          advertiser::missing);
      Eventually.is(
          () ->
              advertiser.status().sources().get("s").troubles().stream()
                  .anyMatch(one -> one.startsWith("it has not returned from a call for ")),
          () -> advertiser.status().sources());
      source.state(vips(always("web", A)));
      sees("-" + B);
    } finally {
      end.countDown();
    }
    sees("-" + A);
  }

  @Test
  void drainsOfTheSourceAndOfTheOperatorEachDoAndALaterSetChangesNoneOfTheOthers()
      throws Exception {
    Drain drain = new Drain(0, "the node is cordoned");
    try (Advertiser advertiser = start()) {
      source.state(vips(always("web", A), always("db", B)));
      sees("up", "+" + A, "+" + B);

      advertiser.drain("s/db", "by hand");
      sees("-" + B);
      source.state(
          vips(
              new SourcedVip(always("web", A).vip(), READY, Optional.of(drain)),
              always("db", B),
              always("mail", C)));
      sees("-" + A, "+" + C);

      advertiser.undrainAll();
      sees("+" + B);
      source.state(vips(always("web", A), always("db", B), always("mail", C)));
      sees("+" + A);
    }
  }

  @Test
  void aReloadKeepsASourceAndWhatItHasAndEndsAndStartsOthers() throws Exception {
    ScriptedSource other = new ScriptedSource();
    SourcedVip led = new SourcedVip(vip("web", A, Needs.leadership("l")), READY);
    Vip own = new Vip(Route.to(C).build(), Vip.ALWAYS);
    try (Advertiser advertiser = start()) {
      source.state(new SourcedVips(List.of(led), Map.of("l", lock("one")), Map.of()));
      sees("up", "+" + A);
      Eventually.is(() -> isHeld(advertiser, "s/l"), () -> advertiser.status().leaderships());
      long since = advertiser.status().leaderships().get("s/l").since();

      ReloadReport added =
          advertiser.reload(empty().vips(own).source("s", source).source("t", other).build());
      sees("+" + C);
      assertThat(added.failures()).isEmpty();
      assertThat(added.changes())
          .extracting(Object::toString)
          .containsExactlyInAnyOrder("sources: t added", "vips: " + C + " added");
      assertThat(advertiser.status().leaderships().get("s/l").since()).isEqualTo(since);
      other.state(vips(always("web", B)));
      sees("+" + B);

      ReloadReport removed = advertiser.reload(empty().vips(own).source("t", other).build());
      sees("-" + A);
      assertThat(removed.failures()).isEmpty();
      assertThat(source.isClosed()).isTrue();
      assertThat(advertiser.status().leaderships()).doesNotContainKey("s/l");
      source.state(vips(always("late", A))); // It has ended.

      advertiser.reload(empty().source("t", other).build());
      sees("-" + C);
    }
    sees("-" + B);
  }

  @Test
  void whatTheConfigurationTakesAwayFromASourceIsWithdrawnAndComesBackWithIt() throws Exception {
    AdvertiserConfig with = empty().elector("lock", lock("one")).source("s", source).build();
    try (Advertiser advertiser = Advertiser.start(with)) {
      source.state(
          vips(new SourcedVip(vip("web", A, Needs.leadership("lock")), READY), always("db", B)));
      sees("up", "+" + A, "+" + B);
      advertiser.drain("s/web", "by hand");
      sees("-" + A);
      advertiser.undrain("s/web");
      sees("+" + A);

      advertiser.reload(empty().source("s", source).build());
      sees("-" + A);
      assertThat(advertiser.status().sources().get("s").refused()).containsOnlyKeys("web");

      advertiser.reload(with);
      sees("+" + A);
    }
  }

  @Test
  void underGracefulRestartWhatTakesLeadershipIsRefused() throws Exception {
    GracefulRestart twoMinutes = new GracefulRestart(Duration.ofMinutes(2), true);
    try (WitnessRouter keeping = new WitnessRouter(twoMinutes)) {
      AdvertiserConfig config =
          AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
              .peers(Neighbor.of(keeping.asPeerBuilder().gracefulRestart(twoMinutes).build()))
              .source("s", source)
              .build();
      try (Advertiser advertiser = Advertiser.start(config)) {
        source.state(
            new SourcedVips(
                List.of(
                    new SourcedVip(vip("web", A, Needs.leadership("l")), READY), always("db", B)),
                Map.of("l", lock("one")),
                Map.of()));
        assertThat(keeping.see(2)).containsExactlyInAnyOrder("up", "+" + B);
        assertThat(advertiser.status().sources().get("s").refused().get("web"))
            .contains("routers would keep it after this program has died or left");
      }
    }
  }

  @Test
  void aCheckOfTheSourceRunsWhileItIsNamed() throws Exception {
    HealthCheckConfig check =
        new HealthCheckConfig(
            new HealthTiming(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                1,
                3,
                Optional.empty()),
            new Probe.Exec(List.of("/bin/true")));
    SourcedVip checked =
        new SourcedVip(
            vip("web", A, new Needs(Vip.ALWAYS, List.of("c"), Optional.empty(), Optional.empty())),
            READY);
    try (Advertiser advertiser = start()) {
      source.state(new SourcedVips(List.of(checked), Map.of(), Map.of("c", check)));
      sees("up", "+" + A);
      assertThat(advertiser.status().health()).containsOnlyKeys("s/c");

      source.state(new SourcedVips(List.of(always("web", A)), Map.of(), Map.of("c", check)));

      Eventually.is(
          () -> advertiser.status().health().isEmpty(), () -> advertiser.status().health());
      assertThat(router.hasSeenNothing()).isTrue(); // It was not withdrawn meanwhile.
    }
  }

  @Test
  void givenElectorsCanBeNamed() throws Exception {
    try (Advertiser unused =
        Advertiser.start(empty().source("s", source).build(), Map.of("given", given))) {
      source.state(vips(new SourcedVip(vip("web", A, Needs.leadership("given")), READY)));
      given.win(Leadership.held(Long.MAX_VALUE, 0, "won"));
      sees("up", "+" + A);
    }
  }
}
