package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.plugin.ScriptedSource;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a change of one VIP costs where a source has a thousand. */
@Timeout(120)
class SourceScaleTest {

  private static final int VIPS = 1000;
  private static final int CHANGES = Integer.getInteger("bugle.scale.changes", 60);
  private static final Standing READY = Standing.allows("ready", 0, "ready");

  /** What is measured is printed; the limit is one that a busy machine keeps, too. */
  @Test
  void oneOfAThousandIsWithdrawnAndAnnouncedWithoutDelay() throws Exception {
    ScriptedSource source = new ScriptedSource();
    try (WitnessRouter router = new WitnessRouter()) {
      AdvertiserConfig config =
          AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
              .peers(Neighbor.of(router.asPeer()))
              .source("s", source)
              .build();
      try (Advertiser unused = Advertiser.start(config, Map.of(), new SimpleMeterRegistry())) {
        List<SourcedVip> vips = new ArrayList<>();
        for (int i = 0; i < VIPS; i++) {
          vips.add(vip(i, READY));
        }
        long begin = System.nanoTime();
        source.state(SourcedVips.of(vips));
        router.see(VIPS + 1);
        long all = System.nanoTime() - begin;
        long[] nanos = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
          int which = i / 2 % VIPS;
          boolean withdraws = i % 2 == 0;
          vips.set(
              which, vip(which, withdraws ? Standing.forbids("none", i, "no endpoint") : READY));
          SourcedVips wanted = SourcedVips.of(vips);
          long start = System.nanoTime();
          source.state(wanted);
          assertThat(router.see(1)).containsExactly((withdraws ? "-" : "+") + prefix(which));
          nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos, CHANGES / 3, CHANGES); // The first ones warm up.
        long median = nanos[CHANGES / 3 + (CHANGES - CHANGES / 3) / 2];
        System.out.printf(
            "%d VIPs announced in %.0f ms; one changed, until the router has the UPDATE: p50 %.2f"
                + " ms, p90 %.2f ms, max %.2f ms%n",
            VIPS,
            all / 1e6,
            median / 1e6,
            nanos[CHANGES / 3 + (CHANGES - CHANGES / 3) * 9 / 10] / 1e6,
            nanos[CHANGES - 1] / 1e6);
        assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(500));
      }
    }
  }

  private static String prefix(int i) {
    return "203.0." + (i >> 8) + "." + (i & 255) + "/32";
  }

  private static SourcedVip vip(int i, Standing standing) {
    return new SourcedVip(
        new Vip(
            "default/web-" + i,
            Route.to(prefix(i)).communities("65001:100").build(),
            VipAudience.ALL,
            Needs.leadership(Vip.ALWAYS),
            Duration.ZERO),
        standing);
  }
}
