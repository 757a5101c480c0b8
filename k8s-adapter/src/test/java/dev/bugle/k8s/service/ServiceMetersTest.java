package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.k8s.service.Cluster.Change;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The meters are those that docs/metrics.md tells of, and say what happens. */
class ServiceMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong();
  private final Desk desk = new Desk(new Translation(Readers.config(Optional.empty())));
  private final Heard heard = new Heard(now::get);

  private ServiceMeters meters() {
    return new ServiceMeters(registry, "cluster", desk, Map.of("services", heard));
  }

  private SourcedVips pass(ServiceJson... services) {
    List<Change> changes = new ArrayList<>();
    for (ServiceJson json : services) {
      Service service = Readers.service(json).orElseThrow();
      changes.add(new Change(service.key(), Optional.of(service), Endpoints.NONE));
    }
    return desk.pass(changes, 0, Circumstances.USUAL, new HashSet<>());
  }

  private double value(String name) {
    Meter meter = registry.get(name).meter();
    return meter.measure().iterator().next().getValue();
  }

  @Test
  void theMetersAreThoseOfThePage() throws Exception {
    Map<String, String> shown = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "metrics.md"))) {
      if (line.startsWith("| `kubernetes.")) {
        String[] cells = line.replace("`", "").split("\\s*\\|\\s*", -1);
        assertThat(cells).as(line).hasSize(7);
        List<String> tags = Arrays.stream(cells[4].split(", ", -1)).sorted().toList();
        shown.put(cells[1], cells[2] + " " + tags);
      }
    }
    Map<String, String> there = new TreeMap<>();
    try (ServiceMeters meters = meters()) {
      for (Meter meter : registry.getMeters()) {
        List<String> tags = meter.getId().getTags().stream().map(Tag::getKey).sorted().toList();
        there.put(
            meter.getId().getName(),
            meter.getId().getType().name().toLowerCase(Locale.ROOT) + " " + tags);
      }
    }
    assertThat(there).isEqualTo(shown);
    assertThat(registry.getMeters()).as("gone with the source").isEmpty();
  }

  @Test
  void theyCountServicesAndWhatIsWrongWithThem() {
    try (ServiceMeters meters = meters()) {
      pass(
          ServiceJson.of("good").ip("203.0.113.1"),
          ServiceJson.of("bad").ip("203.0.113.2").annotation("med", "x"));
      assertThat(value("kubernetes.services")).isEqualTo(2);
      assertThat(value("kubernetes.services.faulty")).isEqualTo(1);
      pass(ServiceJson.of("bad").ip("203.0.113.2").annotation("med", "1"));
      assertThat(value("kubernetes.services.faulty")).isZero();
      assertThat(value("kubernetes.complaints")).isEqualTo(1);
    }
  }

  @Test
  void theyTellOfTheSilence() {
    try (ServiceMeters meters = meters()) {
      now.set(3_000_000_000L);
      heard.failed();
      assertThat(value("kubernetes.silence.seconds")).isEqualTo(3);
      assertThat(value("kubernetes.failures")).isEqualTo(1);
      heard.now();
      assertThat(value("kubernetes.silence.seconds")).isZero();
    }
  }
}
