package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program exports, as Prometheus sees it. */
@Timeout(60)
class ProgramMetersTest {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final ProgramMeters meters = new ProgramMeters("1.2.3");

  private static AdvertiserConfig config() {
    return AdvertiserConfig.builder(SpeakerConfig.builder(65000, "192.0.2.254").build())
        .peers(Neighbor.of(PeerConfig.builder("127.0.0.2", 65001).passive(true).build()))
        .vips(new Vip(Route.to("203.0.113.1/32").build(), Vip.ALWAYS))
        .build();
  }

  private static final List<String> OF_WHAT_IS_NOT_HERE =
      List.of("bfd.", "advertiser.health.", "advertiser.source.", "kubernetes.");

  /** The first column of every table of meters. */
  private static Set<String> documented() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "metrics.md"))) {
      if (line.matches("\\| `[a-z]+(\\.[a-z.]+)` \\| (gauge|counter|timer) \\|.*")) {
        names.add(line.substring(3, line.indexOf('`', 3)));
      }
    }
    return names;
  }

  private Set<String> exported() {
    Set<String> names = new TreeSet<>();
    for (Meter meter : meters.registry().getMeters()) {
      names.add(meter.getId().getName());
    }
    return names;
  }

  @Test
  void theDocumentTellsOfEveryMeterOfTheProgramAndOfNoOther() throws IOException {
    try (Advertiser advertiser = Advertiser.start(config(), Map.of(), meters.registry())) {
      assertThat(advertiser.status().vips()).hasSizeLessThan(2);
      // The first decision registers those of leaderships and VIPs.
      Eventually.is(() -> exported().contains("advertiser.vip.reason"), this::exported);
      Set<String> expected = documented();
      // Without BFD, checks and sources there are none of theirs; other tests look at those.
      expected.removeIf(name -> OF_WHAT_IS_NOT_HERE.stream().anyMatch(name::startsWith));
      assertThat(exported()).isEqualTo(expected);
    }
  }

  @Test
  void prometheusCanReadIt() {
    assertThat(meters.scrape(TEXT))
        .contains("bugle_info{java=", "version=\"1.2.3\"} 1")
        .containsPattern("process_resident_memory_bytes [1-9]")
        .containsPattern("process_cpu_seconds_total [0-9]")
        .containsPattern("process_start_time_seconds 1")
        .doesNotContain("# EOF");
    assertThat(meters.scrape(OPEN_METRICS)).endsWith("# EOF\n");
  }
}
