package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In virtual time. */
class RepetitionsTest {

  private final Repetitions repetitions = new Repetitions();

  private long after(long seconds, String what) {
    return repetitions.happened(what, TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void theFirstIsToldAtOnce() {
    assertThat(repetitions.happened("refused", Long.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void theSameIsToldOnceInTenSecondsWithItsNumber() {
    assertThat(after(0, "refused")).isEqualTo(1);
    assertThat(after(1, "refused")).isZero();
    assertThat(after(9, "refused")).isZero();
    assertThat(after(10, "refused")).isEqualTo(3);
    assertThat(after(19, "refused")).isZero();
    assertThat(after(40, "refused")).isEqualTo(2);
  }

  @Test
  void anotherIsToldAtOnceAndCountsAnew() {
    assertThat(after(0, "refused")).isEqualTo(1);
    assertThat(after(1, "refused")).isZero();
    assertThat(after(2, "collision")).isEqualTo(1);
    assertThat(after(3, "collision")).isZero();
    assertThat(after(4, "refused")).isEqualTo(1);
  }
}
