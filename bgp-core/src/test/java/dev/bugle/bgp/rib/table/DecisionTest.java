package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.external;
import static dev.bugle.bgp.rib.table.Paths.localPref;
import static dev.bugle.bgp.rib.table.Paths.med;
import static dev.bugle.bgp.rib.table.Paths.path;
import static dev.bugle.bgp.rib.table.Paths.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.table.PathSource.Kind;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {

  private static final Decision STANDARD =
      new Decision(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE);

  private static Optional<LearnedPath> best(Decision decision, LearnedPath... paths) {
    return decision.best(List.of(paths), Optional.empty());
  }

  private static Ipv4Address id(String text) {
    return Ipv4Address.parse(text);
  }

  /** The step, a path that wins in it, and one that loses in it though it wins in all below. */
  static Stream<Arguments> steps() {
    PathSource lower = external(1);
    PathSource higher = external(2);
    return Stream.of(
        Arguments.of(
            DecisionStep.NOT_LLGR_STALE, // RFC 9494 §4.3
            path(higher),
            path(lower, localPref(200), new Communities(List.of(Community.LLGR_STALE)))),
        Arguments.of(
            DecisionStep.LOCAL_PREF, // RFC 4271 §9.1.1
            path(higher, localPref(101), asPath("1 2 3")),
            path(lower, localPref(99))),
        Arguments.of(
            DecisionStep.LOCAL_PREF, // one that has none has 100
            path(higher, asPath("1 2 3")),
            path(lower, localPref(99))),
        Arguments.of(
            DecisionStep.AIGP, // RFC 7311 §4.1
            path(higher, Aigp.of(10), asPath("1 2 3")),
            path(lower)),
        Arguments.of(
            DecisionStep.AIGP, path(higher, Aigp.of(10), asPath("1 2")), path(lower, Aigp.of(11))),
        Arguments.of(
            DecisionStep.AIGP, // the metrics are unsigned
            path(higher, Aigp.of(Long.MAX_VALUE)),
            path(lower, Aigp.of(Long.MIN_VALUE))),
        Arguments.of(
            DecisionStep.AS_PATH, // RFC 4271 §9.1.2.2 (a)
            path(higher, asPath("1 2"), Origin.INCOMPLETE),
            path(lower, asPath("1 2 3"))),
        Arguments.of(
            DecisionStep.AS_PATH, // a set counts one
            path(higher, asPath("1 {2,3,4}"), Origin.INCOMPLETE),
            path(lower, asPath("1 2 3"))),
        Arguments.of(
            DecisionStep.AS_PATH, // RFC 5065 §5.3: a confederation counts nothing
            path(higher, asPath("(7 8 9) 1"), Origin.INCOMPLETE),
            path(lower, asPath("1 2"))),
        Arguments.of(
            DecisionStep.ORIGIN, // (b)
            path(higher, Origin.EGP, med(9)),
            path(lower, Origin.INCOMPLETE, med(1))),
        Arguments.of(
            DecisionStep.MED, // (c)
            path(higher, med(4)),
            path(lower, med(5))),
        Arguments.of(
            DecisionStep.MED, // one that has none has the lowest
            path(higher),
            path(lower, med(1))),
        Arguments.of(
            DecisionStep.EXTERNAL, // (d)
            path(higher),
            path(source(Kind.INTERNAL, 1))),
        Arguments.of(
            DecisionStep.EXTERNAL, // RFC 5065 §5.3: another member AS is not another AS
            path(higher),
            path(source(Kind.CONFEDERATION, 1))),
        Arguments.of(
            DecisionStep.ROUTER_ID, // (f)
            path(lower),
            path(higher)),
        Arguments.of(
            DecisionStep.ROUTER_ID, // as unsigned numbers
            path(lower),
            path(lower, new OriginatorId(id("200.0.0.1")))),
        Arguments.of(
            DecisionStep.ROUTER_ID, // RFC 4456 §9: ORIGINATOR_ID stands for it
            path(higher, new OriginatorId(id("192.0.2.1"))),
            path(lower, new OriginatorId(id("192.0.2.9")))),
        Arguments.of(
            DecisionStep.CLUSTER_LIST, // RFC 4456 §9
            path(lower),
            path(lower, new ClusterList(List.of(id("10.0.0.1"))))),
        Arguments.of(
            DecisionStep.PEER_ADDRESS, // (g)
            path(at("192.0.2.9"), Origin.IGP),
            path(at("192.0.2.10"), Origin.IGP)),
        Arguments.of(
            DecisionStep.PEER_ADDRESS,
            path(at("192.0.2.200"), Origin.IGP),
            path(at("2001:db8::1"), Origin.IGP)),
        Arguments.of(
            DecisionStep.PEER_ADDRESS,
            path(at("2001:db8::1"), Origin.IGP),
            path(at("2001:db8:0:0:8000::1"), Origin.IGP)),
        Arguments.of(DecisionStep.PATH_IDENTIFIER, identified(lower, 3), identified(lower, 4)));
  }

  private static PathSource at(String address) {
    return new PathSource(Kind.EXTERNAL, IpAddress.parse(address), id("10.0.0.1"), 65001);
  }

  private static LearnedPath identified(PathSource source, long identifier) {
    LearnedPath.Content content = Paths.content();
    return path(
        source, new LearnedPath.Content(content.attributes(), content.nextHop(), identifier));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void eachStepDecidesBeforeThoseBehindIt(
      DecisionStep step, LearnedPath winner, LearnedPath loser) {
    assertThat(best(STANDARD, winner, loser)).contains(winner);
    assertThat(best(STANDARD, loser, winner)).contains(winner);
    assertThat(STANDARD.losses(List.of(winner, loser), Optional.empty()))
        .isEqualTo(Map.of(loser, step));
  }

  @Test
  void whatCannotBeReachedIsNotUsed() {
    LearnedPath near = path(external(2));
    LearnedPath far = path(external(1), Paths.content("203.0.113.2", localPref(200)));
    Decision decision =
        new Decision(
            DecisionConfig.STANDARD,
            nextHop ->
                nextHop.equals(far.nextHop().orElseThrow())
                    ? OptionalLong.empty()
                    : OptionalLong.of(1));

    assertThat(best(decision, near, far)).contains(near);
    assertThat(best(decision, far)).isEmpty();
    assertThat(decision.losses(List.of(far), Optional.empty()))
        .isEqualTo(Map.of(far, DecisionStep.NEXT_HOP));
    assertThat(decision.losses(List.of(near, far), Optional.empty()))
        .isEqualTo(Map.of(far, DecisionStep.NEXT_HOP));
  }

  @Test
  void whatIsNotAcceptedIsNotUsed() {
    PathPool pool = new PathPool(external(1));
    LearnedPath.Content content = Paths.content(localPref(200));
    LearnedPath looped =
        new PathSet().of(pool, content, new Imported(content, Eligibility.AS_LOOP), List.of());
    LearnedPath taken = path(external(2));

    assertThat(best(STANDARD, looped, taken)).contains(taken);
    assertThat(best(STANDARD, looped)).isEmpty();
    assertThat(STANDARD.multipath(List.of(looped), Optional.empty())).isEmpty();
    assertThat(STANDARD.losses(List.of(looped, taken), Optional.empty()))
        .isEqualTo(Map.of(looped, DecisionStep.ELIGIBLE));
    assertThat(STANDARD.losses(List.of(looped), Optional.empty()))
        .isEqualTo(Map.of(looped, DecisionStep.ELIGIBLE));
  }

  @Test
  void theCheaperWayWins() {
    LearnedPath near = path(source(Kind.INTERNAL, 2), Paths.content("203.0.113.9", med(7)));
    LearnedPath far = path(source(Kind.INTERNAL, 1), Paths.content("203.0.113.2", med(7)));
    Decision decision =
        new Decision(
            DecisionConfig.STANDARD,
            nextHop -> OptionalLong.of(nextHop.equals(far.nextHop().orElseThrow()) ? 20 : 10));

    assertThat(best(decision, far, near)).contains(near);
    assertThat(decision.losses(List.of(far, near), Optional.empty()))
        .isEqualTo(Map.of(far, DecisionStep.INTERIOR_COST));
  }

  @Test
  void aigpCountsWithTheCostToTheNextHop() {
    LearnedPath cheap = path(external(1), Paths.content("203.0.113.1", Aigp.of(10)));
    LearnedPath dear = path(external(2), Paths.content("203.0.113.2", Aigp.of(5)));
    Decision decision =
        new Decision(
            DecisionConfig.STANDARD,
            nextHop -> OptionalLong.of(nextHop.equals(dear.nextHop().orElseThrow()) ? 6 : 0));

    assertThat(best(decision, cheap, dear)).contains(cheap);
  }

  @Test
  void medsOfDifferentNeighboursAreNotCompared() {
    LearnedPath first = path(external(1), asPath("65001 9"), med(100));
    LearnedPath second = path(external(2), asPath("65002 9"), med(1));

    assertThat(best(STANDARD, first, second)).contains(first);
    assertThat(STANDARD.losses(List.of(first, second), Optional.empty()))
        .isEqualTo(Map.of(second, DecisionStep.ROUTER_ID));
  }

  @Test
  void medsOfDifferentNeighboursAreComparedWhereThatIsAskedFor() {
    Decision always =
        new Decision(new DecisionConfig(true, true, false, false, 1), NextHops.ALL_REACHABLE);
    LearnedPath first = path(external(1), asPath("65001 9"), med(100));
    LearnedPath second = path(external(2), asPath("65002 9"), med(1));

    assertThat(best(always, first, second)).contains(second);
  }

  @Test
  void aMissingMedIsTheWorstWhereThatIsAskedFor() {
    Decision worst =
        new Decision(new DecisionConfig(false, true, true, false, 1), NextHops.ALL_REACHABLE);
    LearnedPath none = path(external(1));
    LearnedPath some = path(external(2), med(0xFFFF_FFFEL));
    LearnedPath most = path(external(2), med(0xFFFF_FFFFL));

    assertThat(best(worst, none, some)).contains(some);
    assertThat(best(worst, none, most)).contains(none);
  }

  /** The case of RFC 4451 §2: pairs prefer one another in a circle. */
  @Test
  void theOrderOfArrivalMattersOnlyWithoutDeterministicMed() {
    LearnedPath a = path(external(3), asPath("65001 9"), med(10));
    LearnedPath b = path(external(2), asPath("65002 9"), med(0));
    LearnedPath c = path(external(1), asPath("65001 9"), med(20));
    Decision inOrder =
        new Decision(new DecisionConfig(false, false, false, false, 1), NextHops.ALL_REACHABLE);

    // c loses to a in MED, a to b in the identifier, b to c in the identifier.
    for (List<LearnedPath> order : permutations(List.of(a, b, c))) {
      assertThat(STANDARD.best(order, Optional.empty())).contains(b);
    }
    assertThat(inOrder.best(List.of(a, b, c), Optional.empty())).contains(a);
    assertThat(inOrder.best(List.of(b, c, a), Optional.empty())).contains(b);
    assertThat(inOrder.best(List.of(b, c, a), Optional.of(c))).contains(b);
    assertThat(inOrder.best(List.of(b, a, c), Optional.of(c))).contains(b);
    assertThat(inOrder.best(List.of(a, b, c), Optional.of(c))).contains(a);
  }

  private static List<List<LearnedPath>> permutations(List<LearnedPath> paths) {
    if (paths.isEmpty()) {
      return List.of(List.of());
    }
    List<List<LearnedPath>> all = new ArrayList<>();
    for (LearnedPath first : paths) {
      List<LearnedPath> rest = new ArrayList<>(paths);
      rest.remove(first);
      for (List<LearnedPath> order : permutations(rest)) {
        List<LearnedPath> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }

  @Test
  void theBestOneStaysAgainstALowerIdentifierWhereThatIsAskedFor() {
    Decision existing =
        new Decision(new DecisionConfig(false, true, false, true, 1), NextHops.ALL_REACHABLE);
    LearnedPath old = path(external(9));
    LearnedPath newer = path(external(1));

    assertThat(existing.best(List.of(old, newer), Optional.of(old))).contains(old);
    assertThat(existing.best(List.of(old, newer), Optional.empty())).contains(newer);
    assertThat(STANDARD.best(List.of(old, newer), Optional.of(old))).contains(newer);
    assertThat(existing.losses(List.of(old, newer), Optional.of(old)))
        .isEqualTo(Map.of(newer, DecisionStep.EXISTING));
  }

  /** RFC 5004 §3 speaks of paths of other ASes only. */
  @Test
  void theBestOneOfOurAsDoesNotStay() {
    Decision existing =
        new Decision(new DecisionConfig(false, true, false, true, 1), NextHops.ALL_REACHABLE);
    LearnedPath old = path(source(Kind.INTERNAL, 9));
    LearnedPath newer = path(source(Kind.INTERNAL, 1));

    assertThat(existing.best(List.of(old, newer), Optional.of(old))).contains(newer);
  }

  @Test
  void asManyAsAllowedAreBestTogether() {
    LearnedPath best = path(external(1));
    LearnedPath second = path(external(2), asPath("65009"));
    LearnedPath third = path(external(3));
    LearnedPath longer = path(external(4), asPath("1 2"));
    List<LearnedPath> all = List.of(longer, third, second, best);

    assertThat(multipath(1, all)).containsExactly(best);
    assertThat(multipath(2, all)).containsExactly(best, third);
    assertThat(multipath(9, all)).containsExactly(best, third, second);
    assertThat(multipath(9, List.of())).isEmpty();
  }

  private static List<LearnedPath> multipath(int count, List<LearnedPath> paths) {
    return new Decision(DecisionConfig.STANDARD.withMultipath(count), NextHops.ALL_REACHABLE)
        .multipath(paths, Optional.empty());
  }

  @Test
  void noPathsHaveNoBestOne() {
    assertThat(best(STANDARD)).isEmpty();
    assertThat(STANDARD.losses(List.of(), Optional.empty())).isEmpty();
  }

  @Test
  void zeroOrTooManyPathsCannotBeBest() {
    assertThatThrownBy(() -> DecisionConfig.STANDARD.withMultipath(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("multipath 0 is not in 1 to 255");
    assertThatThrownBy(() -> DecisionConfig.STANDARD.withMultipath(256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** All paths but the best one have lost, in any order the same one is best. */
  @Test
  void theOutcomeDependsOnThePathsAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      List<LearnedPath> paths = new ArrayList<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        paths.add(randomPath(random, i));
      }
      Optional<LearnedPath> best = STANDARD.best(paths, Optional.empty());
      Map<LearnedPath, DecisionStep> losses = STANDARD.losses(paths, Optional.empty());
      assertThat(losses.keySet())
          .as("seed %d", seed)
          .hasSize(paths.size() - 1)
          .doesNotContain(best.orElseThrow());
      Collections.shuffle(paths, random);
      assertThat(STANDARD.best(paths, Optional.empty())).as("seed %d", seed).isEqualTo(best);
    }
  }

  private static LearnedPath randomPath(Random random, int number) {
    List<PathAttribute> attributes = new ArrayList<>();
    attributes.add(asPath(random.nextBoolean() ? "65001 3" : "65002 3"));
    if (random.nextBoolean()) {
      attributes.add(med(random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      attributes.add(localPref(99 + random.nextInt(3)));
    }
    Kind kind = random.nextBoolean() ? Kind.EXTERNAL : Kind.INTERNAL;
    return path(source(kind, number), attributes.toArray(PathAttribute[]::new));
  }
}
