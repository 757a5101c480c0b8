package dev.bugle.advertiser;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Meters of one thing, which come and go with it. A gauge does not keep alive what it reads. */
final class MeterGroup {

  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> registered = new ArrayList<>();

  /** Nothing yet; all will have these tags. */
  MeterGroup(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  <T> void gauge(
      String name, String description, T source, ToDoubleFunction<T> value, String... more) {
    registered.add(
        Gauge.builder(name, source, value)
            .description(description)
            .tags(tags.and(more))
            .register(registry));
  }

  Counter counter(String name, String description, String... more) {
    Counter counter =
        Counter.builder(name).description(description).tags(tags.and(more)).register(registry);
    registered.add(counter);
    return counter;
  }

  void remove() {
    registered.forEach(registry::remove);
  }
}
