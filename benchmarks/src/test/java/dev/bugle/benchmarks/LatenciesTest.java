package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static Latencies oneToMillis(int last) {
    return new Latencies(LongStream.rangeClosed(1, last).map(i -> i * 1_000_000).toArray());
  }

  @Test
  void quantilesAreOfTheNearestRank() {
    Latencies latencies = oneToMillis(200);
    assertThat(latencies.quantileMillis(0.5)).isEqualTo(100);
    assertThat(latencies.quantileMillis(0.99)).isEqualTo(198);
    assertThat(latencies.minMillis()).isEqualTo(1);
    assertThat(latencies.maxMillis()).isEqualTo(200);
  }

  @Test
  void aSingleLatencyIsEveryQuantile() {
    Latencies latencies = oneToMillis(1);
    assertThat(latencies.quantileMillis(0)).isEqualTo(1);
    assertThat(latencies.quantileMillis(0.99)).isEqualTo(1);
  }

  @Test
  void theOrderOfTheTrialsDoesNotMatter() {
    Latencies latencies = new Latencies(new long[] {3_000_000, 1_000_000, 2_000_000});
    assertThat(latencies.quantileMillis(0.5)).isEqualTo(2);
  }

  @Test
  void noLatenciesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Latencies(new long[0]));
  }
}
