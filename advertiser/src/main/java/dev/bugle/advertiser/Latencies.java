package dev.bugle.advertiser;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How long it takes from a cause until the peers have been told. Every combination that there can
 * be has its histogram from the beginning, so that the first event shows in a rate. From any
 * thread.
 */
final class Latencies {

  /** The cause that is no input of a decision. */
  static final String BFD = "bfd";

  /** 0.1 ms to 10 s. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toArray(Duration[]::new);

  /** What can become of a VIP by each cause. */
  private static final Map<Posture, List<String>> CAUSES =
      Map.of(
          Posture.ANNOUNCED, List.of("health", "leadership", "address"),
          Posture.DEGRADED, List.of("health"),
          Posture.DRAINING, List.of("drain"),
          Posture.WITHDRAWN,
              List.of("drain", "health", "leadership", "address", "reconciler", BFD));

  private record Key(String cause, Posture posture) {}

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new LinkedHashMap<>();

  /** Registers them. */
  Latencies(MeterRegistry registry) {
    this.registry = registry;
    CAUSES.forEach(
        (posture, causes) ->
            causes.forEach(cause -> timers.put(new Key(cause, posture), timer(cause, posture))));
  }

  private Timer timer(String cause, Posture posture) {
    return Timer.builder("advertiser.latency")
        .description("From a cause until every peer that is up has been told what follows")
        .serviceLevelObjectives(BUCKETS)
        .tags("cause", cause, "posture", posture.toString())
        .register(registry);
  }

  /** It took so long. */
  void record(String cause, Posture posture, long nanos) {
    Optional.ofNullable(timers.get(new Key(cause, posture)))
        .ifPresent(timer -> timer.record(nanos, TimeUnit.NANOSECONDS));
  }

  void remove() {
    timers.values().forEach(registry::remove);
  }
}
