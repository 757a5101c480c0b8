package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.external;
import static dev.bugle.bgp.rib.table.Paths.med;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: once a peer has heard all, it knows what the rules make of
 * the table, and nothing else.
 */
class DisseminationModelTest {

  private static final int PREFIXES = 60;

  private static final List<RoutePolicy> POLICIES =
      List.of(
          RoutePolicy.ACCEPT_ALL,
          RoutePolicy.of(
              PolicyRule.when(Condition.prefixIn("10.0.0.0/8 le 24"))
                  .change(RouteChange.med(3))
                  .accept()),
          RoutePolicy.of(
              PolicyRule.when(Condition.prefixIn("10.0.7.0/24")).reject(),
              PolicyRule.when(Condition.peerAs(65002)).change(RouteChange.med(8)).accept(),
              PolicyRule.always().accept()),
          RoutePolicy.of(
              PolicyRule.always().change(RouteChange.addCommunities("65000:4")).accept()));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RoutingTable table =
      new RoutingTable(
          ToldPeer.FAMILY,
          new Decision(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE),
          RoutingTable.Listener.NONE,
          seed);
  private final LocalRib rib = new LocalRib();
  private final PathPool local = new PathPool(Paths.source(PathSource.Kind.LOCAL, 254));
  private final Map<ToldPeer, PathPool> peers = new HashMap<>();
  private int joined;

  private static Prefix prefix(int number) {
    return new Prefix(new Ipv4Address((10 << 24) + (number << 8)), 24);
  }

  private ToldPeer anyPeer() {
    return List.copyOf(peers.keySet()).get(random.nextInt(peers.size()));
  }

  private void join() {
    PathSource source =
        random.nextInt(4) > 0
            ? external(1 + joined++ % 4)
            : Paths.source(PathSource.Kind.INTERNAL, 1 + joined++ % 4);
    ToldPeer peer =
        ToldPeer.joining(
            table,
            source,
            POLICIES.get(random.nextInt(POLICIES.size())),
            random.nextInt(4) == 0,
            random.nextBoolean());
    peers.put(peer, new PathPool(source));
  }

  private void leave(ToldPeer peer) {
    peer.leave();
    table.withdrawAll(peers.remove(peer));
  }

  private void announce() {
    PathPool pool = peers.get(anyPeer());
    LearnedPath.Content content =
        content(asPath(random.nextBoolean() ? "65001 7" : "65002"), med(random.nextInt(3)));
    long identifier = random.nextInt(8) == 0 ? 1 : 0;
    table.announce(
        prefix(random.nextInt(PREFIXES)),
        pool,
        content.identifiedBy(identifier),
        Imported.unchanged(content.identifiedBy(identifier)));
  }

  private void originate() {
    Prefix prefix = prefix(random.nextInt(PREFIXES));
    String owner = "owner " + random.nextInt(3);
    List<LocalRib.Candidate> candidates;
    Optional<LocalRib.Change> removed = rib.remove(owner, prefix);
    if (removed.isPresent()) {
      candidates = removed.get().candidates();
    } else {
      LocalRoute route =
          new LocalRoute(
              prefix,
              PathAttributes.of(Origin.IGP, new MultiExitDisc(random.nextInt(3))),
              random.nextInt(3),
              Optional.empty());
      RoutePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
      candidates = rib.add(owner, route, policy).candidates();
    }
    table.originate(prefix, local, candidates);
  }

  private void step() {
    int what = random.nextInt(100);
    if (peers.size() < 3 || (what < 2 && peers.size() < 9)) {
      join();
    } else if (what < 3) {
      leave(anyPeer());
    } else if (what < 45) {
      announce();
    } else if (what < 60) {
      table.withdraw(
          prefix(random.nextInt(PREFIXES)),
          peers.get(anyPeer()).source(),
          random.nextInt(8) == 0 ? 1 : 0);
    } else if (what < 68) {
      originate();
    } else if (what < 90) {
      ToldPeer peer = anyPeer();
      boolean mayAnnounce = random.nextInt(3) > 0;
      if (random.nextInt(4) == 0) {
        peer.recipient.beginBatch();
      } else if (peer.recipient.hasToldBatch()) {
        peer.recipient.endBatch();
      }
      if (peer.recipient.hasNext(mayAnnounce)) {
        peer.hear(peer.recipient.next(mayAnnounce));
      }
    } else if (what < 94) {
      anyPeer().recipient.refresh();
    } else if (what < 97) {
      anyPeer().refit(POLICIES.get(random.nextInt(POLICIES.size())));
    } else {
      table.dissemination().trim();
    }
  }

  private Map<Nlri, Path> expected(ToldPeer peer) {
    Map<Nlri, Path> expected = new HashMap<>();
    table.forEach(
        destination -> {
          if (peer.takesSeveral()) {
            for (LearnedPath path : table.paths(destination)) {
              expectAll(peer, destination, path, expected);
            }
          } else {
            table
                .best(destination)
                .filter(best -> best.source() != peer.source())
                .flatMap(best -> told(peer, destination, best))
                .ifPresent(path -> expected.put(destination, path));
          }
        });
    return expected;
  }

  private static Optional<Path> told(ToldPeer peer, Nlri destination, LearnedPath path) {
    return path.candidates().isEmpty()
        ? peer.terms.learned().apply(destination, path)
        : path.candidates().stream()
            .flatMap(candidate -> peer.terms.local().apply(candidate).stream())
            .findFirst();
  }

  private static void expectAll(
      ToldPeer peer, Nlri destination, LearnedPath path, Map<Nlri, Path> expected) {
    for (LocalRib.Candidate candidate : path.candidates()) {
      peer.terms
          .local()
          .apply(candidate)
          .ifPresent(
              one -> expected.put(new PathNlri(candidate.pathIdentifier(), destination), one));
    }
    if (path.candidates().isEmpty() && path.source() != peer.source()) {
      peer.terms
          .learned()
          .apply(destination, path)
          .ifPresent(one -> expected.put(new PathNlri(path.toldIdentifier(), destination), one));
    }
  }

  @Test
  void everyPeerKnowsWhatTheRulesMakeOfTheTable() {
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 150; i++) {
        step();
      }
      for (ToldPeer peer : List.copyOf(peers.keySet())) {
        peer.recipient.endBatch();
        peer.hearAll();
        assertThat(peer.known).as("seed %d round %d", seed, round).isEqualTo(expected(peer));
        assertThat(peer.recipient.size()).as("seed %d", seed).isEqualTo(peer.known.size());
        Map<Nlri, Path> said = new HashMap<>();
        peer.recipient.forEachKnown(Integer.MAX_VALUE, said::put);
        assertThat(said).as("seed %d", seed).isEqualTo(peer.known);
        assertThat(peer.recipient.isQuiet()).isTrue();
      }
    }
    List.copyOf(peers.keySet()).forEach(this::leave);
    new ArrayList<>(rib.clear())
        .forEach(change -> table.originate(change.prefix(), local, change.candidates()));
    assertThat(table.size()).as("seed %d", seed).isZero();
    assertThat(table.destinations().size()).as("seed %d", seed).isZero();
    assertThat(table.dissemination().groups()).as("seed %d", seed).isZero();
  }
}
