package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.ManualTicker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlwaysElectorTest {

  private final ManualTicker ticker = new ManualTicker();
  private final AlwaysElector elector = new AlwaysElector(ticker);
  private final AtomicInteger told = new AtomicInteger();

  private State state() {
    return elector.leadership().state();
  }

  @Test
  void leadsForeverOnceItIsBothStartedAndACandidate() {
    elector.stand(true);
    assertThat(state()).isEqualTo(State.WAITING);
    elector.start(told::incrementAndGet);

    assertThat(elector.leadership().isHeldAt(Long.MAX_VALUE - 1)).isTrue();
    assertThat(told).hasValue(1);
  }

  @Test
  void whoIsNoCandidateDoesNotLeadUntilItIsOne() {
    elector.start(told::incrementAndGet);
    assertThat(elector.leadership().reason()).isEqualTo("no candidate");

    elector.stand(true);

    assertThat(state()).isEqualTo(State.HELD);
    assertThat(told).hasValue(2);
  }

  @Test
  void standingNoMoreIsNoReasonToLetGoBeforeItsRelease() {
    elector.stand(true);
    elector.start(told::incrementAndGet);
    elector.stand(false);
    assertThat(state()).isEqualTo(State.HELD);

    elector.release();
    assertThat(state()).isEqualTo(State.WAITING);
    elector.stand(true);
    assertThat(state()).isEqualTo(State.HELD);
  }

  @Test
  void afterItsReleaseItLeadsOnlyWhenMadeACandidateAnew() {
    elector.stand(true);
    elector.start(told::incrementAndGet);
    elector.release();
    elector.stand(true);
    assertThat(state()).isEqualTo(State.WAITING);
  }

  @Test
  void closedItLeadsNoMore() {
    elector.stand(true);
    elector.start(told::incrementAndGet);
    elector.close();
    elector.close();
    elector.stand(false);
    elector.stand(true);
    assertThat(state()).isEqualTo(State.WAITING);
  }
}
