package dev.bugle.it;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timing that is changed while a session is UP, and stays UP (RFC 5880 §6.8.3). */
class BfdTimerChangeTest extends BfdContract {

  private static final BfdTiming SLOWER = BfdTiming.millis(300, 250, 4);
  private static final BfdTiming FASTER = BfdTiming.millis(80, 90, 5);

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerFollowsBugleToSlowerAndToFasterTiming(BfdKind kind) {
    establish(kind);
    awaitUp(TIMING, TIMING);
    bugle().session().apply(SLOWER.profile().build());
    awaitUp(SLOWER, TIMING);
    bugle().session().apply(FASTER.profile().build());
    awaitUp(FASTER, TIMING);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bugleFollowsTheRouterToSlowerAndToFasterTiming(BfdKind kind) {
    establish(kind);
    awaitUp(TIMING, TIMING);
    router().retime(SLOWER);
    awaitUp(TIMING, SLOWER);
    router().retime(FASTER);
    awaitUp(TIMING, FASTER);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bothChangeAtOnceAndAgree(BfdKind kind) {
    establish(kind);
    awaitUp(TIMING, TIMING);
    bugle().session().apply(SLOWER.profile().build());
    router().retime(FASTER);
    awaitUp(SLOWER, FASTER);
    bugle().session().apply(FASTER.profile().build());
    router().retime(SLOWER);
    awaitUp(FASTER, SLOWER);
    assertNeverDown();
  }
}
