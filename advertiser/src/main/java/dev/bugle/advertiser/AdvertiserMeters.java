package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of an advertiser, by the names that docs/metrics.md explains. Those of a leadership, a
 * check or a VIP are there as long as it is. Whatever fails here is logged and changes no decision.
 */
final class AdvertiserMeters implements DecisionListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final MeterRegistry registry;
  private final Ports ports;
  private final Function<String, Leadership> elector;
  private final Ticker ticker;
  private final MeterGroup whole;
  private final Latencies latencies;

  // Used by the thread of the passes.
  private final Map<String, StateMeters<Leadership.State, Leadership>> leaderships =
      new HashMap<>();
  private final Map<String, StateMeters<Health.State, Health>> checks = new HashMap<>();
  private final Map<String, StateMeters<Posture, VipDecision>> vips = new HashMap<>();

  /**
   * Registers those that are always there.
   *
   * @param elector what the elector of a leadership knows, from any thread
   */
  AdvertiserMeters(
      MeterRegistry registry, Ports ports, Function<String, Leadership> elector, Ticker ticker) {
    this.registry = registry;
    this.ports = ports;
    this.elector = elector;
    this.ticker = ticker;
    this.latencies = new Latencies(registry);
    this.whole = new MeterGroup(registry, Tags.empty());
    for (Drains.Source source : Drains.Source.values()) {
      whole.gauge(
          "advertiser.drained",
          "Whether that takes all VIPs out of service",
          ports.drains(),
          drains -> number(drains.whole().containsKey(source)),
          "by",
          StateMeters.tag(source));
    }
    for (Binding.State state : Binding.State.values()) {
      whole.gauge(
          "advertiser.addresses",
          "Addresses that are wanted on interfaces, by how that went",
          ports.addresses(),
          addresses -> count(addresses.bindings().values(), state),
          "state",
          StateMeters.tag(state));
    }
  }

  private static double count(Collection<Binding> bindings, Binding.State state) {
    return bindings.stream().filter(binding -> binding.state() == state).count();
  }

  private static double number(boolean claim) {
    return claim ? 1 : 0;
  }

  /** Where all of it goes. */
  MeterRegistry registry() {
    return registry;
  }

  @Override
  public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {
    try {
      update(leaderships, leadership, this::leadership, Leadership::state);
      update(checks, ports.health().get(), this::check, Health::state);
      Map<String, VipDecision> decided = new HashMap<>();
      decisions.forEach(decision -> decided.put(decision.vip().name(), decision));
      update(vips, decided, this::vip, VipDecision::posture);
    } catch (RuntimeException e) {
      log.warn("the meters do not show what was decided", e);
    }
  }

  private static <E extends Enum<E>, V> void update(
      Map<String, StateMeters<E, V>> meters,
      Map<String, V> known,
      Naming<E, V> create,
      Function<V, E> state) {
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !known.containsKey(entry.getKey());
              if (gone) {
                entry.getValue().meters().remove();
              }
              return gone;
            });
    known.forEach(
        (name, value) ->
            meters
                .computeIfAbsent(name, absent -> create.meters(name, value))
                .update(state.apply(value), value));
  }

  /** Makes the meters of the thing with that name. */
  private interface Naming<E extends Enum<E>, V> {
    StateMeters<E, V> meters(String name, V first);
  }

  private StateMeters<Leadership.State, Leadership> leadership(String name, Leadership first) {
    StateMeters<Leadership.State, Leadership> meters =
        new StateMeters<>(
            registry,
            "advertiser.leadership.transitions",
            Tags.of("leadership", name),
            Leadership.State.class,
            first);
    gauge(
        meters,
        "advertiser.leadership.held",
        "Whether it is held",
        known -> number(known.isHeldAt(ticker.nanos())));
    gauge(
        meters,
        "advertiser.leadership.left.seconds",
        "For how long it is held unless that is extended",
        known -> secondsLeft(name));
    return meters;
  }

  /** An extension is told to nobody, so the elector must be asked. */
  private double secondsLeft(String name) {
    long until = elector.apply(name).heldUntil();
    return until == Long.MAX_VALUE
        ? Double.POSITIVE_INFINITY
        : Math.max(0, until - ticker.nanos()) / 1e9;
  }

  private StateMeters<Health.State, Health> check(String name, Health first) {
    StateMeters<Health.State, Health> meters =
        new StateMeters<>(
            registry,
            "advertiser.health.transitions",
            Tags.of("check", name),
            Health.State.class,
            first);
    gauge(meters, "advertiser.health.state", "0 unknown, 1 down, 2 up", this::number);
    return meters;
  }

  /** What was up and was not confirmed in time is unknown. */
  private double number(Health known) {
    return switch (known.state()) {
      case UNKNOWN -> 0;
      case DOWN -> 1;
      case UP -> known.isUpAt(ticker.nanos()) ? 2 : 0;
    };
  }

  private StateMeters<Posture, VipDecision> vip(String name, VipDecision first) {
    StateMeters<Posture, VipDecision> meters =
        new StateMeters<>(
            registry, "advertiser.vip.transitions", Tags.of("vip", name), Posture.class, first);
    gauge(
        meters,
        "advertiser.vip.posture",
        "0 withdrawn, 1 draining, 2 degraded, 3 announced",
        known -> number(known.posture()));
    for (Factor.Kind kind : Factor.Kind.values()) {
      gauge(
          meters,
          "advertiser.vip.reason",
          "Whether that is why it is not announced as it is configured",
          known -> number(known.posture() != Posture.ANNOUNCED && known.decidedBy().kind() == kind),
          "kind",
          StateMeters.tag(kind));
    }
    return meters;
  }

  private static double number(Posture posture) {
    return switch (posture) {
      case WITHDRAWN -> 0;
      case DRAINING -> 1;
      case DEGRADED -> 2;
      case ANNOUNCED -> 3;
    };
  }

  private static <V> void gauge(
      StateMeters<?, V> meters,
      String name,
      String description,
      ToDoubleFunction<V> value,
      String... more) {
    meters
        .meters()
        .gauge(name, description, meters, source -> value.applyAsDouble(source.known()), more);
  }

  @Override
  public void handed(VipDecision decision, long nanos) {
    latencies.record(StateMeters.tag(decision.cause().kind()), decision.posture(), nanos);
  }

  /** A session was up and has ended, so long after BFD had found that its path has failed. */
  void pathFailed(long nanos) {
    latencies.record(Latencies.BFD, Posture.WITHDRAWN, nanos);
  }

  /** Removes them all; no pass runs any more. */
  @Override
  public void close() {
    leaderships.values().forEach(meters -> meters.meters().remove());
    checks.values().forEach(meters -> meters.meters().remove());
    vips.values().forEach(meters -> meters.meters().remove());
    whole.remove();
    latencies.remove();
  }
}
