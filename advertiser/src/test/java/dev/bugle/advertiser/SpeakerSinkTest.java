package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpeakerSinkTest {

  private static final Route A = Route.to("203.0.113.1/32").build();
  private static final Route B = Route.to("203.0.113.2/32").build();

  private static Map<String, Advertisement> all(Route... routes) {
    Map<String, Advertisement> all = new LinkedHashMap<>();
    for (Route route : routes) {
      all.put(route.prefix().toString(), new Advertisement(route, RoutePolicy.ACCEPT_ALL));
    }
    return all;
  }

  @Test
  void onlyDifferencesReachTheRouterAndAReplacementLeavesNoGap() throws Exception {
    try (WitnessRouter router = new WitnessRouter();
        BgpSpeaker speaker = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      SpeakerSink sink = new SpeakerSink(speaker, () -> {});
      sink.set(all(A));
      speaker.peer(router.asPeer());
      assertThat(router.see(2)).containsExactly("up", "+203.0.113.1/32");

      sink.set(all(A, B));
      assertThat(router.see(1)).containsExactly("+203.0.113.2/32");

      sink.set(all(A, Route.to("203.0.113.2/32").med(20).build()));
      assertThat(router.see(1)).containsExactly("+203.0.113.2/32 MED 20");

      sink.set(all(A)).get("203.0.113.2/32").toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(router.see(1)).containsExactly("-203.0.113.2/32");

      sink.set(all());
      assertThat(router.see(1)).containsExactly("-203.0.113.1/32");
    }
  }
}
