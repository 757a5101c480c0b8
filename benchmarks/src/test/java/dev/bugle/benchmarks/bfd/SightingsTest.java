package dev.bugle.benchmarks.bfd;

import static dev.bugle.benchmarks.bfd.Packets.down;
import static dev.bugle.benchmarks.bfd.Packets.up;
import static dev.bugle.benchmarks.bfd.Packets.upButSlow;
import static dev.bugle.benchmarks.bfd.Packets.upWithPoll;
import static dev.bugle.benchmarks.bfd.Side.CONTENDER;
import static dev.bugle.benchmarks.bfd.Side.NEIGHBOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is concluded from the packets of a session. */
class SightingsTest {

  private final Steady steady = new Steady(Packets.TIMING);

  /** Both sides send so many, every 40 ms from the start on. */
  private static List<Sighting> upFor(int packets) {
    List<Sighting> sightings = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      sightings.add(up(i * 40L, CONTENDER));
      sightings.add(up(i * 40L + 10, NEIGHBOUR));
    }
    return sightings;
  }

  @Test
  void aSessionIsSteadyWhenBothSidesHaveSentEnoughPackets() {
    assertThat(steady.test(List.of())).isFalse();
    assertThat(steady.test(upFor(7))).isFalse();
    assertThat(steady.test(upFor(8))).isTrue();
  }

  @Test
  void aSessionIsNotSteadyWhileItsTimesChange() {
    for (Sighting unsettled :
        List.of(upWithPoll(330, NEIGHBOUR), upButSlow(330, CONTENDER), down(330, NEIGHBOUR))) {
      List<Sighting> sightings = upFor(8);
      sightings.add(unsettled);
      assertThat(steady.test(sightings)).isFalse();
    }
  }

  @Test
  void detectionTakesFromTheLastPacketOfTheNeighbourToTheDownOfTheContender() {
    List<Sighting> sightings =
        List.of(
            down(0, CONTENDER), // of an earlier trial
            up(100, NEIGHBOUR),
            up(200, CONTENDER),
            up(220, CONTENDER),
            down(251, CONTENDER),
            down(900, NEIGHBOUR));
    assertThat(DetectionTime.silentBeforeDown(sightings, 2)).hasValue(151_000_000);
    assertThat(DetectionTime.silentBeforeDown(sightings.subList(0, 4), 2)).isEmpty();
  }

  @Test
  void aDownIsCountedOnceForTheSideThatSaysSoFirst() {
    DownCount count =
        DownCount.within(
            0,
            10_000_000_000L,
            Packets.TIMING,
            List.of(
                up(0, CONTENDER),
                up(10, NEIGHBOUR),
                down(170, CONTENDER),
                down(171, NEIGHBOUR),
                up(500, NEIGHBOUR),
                up(510, CONTENDER),
                up(550, CONTENDER),
                down(700, NEIGHBOUR)));
    assertThat(count.of(CONTENDER)).isOne();
    assertThat(count.of(NEIGHBOUR)).isOne();
    assertThat(count.total()).isEqualTo(2);
  }

  @Test
  void gapsAreCountedWhileTheSessionIsUp() {
    DownCount count =
        DownCount.within(
            0,
            10_000_000_000L,
            Packets.TIMING,
            List.of(
                up(0, CONTENDER),
                up(10, NEIGHBOUR),
                up(30, NEIGHBOUR),
                down(170, CONTENDER),
                down(900, NEIGHBOUR)));
    assertThat(count.longestGap(CONTENDER)).isEqualTo(170_000_000);
    assertThat(count.longestGap(NEIGHBOUR)).isEqualTo(140_000_000);
  }

  @Test
  void onlyTheTimeThatIsAskedForCounts() {
    List<Sighting> sightings =
        List.of(up(0, CONTENDER), up(10, NEIGHBOUR), up(90, CONTENDER), down(170, CONTENDER));
    assertThat(DownCount.within(100_000_000, 200_000_000, Packets.TIMING, sightings).total())
        .isOne();
    assertThat(DownCount.within(0, 160_000_000, Packets.TIMING, sightings).total()).isZero();
    assertThat(DownCount.within(180_000_000, 200_000_000, Packets.TIMING, sightings).total())
        .isZero();
  }

  @Test
  void theSlowPacketsOfASessionThatHasJustComeUpAreNoGap() {
    DownCount count =
        DownCount.within(
            0,
            10_000_000_000L,
            Packets.TIMING,
            List.of(
                up(0, CONTENDER),
                upButSlow(10, NEIGHBOUR),
                up(40, CONTENDER),
                up(900, NEIGHBOUR),
                up(940, CONTENDER),
                up(945, NEIGHBOUR)));
    assertThat(count.longestGap(NEIGHBOUR)).isEqualTo(45_000_000);
  }
}
