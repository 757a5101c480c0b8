package dev.bugle.advertiser;

import static dev.bugle.advertiser.leadership.Leadership.held;
import static dev.bugle.advertiser.leadership.Leadership.lost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.rib.RouteChange;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The meters are those that docs/metrics.md tells of, and say what happens; in virtual time. */
class AdvertiserMetersTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

  private static final Vip VIP =
      new Vip(
          "web",
          Route.to("203.0.113.1/32").build(),
          VipAudience.ALL,
          new Needs(
              "a",
              List.of("api"),
              Optional.of(
                  new Degradation(
                      List.of(RouteChange.localPref(50)), Optional.of(Duration.ofNanos(500)))),
              Optional.empty()),
          Duration.ofNanos(100));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();
  private final List<String> log = new ArrayList<>();
  private final RecordingSink sink = new RecordingSink(log);
  private final ScriptedElector elector = new ScriptedElector("a", log);
  private final Drains drains = new Drains();
  private final Map<String, Health> health = new HashMap<>();
  private final RecordingAddresses addresses = new RecordingAddresses();
  private final Ports ports =
      new Ports(() -> health, () -> new Reach(Reach.State.UP, 0), drains, addresses, sink);
  private final AdvertiserMeters meters =
      new AdvertiserMeters(registry, ports, name -> elector.leadership(), ticker);
  private final Reconciler reconciler = new Reconciler(plan(VIP), ports, meters, ticker);

  private Plan plan(Vip... vips) {
    return new Plan(List.of(vips), Map.of("a", new Contest(elector, Handover.WITHDRAW_FIRST)));
  }

  private long in(long nanos) {
    return ticker.nanos() + nanos;
  }

  private void pass() {
    reconciler.pass();
    sink.completeAll();
    reconciler.pass();
  }

  private void announce() {
    health.put("api", Health.up(Long.MAX_VALUE, ticker.nanos(), "answers"));
    elector.now(held(Long.MAX_VALUE, ticker.nanos(), "won"));
    pass();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private Timer latency(String cause, String posture) {
    return registry.get("advertiser.latency").tags("cause", cause, "posture", posture).timer();
  }

  private double nanos(String cause, String posture) {
    return latency(cause, posture).totalTime(TimeUnit.NANOSECONDS);
  }

  private long measured() {
    return registry.get("advertiser.latency").timers().stream().mapToLong(Timer::count).sum();
  }

  /** The rows of the tables with such names: type and tags. */
  static Map<String, String> documented(String... prefixes) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (Arrays.stream(prefixes).anyMatch(prefix -> line.startsWith("| `" + prefix))) {
        String[] cells = line.replace("`", "").split("\\s*\\|\\s*", -1);
        assertThat(cells).as(line).hasSize(7);
        List<String> tags =
            Arrays.stream(cells[4].split(", ", -1)).filter(tag -> !tag.isEmpty()).sorted().toList();
        assertThat(rows.put(cells[1], cells[2] + " " + tags)).as("told once").isNull();
        assertThat(cells[3]).as("the unit of " + cells[1]).isNotEmpty();
        assertThat(cells[5]).as("the meaning of " + cells[1]).isNotEmpty();
      }
    }
    return rows;
  }

  /** Name, type and tags of these meters. */
  static Map<String, String> described(List<Meter> meters) {
    Map<String, String> rows = new TreeMap<>();
    for (Meter meter : meters) {
      Meter.Id id = meter.getId();
      List<String> tags = id.getTags().stream().map(Tag::getKey).sorted().toList();
      rows.put(id.getName(), id.getType().name().toLowerCase(Locale.ROOT) + " " + tags);
    }
    return rows;
  }

  @Test
  void theDocumentTellsOfEveryMeterAndOfNoOther() throws IOException {
    announce();
    SourceStatus source = new SourceStatus("none", Optional.empty(), 0, Map.of(), List.of());
    MeterGroup unused = Sources.meters("s", this, test -> source, registry);
    List<Meter> own =
        registry.getMeters().stream()
            // The buckets of a timer, which a simple registry has as gauges of their own.
            .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
            .toList();
    assertThat(described(own)).isEqualTo(documented("advertiser."));
  }

  @Test
  void theDocumentTellsOfEveryValueOfATag() throws IOException {
    announce();
    String text = Files.readString(DOCUMENT);
    for (Meter meter : registry.getMeters()) {
      for (Tag tag : meter.getId().getTags()) {
        if (!List.of("leadership", "check", "vip", "le").contains(tag.getKey())) {
          assertThat(text).contains("`" + tag.getValue() + "`");
        }
      }
    }
  }

  @Test
  void aLeadershipShowsWhetherAndForHowLongItIsHeld() {
    announce();
    assertThat(gauge("advertiser.leadership.held", "leadership", "a")).isEqualTo(1);
    assertThat(gauge("advertiser.leadership.left.seconds")).isInfinite();

    elector.now(held(in(3_000_000_000L), ticker.nanos(), "extended, which nobody is told"));
    assertThat(gauge("advertiser.leadership.left.seconds")).isEqualTo(3);
    pass();
    ticker.advanceTo(in(3_000_000_000L));
    assertThat(gauge("advertiser.leadership.held")).as("before any pass").isZero();
    assertThat(gauge("advertiser.leadership.left.seconds")).isZero();
    assertThat(counter("advertiser.leadership.transitions", "to", "held")).isEqualTo(1);
  }

  @Test
  void aCheckShowsItsStateAndThatItIsUnknownWhenNobodyConfirmsIt() {
    announce();
    assertThat(gauge("advertiser.health.state", "check", "api")).isEqualTo(2);
    health.put("api", Health.down(ticker.nanos(), "refused"));
    pass();
    assertThat(gauge("advertiser.health.state", "check", "api")).isEqualTo(1);
    assertThat(counter("advertiser.health.transitions", "to", "down")).isEqualTo(1);
    health.put("api", Health.up(in(10), ticker.nanos(), "answers"));
    pass();
    ticker.advanceTo(in(10));
    assertThat(gauge("advertiser.health.state", "check", "api")).isZero();
  }

  @Test
  void aVipShowsItsPostureAndWhichInputIsTheReason() {
    announce();
    assertThat(gauge("advertiser.vip.posture", "vip", "web")).isEqualTo(3);
    assertThat(registry.get("advertiser.vip.reason").gauges()).allMatch(g -> g.value() == 0);

    health.put("api", Health.down(ticker.nanos(), "refused"));
    pass();
    assertThat(gauge("advertiser.vip.posture")).isEqualTo(2);
    assertThat(gauge("advertiser.vip.reason", "kind", "health")).isEqualTo(1);

    drains.drainAll(Drains.Source.OPERATOR, new Drain(ticker.nanos(), "maintenance"));
    pass();
    assertThat(gauge("advertiser.vip.posture")).isEqualTo(1);
    assertThat(gauge("advertiser.vip.reason", "kind", "health")).isZero();
    assertThat(gauge("advertiser.vip.reason", "kind", "drain")).isEqualTo(1);
    assertThat(gauge("advertiser.drained", "by", "operator")).isEqualTo(1);
    assertThat(gauge("advertiser.drained", "by", "stop")).isZero();

    ticker.advanceTo(in(100));
    pass();
    assertThat(gauge("advertiser.vip.posture")).isZero();
    assertThat(counter("advertiser.vip.transitions", "to", "withdrawn")).isEqualTo(1);
  }

  @Test
  void theLatencyIsFromTheCauseUntilItIsHandedOver() {
    announce();
    long before = measured();

    long cause = ticker.nanos();
    elector.now(lost(cause, "file removed"));
    ticker.advanceTo(in(7));
    reconciler.pass();
    ticker.advanceTo(in(30));
    sink.completeAll();

    assertThat(measured() - before).isEqualTo(1);
    assertThat(nanos("leadership", "withdrawn")).isEqualTo(37);
  }

  @Test
  void anExpiredLeadershipCountsFromItsLastMoment() {
    announce();
    elector.now(held(in(1000), ticker.nanos(), "won"));
    pass();
    ticker.advanceTo(in(1004));
    pass();
    assertThat(nanos("leadership", "withdrawn")).isEqualTo(4);
  }

  @Test
  void eachCauseHasItsOwnLatency() {
    announce();
    health.put("api", Health.down(ticker.nanos(), "refused"));
    ticker.advanceTo(in(5));
    pass();
    assertThat(nanos("health", "degraded")).isEqualTo(5);

    ticker.advanceTo(in(495 + 9)); // nine too late, after 500 in which it is told otherwise
    pass();
    assertThat(nanos("health", "withdrawn")).isEqualTo(9);

    announce();
    drains.drainAll(Drains.Source.OPERATOR, new Drain(ticker.nanos(), "maintenance"));
    ticker.advanceTo(in(2));
    pass();
    assertThat(nanos("drain", "draining")).isEqualTo(2);
    ticker.advanceTo(in(98 + 3));
    pass();
    assertThat(nanos("drain", "withdrawn")).isEqualTo(3);
  }

  @Test
  void theEndOfADrainIsNotTakenForALeadershipThatIsOld() {
    announce();
    drains.drainAll(Drains.Source.OPERATOR, new Drain(ticker.nanos(), "maintenance"));
    pass();
    long before = measured();
    ticker.advanceTo(in(1_000_000));
    drains.undrainEverything();
    elector.now(held(Long.MAX_VALUE, 0, "as before"));
    pass();
    assertThat(measured()).isEqualTo(before);
  }

  @Test
  void theMetersOfWhatIsGoneGoToo() {
    announce();
    reconciler.plan(new Plan(List.of(), Map.of()));
    health.clear();
    pass();
    assertThat(registry.find("advertiser.vip.posture").gauges()).isEmpty();
    assertThat(registry.find("advertiser.leadership.held").gauges()).isEmpty();
    assertThat(registry.find("advertiser.health.transitions").counters()).isEmpty();
    assertThat(registry.find("advertiser.addresses").gauges())
        .hasSize(Binding.State.values().length);

    announce();
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aRegistryThatFailsChangesNoDecision() {
    registry
        .config()
        .meterFilter(
            new io.micrometer.core.instrument.config.MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("the registry is broken");
              }
            });
    announce();
    assertThat(reconciler.decisions()).allMatch(VipDecision::announced);
    assertThat(reconciler.leaderships().values()).allMatch(l -> l.state() == Leadership.State.HELD);
  }
}
