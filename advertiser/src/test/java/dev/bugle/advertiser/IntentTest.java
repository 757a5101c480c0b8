package dev.bugle.advertiser;

import static dev.bugle.advertiser.leadership.Leadership.held;
import static dev.bugle.advertiser.leadership.Leadership.lost;
import static dev.bugle.advertiser.leadership.Leadership.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.bgp.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntentTest {

  private static final Vip A = new Vip(Route.to("203.0.113.1/32").build(), "a");
  private static final Vip B = new Vip(Route.to("203.0.113.2/32").build(), "b");
  private static final Leadership FOREVER = held(Long.MAX_VALUE, 0, "always");

  private static Intent decide(Leadership a, long now) {
    return Intent.decide(List.of(A), Map.of("a", a), false, now);
  }

  @Test
  void aHeldLeadershipIsAnnouncedUntilItRunsOut() {
    assertThat(decide(held(100, 0, "lock"), 99).routes()).containsExactly(A.route());
    assertThat(decide(held(100, 0, "lock"), 99).validUntil()).isEqualTo(100);
    assertThat(decide(held(100, 0, "lock"), 100).routes()).isEmpty();
    assertThat(decide(held(100, 0, "lock"), 101).routes()).isEmpty();
    assertThat(decide(FOREVER, Long.MAX_VALUE - 1).routes()).containsExactly(A.route());
  }

  @Test
  void nothingElseIsAnnounced() {
    assertThat(decide(waiting(0, "held by process 1"), 1).routes()).isEmpty();
    assertThat(decide(lost(0, "removed"), 1).routes()).isEmpty();
    assertThat(Intent.decide(List.of(A), Map.of(), false, 1).routes()).isEmpty();
    assertThat(Intent.decide(List.of(A), Map.of("a", FOREVER), true, 1).routes()).isEmpty();
  }

  @Test
  void everyDecisionHasItsReason() {
    assertThat(decide(FOREVER, 1).decisions()).containsExactly(new VipDecision(A, true, "always"));
    assertThat(decide(held(1, 0, "lock"), 1).decisions())
        .containsExactly(
            new VipDecision(A, false, "leadership ran out without being confirmed: lock"));
    assertThat(decide(waiting(0, "held by process 1"), 1).decisions())
        .containsExactly(new VipDecision(A, false, "held by process 1"));
    assertThat(Intent.decide(List.of(A), Map.of(), false, 1).decisions())
        .containsExactly(new VipDecision(A, false, "leadership a is unknown"));
    assertThat(Intent.decide(List.of(A), Map.of("a", FOREVER), true, 1).decisions())
        .containsExactly(new VipDecision(A, false, "stopping"));
  }

  @Test
  void vipsAreDecidedEachForItself() {
    Intent intent =
        Intent.decide(
            List.of(A, B), Map.of("a", held(50, 0, "x"), "b", held(100, 0, "y")), false, 50);

    assertThat(intent.routes()).containsExactly(B.route());
    assertThat(intent.validUntil()).isEqualTo(100);
  }
}
