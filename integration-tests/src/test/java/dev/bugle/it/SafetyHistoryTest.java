package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker finds what is wrong with a history, and nothing where nothing is. */
class SafetyHistoryTest {

  private static final SafetyHistory.Bounds BOUNDS = new SafetyHistory.Bounds(10, 50);
  private static final long NOW = 1000;

  private static Standing route(String node, long from, long until) {
    return new Standing(node, from, until);
  }

  private static Tenure lease(String node, long from, long until) {
    return new Tenure(node, from, until, true);
  }

  private static Fault fault(long from, long until, boolean mute, long gap) {
    Duration unheard = Duration.ofNanos(mute ? 100 : 0);
    return new Fault("something", "A", from, until, unheard, Duration.ofNanos(gap));
  }

  private static List<String> broken(
      List<Standing> standings, List<Tenure> tenures, List<Fault> faults) {
    return new SafetyHistory(standings, tenures, faults, BOUNDS, NOW)
        .violations().stream().map(SafetyHistory.Finding::promise).toList();
  }

  @Test
  void aHandoverInOrderIsNothing() {
    assertThat(
            broken(
                List.of(route("A", 5, 200), route("B", 205, Long.MAX_VALUE)),
                List.of(lease("A", 1, 195), lease("B", 202, 2000)),
                List.of()))
        .isEmpty();
  }

  @Test
  void aRouteThatOutlivesItsLeaseIsFound() {
    List<Tenure> tenures = List.of(lease("A", 1, 195), lease("B", 202, 2000));
    Standing next = route("B", 205, Long.MAX_VALUE);
    assertThat(broken(List.of(route("A", 5, 205), next), tenures, List.of())).isEmpty();
    assertThat(broken(List.of(route("A", 5, 206), next), tenures, List.of()))
        .containsExactly("a route of A without its lease");
    assertThat(broken(List.of(route("A", 5, Long.MAX_VALUE), next), tenures, List.of()))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void aNodeThatTheRouterDoesNotHearIsGivenTheHoldTimeAndNotMore() {
    List<Tenure> tenures = List.of(lease("A", 1, 195), lease("B", 202, 2000));
    Standing next = route("B", 205, Long.MAX_VALUE);
    List<Fault> stopped = List.of(fault(150, 900, true, 0));
    assertThat(broken(List.of(route("A", 5, 260), next), tenures, stopped)).isEmpty();
    assertThat(broken(List.of(route("A", 5, 261), next), tenures, stopped))
        .containsExactly("a route of A without its lease");
    List<Fault> resumed = List.of(fault(150, 220, true, 0));
    assertThat(broken(List.of(route("A", 5, 230), next), tenures, resumed)).isEmpty();
    assertThat(broken(List.of(route("A", 5, 231), next), tenures, resumed))
        .containsExactly("a route of A without its lease");
    List<Fault> speaks = List.of(fault(150, 900, false, 0));
    assertThat(broken(List.of(route("A", 5, 230), next), tenures, speaks))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void theSilenceOfAnotherNodeExcusesNothing() {
    Fault ofB = new Fault("something", "B", 150, 900, Duration.ofNanos(100), Duration.ZERO);
    assertThat(
            broken(
                List.of(route("A", 5, 260), route("B", 261, Long.MAX_VALUE)),
                List.of(lease("A", 1, 195), lease("B", 202, 2000)),
                List.of(ofB)))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void aRouteBeforeItsLeaseIsFound() {
    assertThat(
            broken(List.of(route("A", 5, Long.MAX_VALUE)), List.of(lease("A", 6, 2000)), List.of()))
        .containsExactly("a route of A without its lease");
    assertThat(
            broken(
                List.of(route("A", 5, Long.MAX_VALUE)),
                List.of(lease("A", 1, 20), lease("A", 29, 2000)),
                List.of()))
        .isEmpty();
    assertThat(
            broken(
                List.of(route("A", 5, Long.MAX_VALUE)),
                List.of(lease("A", 1, 20), lease("A", 31, 2000)),
                List.of()))
        .containsExactly("a route of A without its lease");
    assertThat(
            broken(
                List.of(route("A", 25, Long.MAX_VALUE)),
                List.of(lease("A", 1, 20), lease("A", 30, 2000)),
                List.of()))
        .as("it was on its way")
        .isEmpty();
    assertThat(
            broken(
                List.of(route("A", 30, Long.MAX_VALUE)),
                List.of(lease("A", 1, 20), lease("A", 31, 2000)),
                List.of()))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void aRouteWithoutAnyLeaseIsFoundWhereLeasesAreKnown() {
    List<Standing> ofA = List.of(route("A", 5, Long.MAX_VALUE));
    assertThat(broken(ofA, List.of(), List.of())).isEmpty();
    assertThat(broken(ofA, List.of(lease("B", 1, 2)), List.of()))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void whatWasInferredFromOneRouteSaysNothingOfTheNext() {
    Tenure guessed = new Tenure("A", 5, 100, false);
    assertThat(
            broken(
                List.of(route("A", 5, 110), route("A", 115, Long.MAX_VALUE)),
                List.of(guessed),
                List.of()))
        .isEmpty();
    assertThat(
            broken(
                List.of(route("A", 5, 111), route("A", 115, Long.MAX_VALUE)),
                List.of(guessed),
                List.of()))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void twoLeadersAreFoundThoughTheRouterSeesOne() {
    assertThat(
            broken(
                List.of(route("A", 5, Long.MAX_VALUE)),
                List.of(lease("A", 1, 2000), lease("B", 500, 501)),
                List.of()))
        .containsExactly("A and B lead");
    Tenure guessed = new Tenure("B", 500, 501, false);
    assertThat(
            broken(
                List.of(route("A", 5, Long.MAX_VALUE)),
                List.of(lease("A", 1, 2000), guessed),
                List.of()))
        .isEmpty();
  }

  @Test
  void amongThreeNodesEachPairIsLookedAt() {
    List<Standing> routes =
        List.of(route("A", 5, 200), route("B", 205, 400), route("C", 405, Long.MAX_VALUE));
    assertThat(
            broken(
                routes,
                List.of(lease("A", 1, 195), lease("B", 202, 395), lease("C", 402, 2000)),
                List.of()))
        .isEmpty();
    assertThat(
            broken(
                routes,
                List.of(lease("A", 1, 195), lease("B", 202, 404), lease("C", 402, 2000)),
                List.of()))
        .containsExactly("B and C lead");
    assertThat(
            broken(
                List.of(route("A", 5, 411), route("B", 205, 400), route("C", 400, Long.MAX_VALUE)),
                List.of(lease("A", 1, 195), lease("B", 202, 395), lease("C", 400, 2000)),
                List.of()))
        .containsExactly("a route of A without its lease");
  }

  @Test
  void twoRoutesOfWhichNeitherNodeIsKnownToHaveLostAreFound() {
    Standing a = route("A", 5, 300);
    assertThat(broken(List.of(a, route("B", 290, Long.MAX_VALUE)), List.of(), List.of())).isEmpty();
    assertThat(broken(List.of(a, route("B", 289, Long.MAX_VALUE)), List.of(), List.of()))
        .containsExactly("two routes");
  }

  @Test
  void aGapIsAllowedWhatItsFaultAllows() {
    List<Standing> gap = List.of(route("A", 5, 200), route("B", 240, Long.MAX_VALUE));
    assertThat(broken(gap, List.of(), List.of())).containsExactly("no route, for nothing");
    assertThat(broken(gap, List.of(), List.of(fault(150, 160, false, 40)))).isEmpty();
    assertThat(broken(gap, List.of(), List.of(fault(150, 160, false, 39)))).hasSize(1);
    assertThat(broken(gap, List.of(), List.of(fault(100, 149, false, 40))))
        .as("it was over too long ago")
        .containsExactly("no route, for nothing");
    assertThat(broken(gap, List.of(), List.of(fault(241, 250, false, 40))))
        .as("it came later")
        .containsExactly("no route, for nothing");
  }

  @Test
  void aGapWithoutAnEndIsFound() {
    assertThat(broken(List.of(route("A", 5, 200)), List.of(), List.of(fault(199, 990, true, 100))))
        .containsExactly("no route, something of A");
    assertThat(broken(List.of(route("A", 5, 995)), List.of(), List.of())).isEmpty();
  }

  @Test
  void theWorstIsTold() {
    SafetyHistory history =
        new SafetyHistory(
            List.of(route("A", 5, 200), route("B", 203, 300), route("A", 307, Long.MAX_VALUE)),
            List.of(),
            List.of(),
            BOUNDS,
            NOW);
    assertThat(history.worst("no route")).isEqualTo(7);
    assertThat(history.worst("two routes")).isZero();
  }
}
