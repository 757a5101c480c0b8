package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.external;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisseminationTest {

  private static final Prefix PREFIX = Prefix.parse("198.51.100.0/24");

  private final RoutingTable table =
      new RoutingTable(
          ToldPeer.FAMILY,
          new Decision(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE),
          RoutingTable.Listener.NONE,
          7);
  private final PathPool feed = new PathPool(external(1));
  private final PathPool local = new PathPool(Paths.source(PathSource.Kind.LOCAL, 254));

  private final List<ToldPeer> joined = new ArrayList<>();

  /** What is kept for peers that share octets is released when they leave. */
  @AfterEach
  void leave() {
    joined.forEach(ToldPeer::leave);
  }

  private ToldPeer joining(PathSource source) {
    return joining(source, RoutePolicy.ACCEPT_ALL, false, false);
  }

  private ToldPeer joining(PathSource source, RoutePolicy policy, boolean several, boolean marked) {
    ToldPeer peer = ToldPeer.joining(table, source, policy, several, marked);
    joined.add(peer);
    return peer;
  }

  private static Prefix prefix(int number) {
    return new Prefix(new Ipv4Address((10 << 24) + (number << 8)), 24);
  }

  private void announce(Prefix prefix, PathPool pool, LearnedPath.Content content) {
    table.announce(prefix, pool, content, Imported.unchanged(content));
  }

  private void announce(int count) {
    for (int i = 0; i < count; i++) {
      announce(prefix(i), feed, content(asPath("65001 " + (1 + i / 10))));
    }
  }

  @Test
  void aPeerIsToldWhatIsThereAndThenThatItWasAll() {
    announce(3);
    ToldPeer peer = joining(external(2));
    assertThat(peer.recipient.isComplete()).isFalse();
    peer.hearAll();

    assertThat(peer.heard)
        .containsExactly(
            "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "UPDATE End-of-RIB ipv4-unicast");
    assertThat(peer.recipient.isComplete()).isTrue();
    assertThat(peer.recipient.size()).isEqualTo(3);
    assertThat(peer.recipient.pending()).isZero();
  }

  @Test
  void thenItIsToldWhatChanges() {
    ToldPeer peer = joining(external(2));
    peer.hearAll();
    peer.heard.clear();
    announce(PREFIX, feed, content());
    peer.hearAll();
    announce(PREFIX, feed, content(asPath("65001 7")));
    peer.hearAll();
    table.withdraw(PREFIX, feed.source(), 0);
    peer.hearAll();

    assertThat(peer.heard).containsExactly("" + PREFIX, "" + PREFIX, "-" + PREFIX);
  }

  @Test
  void whatComesAndGoesBeforeItIsToldIsNeverTold() {
    ToldPeer peer = joining(external(2));
    peer.hearAll();
    peer.heard.clear();
    announce(PREFIX, feed, content());
    table.withdraw(PREFIX, feed.source(), 0);
    peer.hearAll();

    assertThat(peer.heard).isEmpty();
    table.dissemination().trim();
    assertThat(table.destinations().size()).isZero();
  }

  @Test
  void aPeerIsNotToldItsOwnPaths() {
    ToldPeer first = joining(external(1));
    ToldPeer second = joining(external(2));
    announce(PREFIX, new PathPool(second.source()), content(asPath("65002 9 9")));
    first.hearAll();
    second.hearAll();
    assertThat(first.known).hasSize(1);
    assertThat(second.known).isEmpty();

    announce(PREFIX, new PathPool(first.source()), content(asPath("65001 9")));
    first.hearAll();
    second.hearAll();

    assertThat(first.known).as("what was told is withdrawn").isEmpty();
    assertThat(second.known).hasSize(1);
  }

  @Test
  void aDestinationThatIsGoneKeepsItsNumberUntilAllHaveHeardOfIt() {
    announce(PREFIX, feed, content());
    ToldPeer quick = joining(external(2));
    ToldPeer slow = joining(external(3));
    quick.hearAll();
    slow.hearAll();
    table.withdraw(PREFIX, feed.source(), 0);
    quick.hearAll();
    table.dissemination().trim();
    announce(prefix(1), feed, content());
    assertThat(table.size()).isOne();
    assertThat(table.best(PREFIX)).isEmpty();
    assertThat(table.destinations().size()).isEqualTo(2);
    slow.hearAll();

    assertThat(slow.known).containsOnlyKeys(prefix(1));
    table.dissemination().trim();
    assertThat(table.destinations().size()).isOne();
  }

  @Test
  void peersOfOneKindShareTheOctets() {
    announce(5000);
    List<ToldPeer> peers = new ArrayList<>();
    for (int i = 2; i < 22; i++) {
      peers.add(joining(external(i)));
    }
    assertThat(table.dissemination().groups()).isOne();
    boolean more = true;
    while (more) {
      more = false;
      for (ToldPeer peer : peers) {
        if (peer.recipient.hasNext(true)) {
          peer.hear(peer.recipient.next(true));
          more |= peer.recipient.hasNext(true);
        }
      }
    }

    assertThat(peers).allMatch(peer -> peer.known.size() == 5000);
    assertThat(peers).allMatch(peer -> peer.known.equals(peers.get(0).known));
    assertThat(table.dissemination().packings()).isEqualTo(2);
    table.withdrawAll(feed);
    peers.forEach(ToldPeer::hearAll);
    assertThat(peers).allMatch(peer -> peer.known.isEmpty());
    assertThat(table.dissemination().packings()).isEqualTo(4);
    peers.forEach(ToldPeer::leave);
    assertThat(table.dissemination().groups()).isZero();
    assertThat(table.destinations().size()).isZero();
  }

  @Test
  void aHundredReceiversAreWrittenForOnce() {
    announce(500);
    for (int i = 2; i < 102; i++) {
      joining(external(i));
    }
    joined.forEach(ToldPeer::hearAll);

    assertThat(joined).allMatch(peer -> peer.known.size() == 500);
    assertThat(table.dissemination().packings()).isOne();
  }

  @Test
  void aPeerThatSharesAWindowButHasItsOwnPathThereIsToldTheRest() {
    ToldPeer first = joining(external(1));
    ToldPeer second = joining(external(2));
    ToldPeer third = joining(external(3));
    List<ToldPeer> peers = List.of(first, second, third);
    peers.forEach(ToldPeer::hearAll);
    announce(prefix(1), new PathPool(first.source()), content());
    announce(prefix(2), new PathPool(second.source()), content());
    peers.forEach(ToldPeer::hearAll);

    assertThat(first.known).containsOnlyKeys(prefix(2));
    assertThat(second.known).containsOnlyKeys(prefix(1));
    assertThat(third.known).containsOnlyKeys(prefix(1), prefix(2));
    assertThat(table.dissemination().packings()).isEqualTo(3);
  }

  @Test
  void destinationsThatAreToldAlikeShareAMessageThoughTheirPathsCameApart() {
    ToldPeer peer = joining(external(2));
    peer.hearAll();
    for (int i = 0; i < 100; i++) {
      announce(prefix(i), feed, content(asPath("65001 " + (1 + i % 2))));
    }
    Parcel parcel = peer.recipient.next(true);

    assertThat(parcel.updates()).extracting(PackedUpdates::messages).containsExactly(2);
    peer.hear(parcel);
    assertThat(peer.known).hasSize(100);
  }

  @Test
  void aPeerThatDoesNotReadCostsNoMoreThanTheTableAndIsToldTheNewest() {
    ToldPeer slow = joining(external(2));
    slow.hearAll();
    slow.heard.clear();
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 1000; i++) {
        announce(prefix(i), feed, content(asPath("65001 " + (1 + round))));
      }
      table.dissemination().trim();
    }
    assertThat(table.dissemination().log(false).capacity()).isLessThanOrEqualTo(4096);
    assertThat(feed.size()).isOne();
    slow.hearAll();

    assertThat(slow.heard).hasSize(1000);
    assertThat(slow.known.values())
        .allSatisfy(path -> assertThat(path.toString()).contains("65001 200"));
  }

  @Test
  void aRefreshTellsEverythingAgainBetweenItsMarks() {
    announce(2);
    ToldPeer peer = joining(external(2), RoutePolicy.ACCEPT_ALL, false, true);
    peer.recipient.refresh();
    peer.hearAll();
    peer.heard.clear();
    peer.recipient.refresh();
    announce(PREFIX, feed, content());
    peer.hearAll();

    assertThat(peer.heard.get(0)).contains("BoRR");
    assertThat(peer.heard.get(peer.heard.size() - 1)).contains("EoRR");
    assertThat(peer.heard).contains("10.0.0.0/24", "10.0.1.0/24", "" + PREFIX).hasSize(5);
  }

  @Test
  void anotherPolicyTellsOnlyWhatDiffers() {
    for (int i = 0; i < 100; i++) {
      announce(prefix(i), feed, content(new Communities(List.of(community(i % 2)))));
    }
    ToldPeer peer = joining(external(2));
    ToldPeer other = joining(external(3));
    peer.hearAll();
    other.hearAll();
    peer.heard.clear();
    other.heard.clear();
    peer.refit(
        RoutePolicy.of(
            PolicyRule.when(Condition.prefixIn("10.0.0.0/24")).reject(),
            PolicyRule.when(Condition.anyCommunity("65001:1"))
                .change(RouteChange.addCommunities("65000:9"))
                .accept(),
            PolicyRule.always().accept()));
    peer.hearAll();

    assertThat(peer.heard).hasSize(51).contains("-10.0.0.0/24", "10.0.1.0/24");
    assertThat(peer.known).hasSize(99);
    other.hearAll();
    assertThat(other.heard).isEmpty();
    peer.heard.clear();
    peer.refit(RoutePolicy.ACCEPT_ALL);
    peer.hearAll();
    assertThat(peer.heard).hasSize(51);
    assertThat(peer.known).isEqualTo(other.known);
    assertThat(table.dissemination().groups()).isOne();
  }

  private static Community community(int value) {
    return Community.parse("65001:" + value);
  }

  @Test
  void withdrawalsNeedNotWaitForAnnouncements() {
    announce(10);
    ToldPeer peer = joining(external(2));
    peer.hearAll();
    peer.heard.clear();
    long before = peer.recipient.mark();
    announce(PREFIX, feed, content());
    table.withdraw(prefix(3), feed.source(), 0);
    peer.hear(false);

    assertThat(peer.heard).containsExactly("-10.0.3.0/24");
    assertThat(peer.recipient.hasWithdrawn(peer.recipient.mark())).isTrue();
    assertThat(peer.recipient.hasTold(before)).isTrue();
    assertThat(peer.recipient.hasTold(peer.recipient.mark())).isFalse();
    peer.hearAll();
    assertThat(peer.heard).containsExactly("-10.0.3.0/24", "" + PREFIX);
  }

  @Test
  void ourOwnAnnouncementsGoToThoseForWhomTheyAre() {
    LocalRib rib = new LocalRib();
    LocalRoute route = new LocalRoute(PREFIX, PathAttributes.of(Origin.IGP), 0, Optional.empty());
    rib.add("one", route, RoutePolicy.of(PolicyRule.when(Condition.peerAs(65002)).accept()));
    LocalRib.Change change =
        rib.add(
            "two",
            route,
            RoutePolicy.of(
                PolicyRule.when(Condition.peerAs(65002, 65003))
                    .change(RouteChange.med(7))
                    .accept()));
    ToldPeer second = joining(external(2));
    ToldPeer third = joining(external(3));
    ToldPeer fourth = joining(external(4));
    table.originate(PREFIX, local, change.candidates());
    List<ToldPeer> peers = List.of(second, third, fourth);
    peers.forEach(ToldPeer::hearAll);

    assertThat(second.known.get(PREFIX).toString()).contains("AS_PATH 65000").doesNotContain("7");
    assertThat(third.known.get(PREFIX).toString()).contains("MULTI_EXIT_DISC 7");
    assertThat(fourth.known).isEmpty();
    table.originate(PREFIX, local, rib.remove("one", PREFIX).orElseThrow().candidates());
    peers.forEach(ToldPeer::hearAll);
    assertThat(second.known.get(PREFIX).toString()).contains("MULTI_EXIT_DISC 7");
    table.originate(PREFIX, local, List.of());
    peers.forEach(ToldPeer::hearAll);
    assertThat(peers).allMatch(peer -> peer.known.isEmpty());
    assertThat(local.size()).isZero();
  }

  @Test
  void aPeerThatTakesSeveralPathsKnowsThemByIdentifiersThatStay() {
    ToldPeer peer = joining(external(9), RoutePolicy.ACCEPT_ALL, true, false);
    PathPool second = new PathPool(external(2));
    announce(PREFIX, feed, content(asPath("65001 8")));
    announce(PREFIX, second, content(asPath("65002 8 9")));
    peer.hearAll();
    assertThat(peer.known).hasSize(2);
    List<Nlri> before = List.copyOf(peer.known.keySet());
    peer.heard.clear();

    announce(PREFIX, second, content(asPath("65002")));
    peer.hearAll();
    assertThat(peer.known).containsOnlyKeys(before);
    table.withdraw(PREFIX, feed.source(), 0);
    peer.hearAll();
    assertThat(peer.known).hasSize(1);
    assertThat(peer.known.keySet())
        .allSatisfy(nlri -> assertThat(((PathNlri) nlri).pathIdentifier()).isGreaterThan(1L << 31));
    table.withdrawAll(second);
    peer.hearAll();
    assertThat(peer.known).isEmpty();
    assertThat(peer.recipient.size()).isZero();
  }

  @Test
  void aPathThatIsTooLargeForAMessageIsNotTold() {
    List<Community> many = new ArrayList<>();
    for (int i = 0; i < 1015; i++) {
      many.add(Community.parse("65001:" + i));
    }
    ToldPeer peer = joining(external(2));
    announce(PREFIX, feed, content());
    peer.hearAll();
    assertThat(peer.known).hasSize(1);
    announce(PREFIX, feed, content(new Communities(many)));
    peer.hearAll();

    assertThat(peer.known).as("nor is the one before it").isEmpty();
  }
}
