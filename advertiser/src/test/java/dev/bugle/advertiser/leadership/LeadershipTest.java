package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.leadership.Leadership.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LeadershipTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # state   until now  held   release
          WAITING,  0,    5,   false, false
          HELD,     10,   9,   true,  false
          HELD,     10,   10,  false, true
          HELD,     10,   11,  false, true
          YIELDING, 10,   9,   true,  true
          YIELDING, 10,   10,  false, true
          LOST,     0,    5,   false, true
          """)
  void eachStateSaysWhetherItIsHeldAndWaitsForItsRelease(
      State state, long until, long now, boolean held, boolean release) {
    Leadership leadership = new Leadership(state, until, 0, "");
    assertThat(leadership.isHeldAt(now)).isEqualTo(held);
    assertThat(leadership.needsReleaseAt(now)).isEqualTo(release);
    assertThat(leadership.isYielding()).isEqualTo(state == State.YIELDING);
    assertThat(leadership.isHeldAt(0) || leadership.needsReleaseAt(0))
        .isEqualTo(state != State.WAITING);
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING", "LOST"})
  void whatIsNotHeldHasNoEnd(State state) {
    assertThatThrownBy(() -> new Leadership(state, 1, 0, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(state.name());
  }
}
