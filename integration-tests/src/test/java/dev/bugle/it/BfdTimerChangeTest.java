package dev.bugle.it;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Timing that is changed while a session is UP, and stays UP (RFC 5880 §6.8.3): also to an interval
 * at which the other side would have given up, had it not been told before.
 */
class BfdTimerChangeTest extends BfdContract {

  private static final BfdTiming USUAL = BfdTiming.millis(80, 80, 10);
  private static final BfdTiming SLOWER = BfdTiming.millis(1200, 1150, 4);
  private static final BfdTiming FASTER = BfdTiming.millis(70, 75, 12);

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerFollowsBugleToSlowerAndToFasterTiming(BfdKind kind) {
    establish(kind, USUAL);
    awaitUp(USUAL, USUAL);
    bugle().session().apply(SLOWER.profile().build());
    awaitUp(SLOWER, USUAL);
    bugle().session().apply(FASTER.profile().build());
    awaitUp(FASTER, USUAL);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bugleFollowsTheRouterToSlowerAndToFasterTiming(BfdKind kind) {
    establish(kind, USUAL);
    awaitUp(USUAL, USUAL);
    router().retime(SLOWER);
    awaitUp(USUAL, SLOWER);
    router().retime(FASTER);
    awaitUp(USUAL, FASTER);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bothChangeAtOnceAndAgree(BfdKind kind) {
    establish(kind, USUAL);
    awaitUp(USUAL, USUAL);
    bugle().session().apply(SLOWER.profile().build());
    router().retime(FASTER);
    awaitUp(SLOWER, FASTER);
    bugle().session().apply(FASTER.profile().build());
    router().retime(SLOWER);
    awaitUp(FASTER, SLOWER);
    assertNeverDown();
  }
}
