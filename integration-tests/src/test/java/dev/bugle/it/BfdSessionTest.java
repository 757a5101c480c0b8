package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How sessions come up, and what both sides then keep to. */
class BfdSessionTest extends BfdContract {

  private static final BfdTiming OF_BUGLE = BfdTiming.millis(100, 160, 3);
  private static final BfdTiming OF_ROUTER = BfdTiming.millis(140, 120, 4);

  static Stream<Arguments> routersAndFamilies() {
    return Stream.of(BfdKind.values())
        .flatMap(
            kind -> Stream.of(BfdPath.Family.values()).map(family -> Arguments.of(kind, family)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("routersAndFamilies")
  void bothSidesKeepToTheTimingThatFollowsFromBothConfigurations(
      BfdKind kind, BfdPath.Family family) {
    BfdPath path = BfdPath.over(machine(), family);
    startBugle(BugleBfd.start(path, OF_BUGLE.profile().build()));
    startRouter(kind, BfdPeering.active(path, OF_ROUTER));

    awaitUp(OF_BUGLE, OF_ROUTER);

    assertThat(bugle().status().diagnostic()).isEqualTo(Diagnostic.NONE);
    assertThat(bugle().status().remote().orElseThrow().state()).isEqualTo(State.UP);
    assertThat(bugle().status().remote().orElseThrow().yourDiscriminator())
        .isEqualTo(bugle().status().localDiscriminator());
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void passiveBugleAnswersARouterThatBegins(BfdKind kind) {
    BfdPath path = ipv4();
    startBugle(BugleBfd.start(path, TIMING.profile().passive(true).build()));
    assertThat(bugle().status().counters().sent()).isZero();
    startRouter(kind, BfdPeering.active(path, TIMING));
    awaitUp(TIMING, TIMING);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void passiveRouterAnswersBugleThatBegins(BfdKind kind) {
    BfdPath path = ipv4();
    startRouter(kind, BfdPeering.active(path, TIMING).waiting());
    startBugle(BugleBfd.start(path, TIMING.profile().build()));
    awaitUp(TIMING, TIMING);
  }
}
