package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.capability.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The least and the greatest of what a session can be configured with, and one more of each. */
class SessionBoundsTest {

  private static final Duration HALF = Duration.ofMillis(500);

  @Test
  void aHoldTimeIsNeverOrThreeSecondsOrMore() {
    Function<Duration, SessionTimes> times =
        hold -> new SessionTimes(hold, Optional.empty(), Duration.ofSeconds(1));
    admits(times, 0, 3, 90, 65535);
    refuses(times, "hold time", -1, 1, 2, 65536);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> times.apply(Duration.ofSeconds(3).plus(HALF)))
        .withMessageContaining("PT3.5S");
  }

  @Test
  void aSendHoldTimeIsForeverOrLongerThanTheHoldTime() {
    Function<Duration, SessionTimes> times =
        sendHold ->
            new SessionTimes(Duration.ofSeconds(90), Optional.of(sendHold), Duration.ofSeconds(1));
    admits(times, 0, 91, 480);
    refuses(times, "send hold time", -1, 1, 89, 90);
  }

  @Test
  void theLongestPauseBetweenAttemptsIsPositive() {
    Function<Duration, SessionTimes> times =
        pause -> new SessionTimes(Duration.ofSeconds(90), Optional.empty(), pause);
    admits(times, 1, 3600);
    refuses(times, "connect retry", -1, 0);
  }

  @Test
  void aRestartTimeHasTwelveBits() { // RFC 4724 §3
    Function<Duration, GracefulRestart> restart = time -> new GracefulRestart(time, false);
    admits(restart, 0, 1, 4095);
    refuses(restart, "restart time", -1, 4096);
    assertThatIllegalArgumentException().isThrownBy(() -> restart.apply(HALF));
  }

  @Test
  void aStaleTimeHasTwentyFourBits() { // RFC 9494 §3.1
    Duration any = Duration.ofSeconds(1);
    List<Function<Duration, RouteRetention>> components =
        List.of(
            time -> new RouteRetention(time, any, any, false),
            time -> new RouteRetention(any, time, any, false),
            time -> new RouteRetention(any, any, time, false));
    for (Function<Duration, RouteRetention> component : components) {
      admits(component, 0, 1, 0xFFFFFF);
      refuses(component, "0 to 16777215 whole seconds", -1, 0x1000000);
      assertThatIllegalArgumentException().isThrownBy(() -> component.apply(HALF));
    }
  }

  @Test
  void routesAreMarkedByThoseFromWhomTheyGoDownwards() { // RFC 9234 §5
    Set<Role> marking = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (new LocalRole(role, false).marksRoutes()) {
        marking.add(role);
      }
    }
    assertThat(marking).containsExactlyInAnyOrder(Role.PROVIDER, Role.PEER, Role.RS);
  }

  @Test
  void aPeerIsInTheAsThatIsMeant() {
    for (RemoteAs exactly : List.of(RemoteAs.of(65000), new RemoteAs.Member(65000))) {
      assertThat(exactly.admits(65001, 65000)).isTrue();
      assertThat(exactly.admits(65001, 65001)).isFalse();
    }
    assertThat(RemoteAs.Relation.INTERNAL.admits(65001, 65001)).isTrue();
    assertThat(RemoteAs.Relation.INTERNAL.admits(65001, 65000)).isFalse();
    assertThat(RemoteAs.Relation.EXTERNAL.admits(65001, 65000)).isTrue();
    for (long refused : new long[] {0, 23456, 65001}) {
      assertThat(RemoteAs.Relation.EXTERNAL.admits(65001, refused)).isFalse();
    }
  }

  @Test
  void aMemberOfOurConfederationIsAnotherAsAndNotOutside() { // RFC 5065 §4
    RemoteAs member = new RemoteAs.Member(65002);
    assertThat(member.isExternal(65001)).isTrue();
    assertThat(member.isOutside(65001)).isFalse();
    assertThat(member).hasToString("member AS 65002");
    assertThat(RemoteAs.of(65002).isOutside(65001)).isTrue();
    assertThat(RemoteAs.of(65001).isOutside(65001)).isFalse();
  }

  private static <T> void admits(Function<Duration, T> value, long... seconds) {
    for (long each : seconds) {
      assertThat(value.apply(Duration.ofSeconds(each))).as("%d s", each).isNotNull();
    }
  }

  private static <T> void refuses(Function<Duration, T> value, String message, long... seconds) {
    for (long each : seconds) {
      assertThatIllegalArgumentException()
          .as("%d s", each)
          .isThrownBy(() -> value.apply(Duration.ofSeconds(each)))
          .withMessageContaining(message)
          .withMessageContaining(Duration.ofSeconds(each).toString());
    }
  }
}
