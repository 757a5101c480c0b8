package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.external;
import static dev.bugle.bgp.rib.table.Paths.med;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.LiveHeap;
import dev.bugle.bgp.SampledLeakDetection;
import dev.bugle.bgp.Soak;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.nlri.LabelStack;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day of changes ends where it began: what the table, its paths and its readers hold is what they
 * held before, and nothing when all have left. Prints its seed and what it measured.
 */
@ExtendWith(SampledLeakDetection.class)
class ChurnTest {

  private static final int PREFIXES = 2000;
  private static final int PEERS = 6;
  private static final int ROUNDS = 3;

  /** What tables that have grown may hold; it was 0.1 MB. */
  private static final long ALLOWED_OCTETS = 1 << 20;

  private final long seed = Soak.seed();
  private final Random random = new Random(seed);
  private final LocalRib rib = new LocalRib();
  private final List<ToldPeer> peers = new ArrayList<>();
  private final List<PathPool> pools = new ArrayList<>();
  private final PathPool local = new PathPool(Paths.source(PathSource.Kind.LOCAL, 254));
  private RoutingTable table = tableOf(ToldPeer.FAMILY);
  private IntFunction<Nlri> prefixes = ChurnTest::prefix;

  private RoutingTable tableOf(AddressFamily family) {
    return new RoutingTable(
        family,
        new Decision(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE),
        RoutingTable.Listener.NONE,
        seed);
  }

  private static Prefix prefix(int number) {
    return new Prefix(new Ipv4Address((10 << 24) + (number << 8)), 24);
  }

  /** Some take several paths, some are of the same AS, and most share an update group. */
  private void join(int number) {
    PathSource source =
        number % 3 == 2 ? Paths.source(PathSource.Kind.INTERNAL, number + 1) : external(number + 1);
    peers.add(
        number,
        ToldPeer.joining(table, source, RoutePolicy.ACCEPT_ALL, number % 3 == 1, number % 2 == 0));
    pools.add(number, new PathPool(source));
  }

  private void leave(int number) {
    peers.remove(number).leave();
    table.withdrawAll(pools.remove(number));
  }

  private void joinAll() {
    for (int peer = 0; peer < PEERS; peer++) {
      join(peer);
    }
  }

  private void leaveAll() {
    for (int peer = PEERS; peer-- > 0; ) {
      leave(peer);
    }
    rib.clear().forEach(change -> table.originate(change.prefix(), local, change.candidates()));
    table.dissemination().trim();
  }

  /** A table that is thrown away: what is made once for all of them, as classes, is there then. */
  private void warmUp() {
    RoutingTable measured = table;
    table = tableOf(measured.family());
    joinAll();
    begin();
    round(PREFIXES);
    leaveAll();
    table = measured;
  }

  private void announce(int prefix, int peer, int med, long identifier) {
    LearnedPath.Content content =
        content(asPath("65001 " + (1 + med % 7)), med(med)).identifiedBy(identifier);
    table.announce(prefixes.apply(prefix), pools.get(peer), content, Imported.unchanged(content));
  }

  /** A few of the prefixes, where there are prefixes only. */
  private boolean isOurs(int prefix) {
    return prefix % 40 == 0 && table.family().equals(ToldPeer.FAMILY);
  }

  private void originate(int prefix, String owner, int med) {
    if (!isOurs(prefix)) {
      return;
    }
    LocalRoute route =
        new LocalRoute(
            prefix(prefix), PathAttributes.of(Origin.IGP, med(med)), 0, Optional.empty());
    LocalRib.Change change = rib.add(owner, route, RoutePolicy.ACCEPT_ALL);
    table.originate(change.prefix(), local, change.candidates());
  }

  private void withdrawOwn(int prefix, String owner) {
    rib.remove(owner, prefix(prefix))
        .ifPresent(change -> table.originate(change.prefix(), local, change.candidates()));
  }

  /** What stands before and after: each peer has announced each third prefix, and we a few. */
  private void begin() {
    for (int prefix = 0; prefix < PREFIXES; prefix++) {
      for (int peer = 0; peer < PEERS; peer++) {
        table.withdraw(prefixes.apply(prefix), pools.get(peer).source(), 1);
        if ((prefix + peer) % 3 == 0) {
          announce(prefix, peer, prefix / 10, 0);
        } else {
          table.withdraw(prefixes.apply(prefix), pools.get(peer).source(), 0);
        }
      }
      withdrawOwn(prefix, "another");
      originate(prefix, "us", 1);
    }
    hearAll();
  }

  private void change() {
    int what = random.nextInt(1000);
    int prefix = random.nextInt(PREFIXES);
    int peer = random.nextInt(PEERS);
    if (what < 560) {
      announce(prefix, peer, random.nextInt(1 << 30), random.nextInt(8) == 0 ? 1 : 0);
    } else if (what < 860) {
      table.withdraw(
          prefixes.apply(prefix), pools.get(peer).source(), random.nextInt(8) == 0 ? 1 : 0);
    } else if (what < 900) {
      originate(prefix - prefix % 40, "another", random.nextInt(1 << 30));
    } else if (what < 930) {
      withdrawOwn(prefix - prefix % 40, "another");
    } else if (what < 998) {
      hear(peers.get(peer), 1);
      table.dissemination().trim();
    } else if (random.nextInt(20) > 0) {
      peers.get(peer).recipient.refresh();
    } else {
      leave(peer); // and announces all again at the end of the round
      join(peer);
    }
  }

  /** Takes what it is told, and does not look at it: a test of its own does. */
  private static void hear(ToldPeer peer, int parcels) {
    for (int i = 0; i < parcels && peer.recipient.hasNext(true); i++) {
      peer.recipient.next(true).updates().forEach(PackedUpdates::release);
    }
  }

  private void hearAll() {
    for (ToldPeer peer : peers) {
      hear(peer, Integer.MAX_VALUE);
      assertThat(peer.recipient.isQuiet()).as("seed %d", seed).isTrue();
    }
    table.dissemination().trim();
    table.dissemination().trim(); // nobody has asked in between
  }

  private void round(int changes) {
    for (int i = 0; i < changes; i++) {
      change();
    }
    begin();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void millionsOfChangesEndWhereTheyBegan(boolean compact) {
    if (!compact) { // a family whose destinations are not kept in arrays
      table = tableOf(AddressFamily.IPV4_LABELLED_UNICAST);
      prefixes = number -> new LabelledPrefix(prefix(number), LabelStack.of(16));
    }
    int changes = Soak.changes(60_000) / (compact ? 1 : 4);
    warmUp();
    long empty = LiveHeap.octets();
    joinAll();
    begin();
    round(changes / ROUNDS);
    long before = LiveHeap.octets();
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      round(changes / ROUNDS);
      after.add(LiveHeap.octets());
    }
    leaveAll();
    long left = LiveHeap.octets();
    System.out.printf(
        "churn: seed %d, %d changes of %s: live heap %d octets empty, %d before, %s after,"
            + " %d when all have left%n",
        seed, changes, table.family(), empty, before, after, left);

    assertThat(after.get(ROUNDS - 1)).as("seed %d", seed).isLessThan(before + ALLOWED_OCTETS);
    assertThat(left).as("when all have left, seed %d", seed).isLessThan(empty + ALLOWED_OCTETS);
    assertThat(table.destinations().size()).as("seed %d", seed).isZero();
    assertThat(pools).isEmpty();
    assertThat(local.size()).isZero();
  }

  /** All but the arrays by the number of the destination, which must stay what it is. */
  @Test
  void aPeerThatLeavesGivesBackWhatItHeldThoughOthersStay() {
    int prefixes = 40_000;
    for (int peer = 0; peer < 2; peer++) {
      join(peer);
    }
    hearAll();
    for (int prefix = 0; prefix < 100; prefix++) {
      announce(prefix, 0, 1, 0);
    }
    hearAll();
    long before = LiveHeap.octets();
    join(2);
    for (int prefix = 0; prefix < prefixes; prefix++) {
      announce(prefix, 2, prefix, 0);
    }
    hearAll();
    long full = LiveHeap.octets();
    leave(2);
    hearAll();
    long after = LiveHeap.octets();
    System.out.printf(
        "a peer with %d prefixes: live heap %d octets before, %d with it, %d without it%n",
        prefixes, before, full, after);
    assertThat(full - before).isGreaterThan(4L << 20);
    assertThat(after).isLessThan(before + (full - before) / 4);
  }
}
