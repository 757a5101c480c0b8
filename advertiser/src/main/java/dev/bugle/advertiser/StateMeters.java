package dev.bugle.advertiser;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one thing that has states: what it is now, and how often it came to each.
 *
 * @param <E> the states
 * @param <V> what is known of it
 */
final class StateMeters<E extends Enum<E>, V> {

  private final MeterGroup meters;
  private final Map<E, Counter> transitions;
  private @Nullable E state;
  private volatile V known;

  /**
   * Registers a counter for each state.
   *
   * @param transitions the name of that counter
   * @param tags which thing it is
   */
  StateMeters(MeterRegistry registry, String transitions, Tags tags, Class<E> states, V known) {
    this.meters = new MeterGroup(registry, tags);
    this.known = known;
    this.transitions = new EnumMap<>(states);
    for (E each : states.getEnumConstants()) {
      this.transitions.put(
          each, meters.counter(transitions, "How often it came to this state", "to", tag(each)));
    }
  }

  /** As it is in tags: {@code lost}. */
  static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The group to which its other meters belong. */
  MeterGroup meters() {
    return meters;
  }

  /** What was last known; from any thread. */
  V known() {
    return known;
  }

  /** What is known now. One thread at a time calls it. */
  void update(E now, V news) {
    known = news;
    Counter counter = transitions.get(now);
    if (now != state && counter != null) {
      counter.increment();
    }
    state = now;
  }
}
