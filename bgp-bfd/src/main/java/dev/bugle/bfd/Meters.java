package dev.bugle.bfd;

import dev.bugle.bfd.wire.DropReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Registers meters by their names, which docs/metrics.md explains. Thread-safe. */
final class Meters {

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** How late the thread was. */
  Timer schedulingDelay() {
    return Timer.builder("bfd.scheduling.delay")
        .description("From the time at which the BFD thread should have run until it did")
        .serviceLevelObjectives(
            Duration.ofNanos(100_000),
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(30),
            Duration.ofMillis(100),
            Duration.ofMillis(300))
        .register(registry);
  }

  /** Packets that belong to no session. */
  List<Meter> discarded(Counters counters) {
    List<Meter> meters = new ArrayList<>();
    for (DropReason reason : DropReason.values()) {
      meters.add(
          FunctionCounter.builder("bfd.packets.discarded", counters, c -> c.dropCount(reason))
              .description("Received packets that belong to no session")
              .tag("reason", name(reason))
              .register(registry));
    }
    return meters;
  }

  /** What is counted of a session, and how it is. */
  List<Meter> session(BfdSessionConfig config, StatusBoard board, Counters counters) {
    Tags tags = tags(config);
    List<Meter> meters = new ArrayList<>();
    meters.add(
        gauge("bfd.session.state", board, b -> b.state().code(), tags)
            .description("0 AdminDown, 1 Down, 2 Init, 3 Up")
            .register(registry));
    meters.add(
        gauge("bfd.session.diagnostic", board, b -> b.diagnostic().code(), tags)
            .description("Why the session last left Up, as RFC 5880 §4.1 numbers it")
            .register(registry));
    meters.add(counter("bfd.session.flaps", counters, Counters::flapCount, tags));
    meters.add(counter("bfd.packets.sent", counters, Counters::sentCount, tags));
    meters.add(counter("bfd.packets.not.sent", counters, Counters::notSentCount, tags));
    meters.add(counter("bfd.packets.received", counters, Counters::receivedCount, tags));
    for (DropReason reason : DropReason.values()) {
      meters.add(
          counter(
              "bfd.packets.dropped",
              counters,
              c -> c.dropCount(reason),
              tags.and("reason", name(reason))));
    }
    return meters;
  }

  private static Gauge.Builder<StatusBoard> gauge(
      String name, StatusBoard board, ToDoubleFunction<StatusBoard> value, Tags tags) {
    return Gauge.builder(name, board, value).tags(tags);
  }

  private Meter counter(
      String name, Counters counters, ToDoubleFunction<Counters> value, Tags tags) {
    return FunctionCounter.builder(name, counters, value).tags(tags).register(registry);
  }

  /** From the last packet until the session was found down. */
  Timer detectionTime(BfdSessionConfig config) {
    return Timer.builder("bfd.detection.time")
        .description("From the last accepted packet until its absence was found")
        .tags(tags(config))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry);
  }

  private static Tags tags(BfdSessionConfig config) {
    return Tags.of(
        "peer",
        config.peer().getHostAddress(),
        "local",
        config.local().map(address -> address.getHostAddress()).orElse(""),
        "interface",
        config.interfaceName().orElse(""),
        "hops",
        hops(config));
  }

  private static String hops(BfdSessionConfig config) {
    if (config.unaffiliated()) {
      return "echo";
    }
    return config.hops().isMultihop() ? "multi" : "single";
  }

  private static String name(DropReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void remove(List<Meter> meters) {
    meters.forEach(registry::remove);
  }
}
