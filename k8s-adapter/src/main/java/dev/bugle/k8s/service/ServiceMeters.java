package dev.bugle.k8s.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The meters of a source of Services, by the names that docs/metrics.md explains. */
final class ServiceMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final List<Meter> registered = new ArrayList<>();

  /**
   * Registers them.
   *
   * @param source the name of the source
   * @param heard of each kind of object, by its title
   */
  ServiceMeters(MeterRegistry registry, String source, Desk desk, Map<String, Heard> heard) {
    this.registry = registry;
    Tags tags = Tags.of("source", source);
    registered.add(
        Gauge.builder("kubernetes.services", desk, Desk::size)
            .description("Services that are ours")
            .tags(tags)
            .register(registry));
    registered.add(
        Gauge.builder("kubernetes.services.faulty", desk, Desk::faulty)
            .description("Services of ours that are not announced, since they are not understood")
            .tags(tags)
            .register(registry));
    registered.add(
        FunctionCounter.builder("kubernetes.complaints", desk, Desk::complaints)
            .description("What was found wrong with Services of ours")
            .tags(tags)
            .register(registry));
    heard.forEach((resource, one) -> add(tags.and("resource", resource), one));
  }

  private void add(Tags tags, Heard heard) {
    registered.add(
        Gauge.builder("kubernetes.silence.seconds", heard, one -> one.silence() / 1e9)
            .description("For how long nothing has been heard of the API server")
            .tags(tags)
            .register(registry));
    registered.add(
        FunctionCounter.builder("kubernetes.failures", heard, Heard::failures)
            .description("Lists and watches that have failed")
            .tags(tags)
            .register(registry));
  }

  /** Removes them. */
  @Override
  public void close() {
    registered.forEach(registry::remove);
  }
}
