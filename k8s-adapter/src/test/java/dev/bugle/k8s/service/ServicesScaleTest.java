package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.Eventually;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large clusters. What is measured is printed, for docs/performance.md; the bounds are wide, since
 * the API server is in the same process and the machine may have other work.
 */
class ServicesScaleTest {

  private static final int SERVICES = 1000;
  private static final int SLICES = 5;
  private static final int CHANGES = 100;

  @TempDir private Path dir;
  private final RecordingStage stage = new RecordingStage();

  private VipSource source(ClusterServer server) throws Exception {
    ServicesConfig config =
        Readers.config(Optional.of(server.kubeconfig(dir.resolve("kubeconfig"), "first-token")));
    return new ServicesProvider().create("cluster", config, Ticker.system());
  }

  private static String[] endpoints(int count, String first) {
    return IntStream.range(0, count)
        .mapToObj(i -> i == 0 ? first : "n" + (i + 2) + ":ready")
        .toArray(String[]::new);
  }

  @Test
  void aThousandServicesAreStatedWithinSecondsAndAChangeAtOnce() throws Exception {
    try (ClusterServer server = ClusterServer.open();
        VipSource source = source(server)) {
      for (int i = 0; i < SERVICES; i++) {
        server.service(
            ServiceJson.of("s" + i)
                .local()
                .annotation("communities", "65001:100, no-export")
                .ip("10.1." + i / 250 + "." + (i % 250 + 1)));
        for (int j = 0; j < SLICES; j++) {
          server.slice(
              ServiceJson.slice("s" + i + "-" + j, "s" + i, "IPv4", endpoints(20, "n1:ready")));
        }
      }
      long began = System.nanoTime();
      source.start(stage);
      Eventually.is(() -> stage.sets() > 0, stage::sets);
      long first = System.nanoTime() - began;
      assertThat(stage.values()).hasSize(SERVICES).containsValue("ready");
      assertThat(first).isLessThan(20_000_000_000L);

      Eventually.is(() -> server.count(ClusterServer.Seen::isWatch) >= 2, () -> server.requests);
      long[] times = new long[CHANGES];
      for (int i = 0; i < CHANGES; i++) {
        int sets = stage.sets();
        String state = i % 2 == 0 ? "n1:starting" : "n1:ready";
        long at = System.nanoTime();
        for (int j = 0; j < SLICES; j++) {
          server.slice(ServiceJson.slice("s7-" + j, "s7", "IPv4", endpoints(20, state)));
        }
        String wanted = i % 2 == 0 ? "-no endpoint" : "ready";
        Eventually.is(
            () -> stage.sets() > sets && wanted.equals(stage.values().get("default/s7/10.1.0.8")),
            stage::sets);
        times[i] = stage.lastSet() - at;
      }
      Arrays.sort(times);
      assertThat(times[CHANGES / 2]).isLessThan(500_000_000L);
      System.out.printf(
          "services: %d with %d slices stated after %d ms; a change of %d slices: p50 %.1f ms, p99"
              + " %.1f ms%n",
          SERVICES,
          SERVICES * SLICES,
          first / 1_000_000,
          SLICES,
          times[CHANGES / 2] / 1e6,
          times[CHANGES * 99 / 100] / 1e6);
    }
  }

  @Test
  void servicesOfOthersTakeNoMemory() throws Exception {
    try (ClusterServer server = ClusterServer.open();
        VipSource source = source(server)) {
      server.service(ServiceJson.of("ours").ip("203.0.113.1"));
      for (int i = 0; i < 10_000; i++) {
        server.service(ServiceJson.of("s" + i).spec("loadBalancerClass", "other"));
      }
      long before = usedAfterCollection();
      source.start(stage);
      Eventually.is(() -> stage.sets() > 0, stage::sets);
      Eventually.is(() -> server.count(ClusterServer.Seen::isWatch) >= 2, () -> server.requests);
      server.service(ServiceJson.of("theirs").spec("loadBalancerClass", "other"));
      server.service(ServiceJson.of("ours").ip("203.0.113.2"));
      Eventually.is(() -> stage.values().containsKey("default/ours/203.0.113.2"), stage::values);
      long grown = usedAfterCollection() - before;
      System.out.printf("services: 10,000 of others take %d KiB of the heap%n", grown >> 10);
      assertThat(stage.sets()).as("no work for those of others").isEqualTo(2);
      assertThat(grown).isLessThan(16 << 20);
    }
  }

  private static long usedAfterCollection() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
