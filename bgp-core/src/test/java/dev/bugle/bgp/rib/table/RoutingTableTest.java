package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.external;
import static dev.bugle.bgp.rib.table.Paths.localPref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

  private static final Prefix PREFIX = Prefix.parse("198.51.100.0/24");

  private final List<String> changes = new ArrayList<>();
  private final Set<IpAddress> unreachable = new HashSet<>();
  private final RoutingTable table = table(DecisionConfig.STANDARD);
  private final PathPool one = new PathPool(external(1));
  private final PathPool two = new PathPool(external(2));

  private RoutingTable table(DecisionConfig config) {
    return new RoutingTable(
        AddressFamily.IPV4_UNICAST,
        new Decision(
            config, hop -> unreachable.contains(hop) ? OptionalLong.empty() : OptionalLong.of(0)),
        (destination, before, after) ->
            changes.add(destination + ": " + name(before) + " -> " + name(after)),
        7);
  }

  private void announce(Prefix prefix, PathPool pool, LearnedPath.Content content) {
    table.announce(prefix, pool, content, Imported.unchanged(content));
  }

  private static String name(Optional<LearnedPath> path) {
    return path.map(known -> known.source().address().toString()).orElse("none");
  }

  @Test
  void theFirstPathIsBest() {
    announce(PREFIX, one, content());

    assertThat(table.best(PREFIX)).map(LearnedPath::source).contains(one.source());
    assertThat(table.size()).isOne();
    assertThat(changes).containsExactly("198.51.100.0/24: none -> 192.0.2.1");
  }

  @Test
  void aWorsePathIsKeptAndChangesNothing() {
    announce(PREFIX, one, content());
    changes.clear();

    announce(PREFIX, two, content(asPath("1 2 3")));

    assertThat(changes).isEmpty();
    assertThat(table.paths(PREFIX)).hasSize(2);
    assertThat(table.losses(PREFIX).values()).containsExactly(DecisionStep.AS_PATH);
  }

  @Test
  void theNextBestTakesThePlaceOfTheOneThatGoes() {
    announce(PREFIX, one, content());
    announce(PREFIX, two, content());
    changes.clear();

    table.withdraw(PREFIX, one.source(), 0);

    assertThat(changes).containsExactly("198.51.100.0/24: 192.0.2.1 -> 192.0.2.2");
    assertThat(one.size()).isZero();
  }

  @Test
  void anotherPathOfOneSourceTakesThePlaceOfItsOwn() {
    announce(PREFIX, one, content());
    changes.clear();

    announce(PREFIX, one, content(localPref(7)));

    assertThat(table.paths(PREFIX)).hasSize(1);
    assertThat(changes).containsExactly("198.51.100.0/24: 192.0.2.1 -> 192.0.2.1");
    assertThat(one.size()).isOne();
  }

  @Test
  void theSamePathAgainChangesNothing() {
    announce(PREFIX, one, content());
    changes.clear();

    announce(PREFIX, one, content());

    assertThat(changes).isEmpty();
    table.withdraw(PREFIX, one.source(), 0);
    assertThat(one.size()).isZero();
    assertThat(table.size()).isZero();
  }

  @Test
  void whatWasNotAnnouncedCanBeWithdrawn() {
    table.withdraw(PREFIX, one.source(), 0);
    announce(PREFIX, one, content());
    changes.clear();

    table.withdraw(PREFIX, two.source(), 0);
    table.withdraw(PREFIX, one.source(), 5);

    assertThat(changes).isEmpty();
    assertThat(table.paths(PREFIX)).hasSize(1);
  }

  @Test
  void aSourceThatIsGoneLeavesNothing() {
    for (int i = 0; i < 100; i++) {
      Prefix prefix = new Prefix(new Ipv4Address(i << 8), 24);
      announce(prefix, one, content());
      if (i % 2 == 0) {
        announce(prefix, two, content());
      }
    }
    changes.clear();

    table.withdrawAll(one);

    assertThat(changes).hasSize(100);
    assertThat(table.size()).isEqualTo(50);
    assertThat(one.size()).isZero();
    assertThat(two.size()).isOne();
  }

  @Test
  void severalPathsOfOneSourceAreToldApartByTheirIdentifiers() {
    LearnedPath.Content first = content();
    announce(PREFIX, one, new LearnedPath.Content(first.attributes(), first.nextHop(), 1));
    announce(PREFIX, one, new LearnedPath.Content(first.attributes(), first.nextHop(), 2));

    assertThat(table.paths(PREFIX)).extracting(LearnedPath::pathIdentifier).containsExactly(1L, 2L);
    table.withdraw(PREFIX, one.source(), 1);
    assertThat(table.paths(PREFIX)).extracting(LearnedPath::pathIdentifier).containsExactly(2L);
  }

  @Test
  void aNewSessionReplacesWhatTheOldOneAnnounced() {
    announce(PREFIX, one, content());
    Prefix other = Prefix.parse("203.0.113.0/24");
    announce(other, one, content());
    PathPool again = new PathPool(one.source().successor(Ipv4Address.parse("192.0.2.1")));

    announce(PREFIX, again, content());
    assertThat(table.paths(PREFIX)).extracting(LearnedPath::source).containsExactly(again.source());
    table.withdrawAll(one);

    assertThat(table.best(other)).isEmpty();
    assertThat(table.best(PREFIX)).isPresent();
    assertThat(one.size()).isZero();
  }

  @Test
  void aPathThatCannotBeReachedWaitsUntilItCan() {
    unreachable.add(IpAddress.parse("203.0.113.1"));
    announce(PREFIX, one, content());

    assertThat(table.best(PREFIX)).isEmpty();
    assertThat(table.paths(PREFIX)).hasSize(1);
    assertThat(table.losses(PREFIX).values()).containsExactly(DecisionStep.NEXT_HOP);
    assertThat(table.longestMatch(IpAddress.parse("198.51.100.1"))).isEmpty();
    assertThat(changes).isEmpty();

    unreachable.clear();
    table.reselect(path -> true);

    assertThat(table.best(PREFIX)).isPresent();
    assertThat(changes).containsExactly("198.51.100.0/24: none -> 192.0.2.1");
    unreachable.add(IpAddress.parse("203.0.113.1"));
    table.reselect(path -> true);
    table.withdraw(PREFIX, one.source(), 0);
    assertThat(table.size()).isZero();
  }

  @Test
  void prefixesAreFoundByWhatTheyHoldAndWhereTheyAre() {
    for (String text : List.of("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24")) {
      announce(Prefix.parse(text), one, content());
    }
    assertThat(table.longestMatch(IpAddress.parse("10.1.2.3")))
        .contains(Prefix.parse("10.1.2.0/24"));
    assertThat(table.longestMatch(IpAddress.parse("10.1.3.3")))
        .contains(Prefix.parse("10.1.0.0/16"));
    assertThat(table.longestMatch(IpAddress.parse("11.0.0.1"))).contains(Prefix.parse("0.0.0.0/0"));
    assertThat(table.covering(Prefix.parse("10.1.2.0/24")))
        .extracting(Prefix::toString)
        .containsExactly("10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0");
    assertThat(table.covered(Prefix.parse("10.1.0.0/16")))
        .extracting(Prefix::toString)
        .containsExactlyInAnyOrder("10.1.0.0/16", "10.1.2.0/24");
  }

  /** Against a table that keeps everything in maps and decides anew each time it is asked. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isAsANaiveTableWould(boolean preferExisting) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DecisionConfig config = new DecisionConfig(false, true, false, preferExisting, 1);
    Decision decision = new Decision(config, NextHops.ALL_REACHABLE);
    Map<Nlri, Optional<LearnedPath>> told = new HashMap<>();
    RoutingTable tested =
        new RoutingTable(
            AddressFamily.IPV4_UNICAST,
            decision,
            (destination, before, after) -> {
              assertThat(before)
                  .as("seed %d", seed)
                  .isEqualTo(told.getOrDefault(destination, Optional.empty()));
              told.put(destination, after);
            },
            seed);
    Map<Nlri, Map<PathSource, LearnedPath>> model = new HashMap<>();
    Map<Nlri, Optional<LearnedPath>> modelBest = new HashMap<>();
    List<PathPool> pools = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      pools.add(new PathPool(external(i)));
    }
    for (int round = 0; round < 50_000; round++) {
      Prefix prefix = new Prefix(new Ipv4Address(random.nextInt(50) << 8), 24);
      PathPool pool = pools.get(random.nextInt(pools.size()));
      Map<PathSource, LearnedPath> known =
          model.computeIfAbsent(prefix, unused -> new LinkedHashMap<>());
      if (random.nextInt(3) > 0) {
        LearnedPath.Content content =
            content(
                asPath(random.nextBoolean() ? "65001 7" : "65002 7"),
                Paths.med(random.nextInt(3)),
                localPref(100 + random.nextInt(2)));
        tested.announce(prefix, pool, content, Imported.unchanged(content));
        known.put(pool.source(), tested.path(pool, content, Imported.unchanged(content)));
      } else {
        tested.withdraw(prefix, pool.source(), 0);
        known.remove(pool.source());
      }
      List<LearnedPath> paths = List.copyOf(known.values());
      Optional<LearnedPath> best =
          decision.best(paths, modelBest.getOrDefault(prefix, Optional.empty()));
      modelBest.put(prefix, best);
      assertThat(tested.best(prefix)).as("seed %d", seed).isEqualTo(best);
      assertThat(told.getOrDefault(prefix, Optional.empty())).as("seed %d", seed).isEqualTo(best);
      assertThat(tested.paths(prefix))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(paths);
    }
    pools.forEach(tested::withdrawAll);
    assertThat(tested.size()).isZero();
    assertThat(pools).allMatch(pool -> pool.size() == 0);
  }

  @Test
  void whatIsAnnouncedAgainChangesNothingHoweverManyPathsAreAlike() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 300; i++) {
        announce(new Prefix(new Ipv4Address(i << 8), 24), one, content().identifiedBy(i));
      }
      for (int i = 0; i < 300; i++) {
        PathAttributes meeting = PathSetTest.colliding(i);
        announce(
            new Prefix(new Ipv4Address((1 << 24) + (i << 8)), 24),
            one,
            new LearnedPath.Content(meeting, content().nextHop(), 0));
      }
      assertThat(changes).hasSize(600);
    }
    table.withdrawAll(one);
    assertThat(table.size()).isZero();
    assertThat(one.size()).isZero();
  }
}
