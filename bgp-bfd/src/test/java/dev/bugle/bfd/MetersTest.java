package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.DropReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters are those that docs/metrics.md tells of. */
@Timeout(60)
class MetersTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Name, type and tags of every meter of a speaker with a session. */
  private Map<String, String> registered() {
    Map<String, String> meters = new TreeMap<>();
    try (BfdSpeaker speaker = open()) {
      speaker.session(BfdSessionConfig.singleHop("127.80.9.2").build(), BfdListener.NONE);
      for (Meter meter : registry.getMeters()) {
        Meter.Id id = meter.getId();
        if (id.syntheticAssociation() != null) {
          continue; // the buckets of a timer, which this registry shows as gauges
        }
        List<String> tags = id.getTags().stream().map(Tag::getKey).sorted().toList();
        String type = id.getType().name().toLowerCase(Locale.ROOT);
        meters.put(id.getName(), type + " " + tags);
      }
    }
    return meters;
  }

  private BfdSpeaker open() {
    return BfdSpeaker.open(
        BfdConfig.builder()
            .localAddress("127.80.9.1")
            .realTimePriority(0)
            .meters(registry)
            .build());
  }

  /** The rows of the tables: name, type, unit, tags, meaning. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> meters = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("| `bfd.")) {
        String[] cells = line.replace("`", "").split("\\s*\\|\\s*", -1);
        assertThat(cells).as(line).hasSize(7);
        List<String> tags =
            cells[4].isEmpty()
                ? List.of()
                : Arrays.stream(cells[4].split(", ", -1)).sorted().toList();
        assertThat(meters.put(cells[1], cells[2] + " " + tags)).as("told once").isNull();
        assertThat(cells[5]).as("the meaning of " + cells[1]).isNotEmpty();
      }
    }
    return meters;
  }

  @Test
  void theDocumentTellsOfEveryMeterAndOfNoOther() throws IOException {
    assertThat(documented()).isEqualTo(registered());
  }

  @Test
  void theDocumentTellsOfEveryReason() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (DropReason reason : DropReason.values()) {
      assertThat(text)
          .contains("`" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
    }
  }

  @Test
  void theMetersOfASessionGoWithIt() {
    try (BfdSpeaker speaker = open()) {
      List<Meter> before = registry.getMeters();
      BfdSession session =
          speaker.session(
              BfdSessionConfig.multihop("127.80.9.2", "127.80.9.1").build(), BfdListener.NONE);
      assertThat(registry.get("bfd.session.state").tag("hops", "multi").gauge().value())
          .isBetween(0.0, 1.0);
      assertThat(registry.get("bfd.session.state").tag("local", "127.80.9.1").gauges()).hasSize(1);
      session.close();
      assertThat(registry.getMeters()).containsExactlyInAnyOrderElementsOf(before);
    }
    assertThat(registry.getMeters()).isEmpty();
  }
}
