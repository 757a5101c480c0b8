package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The sources of VIPs that there are. One thread at a time changes them; any may ask. */
final class Sources {

  /**
   * How the sources of one configuration become those of another.
   *
   * @param kept those that stay
   * @param going those that end
   * @param fresh those that begin
   */
  record Draft(
      Map<String, SourceDriver> kept,
      Map<String, SourceDriver> going,
      Map<String, SourceDriver> fresh) {}

  private final Staging.House house;
  private final Inlet inlet;
  private final Map<String, MeterGroup> meters = new HashMap<>();
  private volatile Map<String, SourceDriver> drivers = Map.of();

  /** None yet. */
  Sources(Roster roster, Reconciler reconciler, BinderSink addresses, Inlet inlet) {
    this.inlet = inlet;
    this.house =
        new Staging.House(
            roster,
            reconciler,
            addresses,
            inlet.ticker(),
            inlet.wake(),
            source -> leftBy(source),
            inlet.registry());
  }

  /**
   * Where sources meet the rest.
   *
   * @param news brings them what was decided
   * @param ticker the clock of all times
   * @param wake to be called when an input has changed
   * @param registry where meters of sources go, if anywhere
   */
  record Inlet(SourceNews news, Ticker ticker, Runnable wake, Optional<MeterRegistry> registry) {}

  private void leftBy(String source) {
    drivers.values().stream()
        .filter(driver -> !driver.name().equals(source))
        .forEach(SourceDriver::again);
  }

  /**
   * Makes those of the configuration; none has started.
   *
   * @throws IllegalStateException when a kind of source is not there or cannot make its source
   */
  void open(AdvertiserConfig config) {
    drivers = prepare(config).fresh();
  }

  /** Starts all of them. */
  void start(Terms terms) {
    drivers.values().forEach(driver -> start(driver, terms));
  }

  private void start(SourceDriver driver, Terms terms) {
    inlet.news().add(driver.name(), driver.feed());
    inlet
        .registry()
        .ifPresent(
            registry ->
                meters.put(
                    driver.name(), meters(driver.name(), driver, SourceDriver::status, registry)));
    driver.start(terms);
  }

  /** The meters of one source; whoever tells of it is kept alive by others. */
  static <T> MeterGroup meters(
      String name, T teller, Function<T, SourceStatus> status, MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.of("source", name));
    group.gauge(
        "advertiser.source.stated",
        "Whether it has stated its VIPs",
        teller,
        one -> status.apply(one).stated().isPresent() ? 1 : 0);
    group.gauge(
        "advertiser.source.vips",
        "VIPs of it that are decided on",
        teller,
        one -> status.apply(one).vips());
    group.gauge(
        "advertiser.source.refused",
        "VIPs of it that cannot be as it has stated them",
        teller,
        one -> status.apply(one).refused().size());
    group.gauge(
        "advertiser.source.troubles",
        "Whether it has failed, or does not return from a call",
        teller,
        one -> status.apply(one).troubles().isEmpty() ? 0 : 1);
    return group;
  }

  private void leave(SourceDriver driver) {
    inlet.news().remove(driver.name(), driver.feed());
    Optional.ofNullable(meters.remove(driver.name())).ifPresent(MeterGroup::remove);
  }

  /** What is known of each. */
  Map<String, SourceStatus> status() {
    Map<String, SourceStatus> all = new TreeMap<>();
    drivers.forEach((name, driver) -> all.put(name, driver.status()));
    return all;
  }

  /** A sentence for each of which the VIPs are not known yet, or that does not do as it should. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    status()
        .forEach(
            (name, status) -> {
              if (status.stated().isEmpty()) {
                missing.add(
                    "the source "
                        + name
                        + " has not stated its VIPs yet"
                        + status.troubles().stream().findFirst().map(t -> ": " + t).orElse(""));
              }
            });
    return missing;
  }

  /**
   * Makes what another configuration has otherwise; nothing of it has started. A source whose
   * configuration is as before is kept.
   *
   * @throws IllegalStateException when one cannot be had
   */
  Draft prepare(AdvertiserConfig next) {
    Map<String, SourceDriver> kept = new TreeMap<>();
    Map<String, SourceDriver> going = new TreeMap<>();
    drivers.forEach(
        (name, driver) ->
            (driver.config().equals(next.sources().get(name)) ? kept : going).put(name, driver));
    Map<String, SourceDriver> fresh = new TreeMap<>();
    Draft draft = new Draft(kept, going, fresh);
    try {
      next.sources()
          .forEach(
              (name, config) -> {
                if (!kept.containsKey(name)) {
                  fresh.put(name, new SourceDriver(name, config, house));
                }
              });
    } catch (RuntimeException refused) {
      cancel(draft);
      throw refused;
    }
    return draft;
  }

  /** Ends those that would have begun. */
  void cancel(Draft draft) {
    close(draft.fresh());
  }

  /**
   * Takes down what cannot stand any more: all that those have that go, and what others have that
   * does not hold under those terms. Completes when it is withdrawn and released.
   */
  CompletionStage<Void> retreat(Draft draft, Terms terms) {
    List<Thread> closing = new ArrayList<>();
    draft.going().values().forEach(driver -> closing.add(driver.closeSource()));
    List<SourceDriver> ended = List.copyOf(draft.going().values());
    for (int i = 0; i < ended.size(); i++) {
      ended.get(i).awaitClosed(closing.get(i));
    }
    List<CompletableFuture<Void>> all = new ArrayList<>();
    draft.going().values().forEach(one -> all.add(one.retreat(terms).toCompletableFuture()));
    draft.kept().values().forEach(one -> all.add(one.terms(terms).toCompletableFuture()));
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  /** Until when a retreat must be over. */
  Duration patience(Draft draft) {
    Duration longest = Duration.ZERO;
    for (Map<String, SourceDriver> some : List.of(draft.kept(), draft.going())) {
      for (SourceDriver driver : some.values()) {
        longest = longest.compareTo(driver.patience()) >= 0 ? longest : driver.patience();
      }
    }
    return longest.plusSeconds(1);
  }

  /** Forgets those that go, once their retreat is over. */
  void forget(Draft draft) {
    draft
        .going()
        .forEach(
            (name, driver) -> {
              driver.close();
              leave(driver);
              if (draft.fresh().containsKey(name)) {
                house.roster().vacate(name);
              } else {
                house.roster().remove(name);
              }
            });
    drivers = Map.copyOf(draft.kept());
  }

  /** Lets the others hold under those terms, and starts those that begin. */
  void advance(Draft draft, Terms terms) {
    draft
        .kept()
        .values()
        .forEach(
            driver -> {
              CompletionStage<Void> unused = driver.terms(terms);
            });
    Map<String, SourceDriver> all = new LinkedHashMap<>(draft.kept());
    all.putAll(draft.fresh());
    drivers = Map.copyOf(all);
    draft.fresh().values().forEach(driver -> start(driver, terms));
  }

  /** Nothing changes any more, so that everything can be taken down. */
  void freeze() {
    drivers.values().forEach(SourceDriver::freeze);
  }

  /** Ends all of them; a bounded time. */
  void close() {
    close(drivers);
    drivers.values().forEach(this::leave);
  }

  private static void close(Map<String, SourceDriver> some) {
    Map<SourceDriver, Thread> closing = new LinkedHashMap<>();
    some.values().forEach(driver -> closing.put(driver, driver.closeSource()));
    closing.forEach(SourceDriver::awaitClosed);
    some.values().forEach(SourceDriver::close);
  }
}
