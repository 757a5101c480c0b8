package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.health.HealthTiming;
import dev.bugle.advertiser.health.HealthTiming.Damping;
import java.time.Duration;
import java.util.List;

/** The keys that every health check has: when it probes, and how many results count. */
final class HealthTimingKeys {

  private static final Duration FAST = Duration.ofMillis(250);

  private static final Type<Duration> TIME =
      Types.duration(Duration.ofMillis(10), Duration.ofHours(1));

  private static final Type<Long> COUNT = Types.number("a number of probes", 1, 100);

  static final Key<Duration> INTERVAL =
      Key.withDefault(
          "interval", TIME, "1s", "From the start of one probe to the start of the next.");

  static final Key<Duration> FAST_INTERVAL =
      Key.optional(
          "fast-interval",
          TIME,
          "The same while results speak against the state, or before there is one; as interval if"
              + " it is not given, but at most 250ms.");

  static final Key<Duration> TIMEOUT =
      Key.withDefault(
          "timeout",
          Types.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
          "1s",
          "How long a probe may take in all, from looking up the name to the end of the answer.");

  static final Key<Long> RISE =
      Key.withDefault("rise", COUNT, "2", "How many probes in a row must pass until it is up.");

  static final Key<Long> FALL =
      Key.withDefault("fall", COUNT, "3", "How many probes in a row must fail until it is down.");

  static final Key<Long> FLAPS =
      Key.withDefault(
          "flaps",
          Types.number("a number of losses", 1, 100),
          "3",
          "How many times it may be lost, the last of which holds it down.");

  static final Key<Duration> WITHIN =
      Key.withDefault(
          "within",
          TIME,
          "1m",
          "The time in which so many are too many, and in which, after it was held down, a single"
              + " one is.");

  static final Key<Duration> HOLD_DOWN =
      Key.withDefault(
          "hold-down",
          TIME,
          "30s",
          "How long it is held down the first time; each further time twice as long.");

  static final Key<Duration> MAX_HOLD_DOWN =
      Key.withDefault(
          "max-hold-down",
          Types.duration(Duration.ofMillis(10), Duration.ofHours(24)),
          "10m",
          "The longest that it is held down.");

  static final Key<Damping> DAMPING =
      Key.optional(
          "damping",
          new Section<>(
              "damping",
              List.of(FLAPS, WITHIN, HOLD_DOWN, MAX_HOLD_DOWN),
              HealthTimingKeys::damping),
          "Holds down a check that goes up and down; nothing does if it is not given.");

  static final List<Key<?>> KEYS = List.of(INTERVAL, FAST_INTERVAL, TIMEOUT, RISE, FALL, DAMPING);

  private HealthTimingKeys() {}

  static HealthTiming make(Values values) {
    Duration interval = values.get(INTERVAL);
    Duration fast = interval.compareTo(FAST) < 0 ? interval : FAST;
    return new HealthTiming(
        interval,
        values.find(FAST_INTERVAL).orElse(fast),
        values.get(TIMEOUT),
        Math.toIntExact(values.get(RISE)),
        Math.toIntExact(values.get(FALL)),
        values.find(DAMPING));
  }

  private static Damping damping(Values values) {
    return new Damping(
        Math.toIntExact(values.get(FLAPS)),
        values.get(WITHIN),
        values.get(HOLD_DOWN),
        values.get(MAX_HOLD_DOWN));
  }
}
