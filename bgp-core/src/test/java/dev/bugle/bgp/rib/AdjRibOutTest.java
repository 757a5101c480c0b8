package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Paths.CONTEXT;
import static dev.bugle.bgp.rib.Paths.V4;
import static dev.bugle.bgp.rib.Paths.V6;
import static dev.bugle.bgp.rib.Paths.drain;
import static dev.bugle.bgp.rib.Paths.host4;
import static dev.bugle.bgp.rib.Paths.host6;
import static dev.bugle.bgp.rib.Paths.length;
import static dev.bugle.bgp.rib.Paths.path;
import static dev.bugle.bgp.rib.Paths.prefix;
import static dev.bugle.bgp.rib.Paths.withCommunities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class AdjRibOutTest {

  private final AdjRibOut table = new AdjRibOut(List.of(V4, V6), CONTEXT);

  private void announce(Prefix destination, long number) {
    table.announce(destination, path(destination.family(), number));
  }

  private static List<Nlri> announced(UpdateMessage update) {
    return update.announced().values().stream().flatMap(List::stream).toList();
  }

  private static List<Nlri> withdrawn(UpdateMessage update) {
    return update.withdrawn().values().stream().flatMap(List::stream).toList();
  }

  @Test
  void anEmptyTableHasNothingToSay() {
    assertThat(table.hasPending()).isFalse();
    assertThat(table.nextMessage()).isEmpty();
  }

  @Test
  void announcedIsSentOnce() {
    announce(host4(1), 1);
    assertThat(table.pendingSize()).isEqualTo(1);
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(announced(updates.get(0))).containsExactly(host4(1));
    assertThat(updates.get(0).attributes().get(NextHop.class)).isPresent();
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.hasPending()).isFalse();
  }

  @Test
  void announcedAgainEquallyIsSilent() {
    announce(host4(1), 1);
    drain(table);
    announce(host4(1), 1);
    assertThat(table.hasPending()).isFalse();
  }

  @Test
  void announcedDifferentlyReplaces() {
    announce(host4(1), 1);
    drain(table);
    announce(host4(1), 2);
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(withdrawn(updates.get(0))).isEmpty();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void changedAndChangedBackIsSilent() {
    announce(host4(1), 1);
    drain(table);
    announce(host4(1), 2);
    announce(host4(1), 1);
    assertThat(table.hasPending()).isFalse();
    table.withdraw(host4(1));
    announce(host4(1), 1);
    assertThat(table.hasPending()).isFalse();
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void withdrawnBeforeItWasSentIsSilent() {
    announce(host4(1), 1);
    table.withdraw(host4(1));
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void withdrawnThoughNeverKnownIsSilent() {
    table.withdraw(host4(1));
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void manyChangesOfOneDestinationAreSentAsTheLast() {
    for (int i = 0; i < 100; i++) {
      announce(host4(1), i);
      announce(host6(1), i);
    }
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(2);
    assertThat(updates.get(0).attributes().toString()).contains("MULTI_EXIT_DISC 99");
  }

  @Test
  void aFamilyThatWasNotNegotiatedIsPassedOver() {
    AdjRibOut onlyV4 = new AdjRibOut(List.of(V4), CONTEXT);
    onlyV4.announce(host6(1), path(V6, 1));
    onlyV4.withdraw(host6(1));
    onlyV4.refresh(V6);
    onlyV4.finishInitialUpdate();
    assertThat(drain(onlyV4)).extracting(UpdateMessage::endOfRib).containsExactly(Optional.of(V4));
  }

  @Test
  void withdrawalsOfBothFamiliesGoFirst() {
    announce(host4(1), 1);
    announce(host6(1), 1);
    drain(table);
    announce(host4(2), 1);
    announce(host6(2), 1);
    table.withdraw(host6(1));
    table.withdraw(host4(1));
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(4);
    assertThat(updates.subList(0, 2)).allMatch(update -> announced(update).isEmpty());
    assertThat(updates.subList(0, 2).stream().flatMap(update -> withdrawn(update).stream()))
        .containsExactlyInAnyOrder(host4(1), host6(1));
    assertThat(updates.subList(2, 4).stream().flatMap(update -> announced(update).stream()))
        .containsExactlyInAnyOrder(host4(2), host6(2));
  }

  @Test
  void ipv6TravelsInMultiprotocolAttributesWithItsOwnNextHop() {
    announce(host6(1), 1);
    UpdateMessage update = drain(table).get(0);
    assertThat(update.nlri()).isEmpty();
    assertThat(update.attributes().get(NextHop.class)).isEmpty();
    assertThat(update.attributes().get(MpReach.class).orElseThrow().nextHopAddress())
        .hasValueSatisfying(address -> assertThat(address).hasToString("2001:db8::1"));
  }

  @Test
  void endOfRibFollowsTheInitialRoutesOncePerFamily() {
    announce(host4(1), 1);
    announce(host6(1), 1);
    table.finishInitialUpdate();
    announce(host4(2), 2);
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(5);
    assertThat(updates.subList(0, 3)).allMatch(update -> update.endOfRib().isEmpty());
    assertThat(updates.subList(3, 5))
        .extracting(update -> update.endOfRib().orElseThrow())
        .containsExactly(V4, V6);
    announce(host4(3), 1);
    assertThat(drain(table)).allMatch(update -> update.endOfRib().isEmpty());
  }

  @Test
  void endOfRibIsSentWithoutAnyRoute() {
    table.finishInitialUpdate();
    assertThat(table.hasPending()).isTrue();
    assertThat(drain(table))
        .extracting(update -> update.endOfRib().orElseThrow())
        .containsExactly(V4, V6);
  }

  @Test
  void refreshSendsTheFamilyAgain() {
    announce(host4(1), 1);
    announce(host4(2), 1);
    announce(host6(1), 1);
    table.finishInitialUpdate();
    drain(table);
    table.refresh(V4);
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(announced(updates.get(0))).containsExactlyInAnyOrder(host4(1), host4(2));
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void refreshSurvivesAnEqualAnnouncementAndAChangeBack() {
    announce(host4(1), 1);
    drain(table);
    table.refresh(V4);
    announce(host4(1), 1);
    assertThat(drain(table)).hasSize(1);
    announce(host4(1), 2);
    table.refresh(V4);
    announce(host4(1), 1);
    assertThat(drain(table)).hasSize(1);
    announce(host4(1), 1);
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void refreshDoesNotBringBackWhatIsBeingWithdrawn() {
    announce(host4(1), 1);
    drain(table);
    table.withdraw(host4(1));
    table.refresh(V4);
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(withdrawn(updates.get(0))).containsExactly(host4(1));
    announce(host4(1), 1);
    drain(table);
    announce(host4(1), 1);
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void tenThousandHostsOfOnePathTakeTheFewestUpdates() {
    assertFewestUpdates(V4, Paths::host4, 5, 23 + 4 + 9 + 7 + 7);
    assertFewestUpdates(V6, Paths::host6, 17, 23 + 4 + 9 + 7 + 4 + 21);
  }

  private void assertFewestUpdates(
      AddressFamily family, IntFunction<Prefix> hosts, int octetsEach, int octetsBeside) {
    int count = 10_000;
    for (int i = 0; i < count; i++) {
      announce(hosts.apply(i), 1);
    }
    List<UpdateMessage> updates = drain(table);
    int perUpdate = (4096 - octetsBeside) / octetsEach;
    assertThat(updates).hasSize((count + perUpdate - 1) / perUpdate);
    Set<Nlri> all = new HashSet<>();
    updates.forEach(update -> all.addAll(announced(update)));
    assertThat(all).hasSize(count);
    for (int i = 0; i < count; i++) {
      table.withdraw(hosts.apply(i));
    }
    int besideWithdrawal = family.equals(V4) ? 23 : 23 + 4 + 3;
    int withdrawnPerUpdate = (4096 - besideWithdrawal) / octetsEach;
    assertThat(drain(table)).hasSize((count + withdrawnPerUpdate - 1) / withdrawnPerUpdate);
    assertThat(table.size()).isZero();
  }

  @Test
  void anUpdateIsFilledToTheLastOctet() {
    // 4096 - 50 = 4046 = 808 hosts of 5 octets and two /16 of 3.
    assertFills(Paths::host4, 808, List.of("172.16.0.0/16", "172.17.0.0/16"));
    // 4096 - 68 = 4028 = 236 hosts of 17 octets and one /120 of 16.
    assertFills(Paths::host6, 236, List.of("2001:db8:1::/120"));
  }

  @Test
  void oneOctetMoreGoesIntoTheNextUpdate() {
    assertOverflows(Paths::host4, 808, List.of("172.16.0.0/16", "172.17.1.0/24"));
    assertOverflows(Paths::host6, 236, List.of("2001:db8:1::1/128"));
  }

  private void assertFills(IntFunction<Prefix> hosts, int count, List<String> rest) {
    List<UpdateMessage> updates = announceAndDrain(hosts, count, rest);
    assertThat(updates).hasSize(1);
    assertThat(length(updates.get(0))).isEqualTo(4096);
  }

  private void assertOverflows(IntFunction<Prefix> hosts, int count, List<String> rest) {
    List<UpdateMessage> updates = announceAndDrain(hosts, count, rest);
    assertThat(updates).hasSize(2);
    assertThat(announced(updates.get(1))).containsExactly(prefix(rest.get(rest.size() - 1)));
  }

  private static List<UpdateMessage> announceAndDrain(
      IntFunction<Prefix> hosts, int count, List<String> rest) {
    AdjRibOut fresh = new AdjRibOut(List.of(V4, V6), CONTEXT);
    for (int i = 0; i < count; i++) {
      fresh.announce(hosts.apply(i), path(hosts.apply(i).family(), 1));
    }
    for (String text : rest) {
      fresh.announce(prefix(text), path(prefix(text).family(), 1));
    }
    return drain(fresh);
  }

  @Test
  void aWithdrawalIsFilledToTheLastOctet() {
    assertWithdrawalFills(Paths::host4, 814, "172.16.0.0/16"); // 4073 = 814 * 5 + 3
    assertWithdrawalFills(Paths::host6, 239, "2001::/16"); // 4066 = 239 * 17 + 3
  }

  private void assertWithdrawalFills(IntFunction<Prefix> hosts, int count, String last) {
    for (int i = 0; i < count; i++) {
      announce(hosts.apply(i), 1);
    }
    announce(prefix(last), 1);
    drain(table);
    for (int i = 0; i < count; i++) {
      table.withdraw(hosts.apply(i));
    }
    table.withdraw(prefix(last));
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(length(updates.get(0))).isEqualTo(4096);
  }

  @Test
  void aShortMultiprotocolAttributeNeedsNoSecondLengthOctet() {
    // 23 + 20 + (4 + 4 * 1002) + (3 + 21 + 17) = 4096
    table.announce(host6(1), path(V6, withCommunities(1002)));
    table.announce(host6(2), path(V6, withCommunities(1002)));
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(2);
    assertThat(length(updates.get(0))).isEqualTo(4096);
  }

  @Test
  void aPathThatFitsInNoUpdateIsNotAdvertisedAndHindersNoOther() {
    table.announce(host4(1), path(V4, withCommunities(1012)));
    announce(host4(2), 1);
    table.finishInitialUpdate();
    List<UpdateMessage> updates = drain(table);
    assertThat(announced(updates.get(0))).containsExactly(host4(2));
    assertThat(updates).hasSize(3);
    assertThat(table.tooLarge()).containsExactly(host4(1));
    assertThat(table.hasPending()).isFalse();
  }

  @Test
  void theFormerPathIsWithdrawnWhenTheNewOneFitsInNoUpdate() {
    announce(host4(1), 1);
    drain(table);
    table.announce(host4(1), path(V4, withCommunities(1012)));
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(withdrawn(updates.get(0))).containsExactly(host4(1));
    assertThat(table.tooLarge()).containsExactly(host4(1));
    announce(host4(1), 2);
    assertThat(table.tooLarge()).isEmpty();
    assertThat(drain(table)).hasSize(1);
    table.announce(host4(1), path(V4, withCommunities(1012)));
    drain(table);
    table.withdraw(host4(1));
    assertThat(table.tooLarge()).isEmpty();
  }

  @Test
  void aShorterPrefixMayFitWhereALongerDoesNot() {
    // Two octets of room.
    table.announce(host4(1), path(V4, withCommunities(1010)));
    table.announce(prefix("11.0.0.0/8"), path(V4, withCommunities(1010)));
    table.announce(host4(2), path(V4, withCommunities(1010)));
    List<UpdateMessage> updates = drain(table);
    assertThat(updates).hasSize(1);
    assertThat(length(updates.get(0))).isEqualTo(4096);
    assertThat(table.tooLarge()).containsExactlyInAnyOrder(host4(1), host4(2));
  }

  @Test
  void aPathHasNoNextHopAmongItsAttributes() {
    assertThatThrownBy(
            () -> path(V4, Paths.attributes(1).with(new NextHop(Ipv4Address.parse("192.0.2.9")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NEXT_HOP");
  }

  private static final CodecContext ENHANCED = CONTEXT.withEnhancedRouteRefresh(true);

  private static final CodecContext SEVERAL =
      CONTEXT.withSent(CONTEXT.sent().withPathIdentifiers(Set.of(V4)));

  private static List<String> said(AdjRibOut table, CodecContext context) {
    return drain(table, context).stream().map(Message::toString).toList();
  }

  @Test
  void aRefreshIsMarkedWhereThatWasAgreed() {
    AdjRibOut marked = new AdjRibOut(List.of(V4, V6), ENHANCED);
    marked.announce(host4(1), path(V4, 1));
    marked.announce(host6(1), path(V6, 1));
    marked.finishInitialUpdate();
    said(marked, ENHANCED);

    marked.refresh(V4);
    assertThat(marked.hasPending()).isTrue();
    assertThat(said(marked, ENHANCED))
        .satisfiesExactly(
            begin -> assertThat(begin).isEqualTo("ROUTE-REFRESH ipv4-unicast BoRR"),
            route -> assertThat(route).contains("nlri [10.0.0.1/32]"),
            end -> assertThat(end).isEqualTo("ROUTE-REFRESH ipv4-unicast EoRR"));
    assertThat(marked.hasPending()).isFalse();
  }

  @Test
  void aMarkedRefreshOfNothingIsMarkedToo() {
    AdjRibOut marked = new AdjRibOut(List.of(V4), ENHANCED);
    marked.finishInitialUpdate();
    said(marked, ENHANCED);

    marked.refresh(V4);
    assertThat(said(marked, ENHANCED))
        .containsExactly("ROUTE-REFRESH ipv4-unicast BoRR", "ROUTE-REFRESH ipv4-unicast EoRR");
  }

  /** RFC 7313 §4: not before End-of-RIB. */
  @Test
  void aMarkedRefreshWaitsForEndOfRib() {
    AdjRibOut marked = new AdjRibOut(List.of(V4), ENHANCED);
    marked.refresh(V4);
    assertThat(marked.hasPending()).isFalse();
    marked.announce(host4(1), path(V4, 1));
    marked.finishInitialUpdate();
    assertThat(said(marked, ENHANCED))
        .satisfiesExactly(
            route -> assertThat(route).contains("nlri [10.0.0.1/32]"),
            endOfRib -> assertThat(endOfRib).isEqualTo("UPDATE End-of-RIB ipv4-unicast"),
            begin -> assertThat(begin).endsWith("BoRR"),
            again -> assertThat(again).contains("nlri [10.0.0.1/32]"),
            end -> assertThat(end).endsWith("EoRR"));
  }

  @Test
  void whatIsWithdrawnWhileItIsRefreshedIsNotSentAgain() {
    AdjRibOut marked = new AdjRibOut(List.of(V4), ENHANCED);
    marked.announce(host4(1), path(V4, 1));
    marked.finishInitialUpdate();
    said(marked, ENHANCED);
    marked.refresh(V4);
    assertThat(marked.nextMessage()).map(Message::toString).get().asString().endsWith("BoRR");
    marked.withdraw(host4(1));
    assertThat(said(marked, ENHANCED))
        .satisfiesExactly(
            withdrawal -> assertThat(withdrawal).contains("withdrawn [10.0.0.1/32]"),
            end -> assertThat(end).endsWith("EoRR"));
  }

  private static IdentifiedPath identified(long identifier, long number) {
    return new IdentifiedPath(identifier, path(V4, number));
  }

  @Test
  void aPeerThatTakesOnePathIsToldOfTheFirst() {
    table.announce(host4(1), List.of(identified(1, 1), identified(2, 2)));
    assertThat(drain(table)).hasSize(1);
    table.announce(host4(1), List.of(identified(1, 1)));
    assertThat(drain(table)).isEmpty();
    table.announce(host4(1), List.of(identified(2, 2)));
    assertThat(drain(table)).hasSize(1);
    table.announce(host4(1), List.of(identified(3, 2)));
    assertThat(drain(table)).isEmpty();
  }

  @Test
  void aPeerThatTakesSeveralPathsIsToldOfAll() {
    AdjRibOut several = new AdjRibOut(List.of(V4, V6), SEVERAL);
    several.announce(host4(1), List.of(identified(1, 1), identified(2, 2)));
    several.announce(host6(1), List.of(new IdentifiedPath(9, path(V6, 1))));
    assertThat(said(several, SEVERAL))
        .satisfiesExactly(
            first -> assertThat(first).contains("nlri [10.0.0.1/32 path 1]"),
            second -> assertThat(second).contains("nlri [10.0.0.1/32 path 2]"),
            ipv6 -> assertThat(ipv6).contains("[2001:db8::1/128]"));
    assertThat(several.size()).isEqualTo(3);

    several.announce(host4(1), List.of(identified(2, 2), identified(3, 3)));
    assertThat(said(several, SEVERAL))
        .satisfiesExactly(
            gone -> assertThat(gone).isEqualTo("UPDATE withdrawn [10.0.0.1/32 path 1]"),
            third -> assertThat(third).contains("nlri [10.0.0.1/32 path 3]"));

    several.withdraw(host4(1));
    assertThat(said(several, SEVERAL))
        .containsExactly("UPDATE withdrawn [10.0.0.1/32 path 2, 10.0.0.1/32 path 3]");
    assertThat(several.size()).isEqualTo(1);
  }

  @Test
  void pathsThatComeAndGoBeforeTheyAreSentAreNotSent() {
    AdjRibOut several = new AdjRibOut(List.of(V4), SEVERAL);
    several.announce(host4(1), List.of(identified(1, 1), identified(2, 2)));
    several.announce(host4(1), List.of(identified(2, 2)));
    assertThat(said(several, SEVERAL)).hasSize(1);
    several.announce(host4(1), List.of(identified(2, 2), identified(1, 5)));
    several.withdraw(host4(1));
    assertThat(said(several, SEVERAL)).containsExactly("UPDATE withdrawn [10.0.0.1/32 path 2]");
  }

  @Test
  void longMessagesHoldMore() {
    CodecContext extended = CONTEXT.withSent(CONTEXT.sent().withLongestMessage(65535));
    AdjRibOut longer = new AdjRibOut(List.of(V4), extended);
    for (int i = 0; i < 5000; i++) {
      longer.announce(host4(i), path(V4, 1));
    }
    assertThat(said(longer, extended)).hasSize(1);
    longer.announce(host4(1), path(V4, Paths.withCommunities(1020)));
    assertThat(said(longer, extended)).hasSize(1);
    assertThat(longer.tooLarge()).isEmpty();
  }
}
