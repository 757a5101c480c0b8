package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How sessions come up, and what both sides then keep to. */
class BfdSessionTest extends BfdContract {

  private static final BfdTiming OF_BUGLE = BfdTiming.millis(100, 160, 20);
  private static final BfdTiming OF_ROUTER = BfdTiming.millis(140, 120, 25);

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
    awaitPace(OF_BUGLE.transmitIntervalTo(OF_ROUTER), OF_ROUTER.transmitIntervalTo(OF_BUGLE));
    assertNeverDown();
  }

  /**
   * Ten packets each way have come at these intervals less their jitter (RFC 5880 §6.8.7). Others
   * before them may have been held up by a busy host.
   */
  private void awaitPace(Duration sent, Duration received) {
    Eventually.see(
        "packets of Bugle at %s, and of the router at %s".formatted(sent, received),
        Deadlines.SESSION,
        this::paceOfTenPackets,
        pace -> keeps(pace.sent(), sent) && keeps(pace.received(), received));
  }

  /** As a mean; one packet more or less may be in the count. */
  private static boolean keeps(Duration seen, Duration interval) {
    double part = (double) seen.toNanos() / interval.toNanos();
    return part > 0.65 && part < 1.12;
  }

  private Pace paceOfTenPackets() {
    long begin = System.nanoTime();
    BfdStatus.Counters before = bugle().status().counters();
    awaitPackets(10);
    BfdStatus.Counters after = bugle().status().counters();
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    return new Pace(
        time.dividedBy(after.sent() - before.sent()),
        time.dividedBy(after.received() - before.received()));
  }

  private record Pace(Duration sent, Duration received) {}

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void passiveBugleAnswersARouterThatBegins(BfdKind kind) {
    BfdPath path = ipv4();
    startBugle(BugleBfd.start(path, STEADY.profile().passive(true).build()));
    assertThat(bugle().status().counters().sent()).isZero();
    startRouter(kind, BfdPeering.active(path, STEADY));
    awaitUp(STEADY, STEADY);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void passiveRouterAnswersBugleThatBegins(BfdKind kind) {
    BfdPath path = ipv4();
    startRouter(kind, BfdPeering.active(path, STEADY).waiting());
    startBugle(BugleBfd.start(path, STEADY.profile().build()));
    awaitUp(STEADY, STEADY);
  }
}
