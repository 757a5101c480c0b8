package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.Ipv6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 4861 §6.2.4, in virtual time. */
class LinkWatchTest {

  private static final long BEGINNING = Long.MAX_VALUE - 5; // the clock may pass its end
  private static final Ipv6Address ROUTER = Ipv6Address.parse("fe80::2");
  private static final Ipv6Address OTHER = Ipv6Address.parse("fe80::3");

  private final LinkWatch watch = new LinkWatch(BEGINNING);

  private static long at(int seconds) {
    return BEGINNING + Duration.ofSeconds(seconds).toNanos();
  }

  /** The seconds of the rounds, if they are made as they become due. */
  private List<Integer> rounds(int from, int to) {
    List<Integer> rounds = new ArrayList<>();
    for (int second = from; second <= to; second++) {
      if (watch.isDue(at(second))) {
        watch.madeRound(at(second));
        rounds.add(second);
      }
    }
    return rounds;
  }

  @Test
  void threeRoundsComeSoonAndThenOneEveryTenSeconds() {
    assertThat(rounds(0, 40)).containsExactly(0, 3, 6, 16, 26, 36);
  }

  @Test
  void aRouterThatIsNewHearsOfUsThreeSecondsAfterTheLastRoundAtTheEarliest() {
    assertThat(rounds(0, 7)).containsExactly(0, 3, 6);
    assertThat(watch.heard(ROUTER, at(7))).isTrue();
    assertThat(watch.router()).contains(ROUTER);
    assertThat(rounds(7, 20)).containsExactly(9, 19);
    assertThat(watch.heard(ROUTER, at(21))).isTrue();
    assertThat(rounds(21, 30)).containsExactly(29);
    assertThat(watch.heard(OTHER, at(31))).isTrue();
    assertThat(watch.router()).contains(OTHER);
    assertThat(rounds(31, 50)).containsExactly(32, 42);
  }

  @Test
  void whatComesWithinASecondOfAnotherCountsForNothing() {
    assertThat(watch.heard(ROUTER, at(0))).isTrue();
    assertThat(watch.heard(OTHER, at(1) - 1)).isFalse();
    assertThat(watch.router()).contains(ROUTER);
    assertThat(watch.heard(OTHER, at(1))).isTrue();
    assertThat(watch.router()).contains(OTHER);
  }
}
