package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Condition.allCommunities;
import static dev.bugle.bgp.rib.Condition.anyCommunity;
import static dev.bugle.bgp.rib.Condition.peer;
import static dev.bugle.bgp.rib.Condition.peerAs;
import static dev.bugle.bgp.rib.Condition.peerIn;
import static dev.bugle.bgp.rib.Condition.peerInterface;
import static dev.bugle.bgp.rib.Condition.prefixIn;
import static dev.bugle.bgp.rib.RouteChange.addCommunities;
import static dev.bugle.bgp.rib.RouteChange.localPref;
import static dev.bugle.bgp.rib.RouteChange.med;
import static dev.bugle.bgp.rib.RouteChange.nextHop;
import static dev.bugle.bgp.rib.RouteChange.noMed;
import static dev.bugle.bgp.rib.RouteChange.ownNextHop;
import static dev.bugle.bgp.rib.RouteChange.prepend;
import static dev.bugle.bgp.rib.RouteChange.removeAllCommunities;
import static dev.bugle.bgp.rib.RouteChange.removeCommunities;
import static dev.bugle.bgp.rib.RouteChange.replaceCommunities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.sun.management.ThreadMXBean;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoutePolicyTest {

  private static final PolicyPeer PEER =
      new PolicyPeer(IpAddress.parse("192.0.2.254"), 4_200_000_000L);

  private static final PolicyRoute PLAIN = route("203.0.113.10/32", "");

  private static PolicyRoute route(String prefix, String communities) {
    PathAttributes attributes = PathAttributes.of(Origin.IGP);
    if (!communities.isEmpty()) {
      attributes = CommunitySet.of(communities.split(" ")).addedTo(attributes);
    }
    return new PolicyRoute(Prefix.parse(prefix), attributes, 0, Optional.empty());
  }

  static Stream<Arguments> conditions() {
    PolicyRoute coloured =
        route("203.0.113.10/32", "65001:100 no-export rt:65001:7 65001:1:2 65001:1:3");
    return Stream.of(
        Arguments.of(prefixIn("203.0.113.0/24 ge 32"), PLAIN, true),
        Arguments.of(prefixIn("10.0.0.0/8 le 32", "203.0.113.10/32"), PLAIN, true),
        Arguments.of(prefixIn("203.0.113.0/24"), PLAIN, false),
        Arguments.of(anyCommunity("65001:100", "65001:200"), coloured, true),
        Arguments.of(anyCommunity("no-export"), coloured, true),
        Arguments.of(anyCommunity("rt:65001:7"), coloured, true),
        Arguments.of(anyCommunity("65001:200", "65001:1:3"), coloured, true),
        Arguments.of(anyCommunity("65001:200", "65001:1:4", "rt:65001:8"), coloured, false),
        Arguments.of(anyCommunity("65001:100"), PLAIN, false),
        Arguments.of(allCommunities("65001:100", "no-export"), coloured, true),
        Arguments.of(allCommunities("65001:100", "65001:1:2", "rt:65001:7"), coloured, true),
        Arguments.of(allCommunities("65001:100", "65001:200"), coloured, false),
        Arguments.of(allCommunities("65001:100", "65001:1:4"), coloured, false),
        Arguments.of(allCommunities("65001:100", "soo:65001:7"), coloured, false),
        Arguments.of(peer("192.0.2.254"), PLAIN, true),
        Arguments.of(peer("192.0.2.1", "192.0.2.254"), PLAIN, true),
        Arguments.of(peer("192.0.2.1", "2001:db8::1"), PLAIN, false),
        Arguments.of(peerAs(4_200_000_000L), PLAIN, true),
        Arguments.of(peerAs(65000, 4_200_000_000L), PLAIN, true),
        Arguments.of(peerAs(65000), PLAIN, false),
        Arguments.of(peerIn("192.0.2.0/24"), PLAIN, true),
        Arguments.of(peerIn("198.51.100.0/24", "192.0.2.254/32"), PLAIN, true),
        Arguments.of(peerIn("192.0.2.0/25", "::/0"), PLAIN, false),
        Arguments.of(peerInterface("eth0"), PLAIN, false));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aConditionHoldsWhereItSaysSo(Condition condition, PolicyRoute route, boolean expected) {
    assertThat(condition.holds(PEER, route)).isEqualTo(expected);
  }

  static Stream<Arguments> communityChanges() {
    String all = "65001:100 no-export 65001:1:2 65001:1:3 rt:65001:7";
    return Stream.of(
        Arguments.of(addCommunities("65001:100"), "", "65001:100"),
        Arguments.of(
            addCommunities("65001:50", "65001:1:1", "soo:1:1"),
            all,
            "65001:50 65001:100 no-export 65001:1:1 65001:1:2 65001:1:3 rt:65001:7 soo:1:1"),
        Arguments.of(addCommunities("65001:100"), all, all),
        Arguments.of(removeCommunities("65001:100"), "", ""),
        Arguments.of(removeCommunities("65001:100"), "65001:100", ""),
        Arguments.of(
            removeCommunities("no-export", "65001:1:3", "rt:65001:7", "65001:9"),
            all,
            "65001:100 65001:1:2"),
        Arguments.of(removeAllCommunities(), all, ""),
        Arguments.of(removeAllCommunities(), "", ""),
        Arguments.of(
            removeAllCommunities(CommunitySet.Kind.LARGE), all, "65001:100 no-export rt:65001:7"),
        Arguments.of(
            removeAllCommunities(CommunitySet.Kind.STANDARD, CommunitySet.Kind.EXTENDED),
            all,
            "65001:1:2 65001:1:3"),
        Arguments.of(replaceCommunities("65001:7"), all, "65001:7 65001:1:2 65001:1:3 rt:65001:7"),
        Arguments.of(replaceCommunities("65001:7", "1:1:1", "rt:1:1"), all, "65001:7 1:1:1 rt:1:1"),
        Arguments.of(replaceCommunities("65001:7"), "", "65001:7"));
  }

  @ParameterizedTest
  @MethodSource("communityChanges")
  void aChangeOfCommunitiesLeavesWhatItSays(RouteChange change, String before, String after) {
    PolicyRoute changed = change.apply(route("203.0.113.10/32", before));
    assertThat(changed).isEqualTo(route("203.0.113.10/32", after));
    assertThat(change.apply(changed)).as("made again").isEqualTo(changed);
  }

  static Stream<Arguments> otherChanges() {
    PolicyRoute withMed = PLAIN.withAttributes(PLAIN.attributes().with(new MultiExitDisc(5)));
    IpAddress given = IpAddress.parse("192.0.2.9");
    PolicyRoute withNextHop = PLAIN.withNextHop(Optional.of(given));
    return Stream.of(
        Arguments.of(med(5), PLAIN, withMed),
        Arguments.of(med(5), withMed, withMed),
        Arguments.of(
            med(0),
            withMed,
            withMed.withAttributes(withMed.attributes().with(new MultiExitDisc(0)))),
        Arguments.of(noMed(), withMed, PLAIN),
        Arguments.of(noMed(), PLAIN, PLAIN),
        Arguments.of(
            localPref(200),
            PLAIN,
            PLAIN.withAttributes(PLAIN.attributes().with(new LocalPref(200)))),
        Arguments.of(prepend(2), PLAIN, PLAIN.withPrepended(2)),
        Arguments.of(prepend(2), PLAIN.withPrepended(1), PLAIN.withPrepended(3)),
        Arguments.of(nextHop("192.0.2.9"), PLAIN, withNextHop),
        Arguments.of(nextHop("2001:db8::9"), PLAIN, PLAIN),
        Arguments.of(
            nextHop("192.0.2.9"), route("2001:db8::/128", ""), route("2001:db8::/128", "")),
        Arguments.of(ownNextHop(), withNextHop, PLAIN),
        Arguments.of(ownNextHop(), PLAIN, PLAIN));
  }

  @ParameterizedTest
  @MethodSource("otherChanges")
  void anotherChangeGivesTheRouteWhatItSays(
      RouteChange change, PolicyRoute before, PolicyRoute after) {
    assertThat(change.apply(before)).isEqualTo(after);
  }

  @Test
  void aPeerBehindAnInterfaceIsKnownByIt() {
    PolicyPeer behind = new PolicyPeer(IpAddress.parse("fe80::1"), 65000, Optional.of("eth1"));
    assertThat(peerInterface("eth0", "eth1").holds(behind, PLAIN)).isTrue();
    assertThat(peerInterface("eth0").holds(behind, PLAIN)).isFalse();
    assertThat(behind).hasToString("fe80::1%eth1 (AS 65000)");
  }

  @Test
  void theFirstRuleThatDecidesIsTheLastOneAsked() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(prefixIn("10.0.0.0/8 le 32")).reject(),
            PolicyRule.when(prefixIn("203.0.113.0/24 le 32")).change(med(1)).accept(),
            PolicyRule.always().change(med(2)).accept());
    assertThat(policy.apply(PEER, route("10.1.0.0/16", ""))).isEmpty();
    assertThat(policy.apply(PEER, PLAIN)).contains(med(1).apply(PLAIN));
    PolicyRoute elsewhere = route("198.51.100.0/24", "");
    assertThat(policy.apply(PEER, elsewhere)).contains(med(2).apply(elsewhere));
  }

  @Test
  void aRuleThatContinuesShowsItsChangesToTheNext() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(prefixIn("203.0.113.0/24 le 32")).change(addCommunities("65001:1")),
            PolicyRule.when(anyCommunity("65001:1")).change(med(3)).accept());
    assertThat(policy.apply(PEER, PLAIN))
        .contains(med(3).apply(addCommunities("65001:1").apply(PLAIN)));
  }

  @Test
  void allConditionsOfARuleMustHold() {
    RoutePolicy policy =
        RoutePolicy.of(PolicyRule.when(prefixIn("203.0.113.10/32"), peerAs(65000)).accept());
    assertThat(policy.apply(PEER, PLAIN)).isEmpty();
    assertThat(policy.apply(new PolicyPeer(PEER.address(), 65000), PLAIN)).contains(PLAIN);
  }

  @Test
  void whatNoRuleDecidesIsRejectedUnlessSaidOtherwise() {
    RoutePolicy policy = RoutePolicy.of(PolicyRule.always().change(med(3)));
    assertThat(policy.apply(PEER, PLAIN)).isEmpty();
    assertThat(policy.orElse(RoutePolicy.ACCEPT_ALL).apply(PEER, PLAIN))
        .contains(med(3).apply(PLAIN));
    assertThat(RoutePolicy.of().apply(PEER, PLAIN)).isEmpty();
  }

  @Test
  void policiesInAChainAreAskedOneAfterTheOther() {
    RoutePolicy customers = RoutePolicy.of(PolicyRule.when(anyCommunity("65001:1")).accept());
    RoutePolicy own = RoutePolicy.of(PolicyRule.when(prefixIn("203.0.113.10/32")).accept());
    RoutePolicy both = customers.orElse(own);
    assertThat(both.apply(PEER, route("10.0.0.0/8", "65001:1"))).isPresent();
    assertThat(both.apply(PEER, PLAIN)).contains(PLAIN);
    assertThat(both.apply(PEER, route("10.0.0.0/8", ""))).isEmpty();
  }

  @Test
  void aWellKnownCommunityIsAValueLikeAnyOther() {
    PolicyRoute route = route("203.0.113.10/32", "no-export no-advertise");
    assertThat(RoutePolicy.ACCEPT_ALL.apply(PEER, route)).contains(route);
  }

  @Test
  void whatChangesNothingMakesNoNewRoute() {
    PolicyRoute route = med(5).apply(route("203.0.113.10/32", "65001:100"));
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.always()
                .change(
                    addCommunities("65001:100"),
                    removeCommunities("65001:200"),
                    removeAllCommunities(CommunitySet.Kind.LARGE),
                    replaceCommunities("65001:100"),
                    med(5),
                    nextHop("2001:db8::9"),
                    ownNextHop())
                .accept());
    assertThat(policy.apply(PEER, route).orElseThrow()).isSameAs(route);
  }

  @Test
  void aPolicyReadsAsWhatItDoes() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(prefixIn("203.0.113.0/24 ge 32"), anyCommunity("no-export", "1:2:3"))
                .change(
                    addCommunities("65001:100", "rt:1:2"),
                    removeAllCommunities(CommunitySet.Kind.LARGE),
                    med(50),
                    prepend(2),
                    ownNextHop())
                .accept(),
            PolicyRule.when(peer("192.0.2.1", "192.0.2.2"), peerAs(65000)).reject(),
            PolicyRule.always().change(removeAllCommunities(), noMed(), localPref(1)));
    assertThat(policy)
        .hasToString(
            "[if prefix in 203.0.113.0/24 ge 32 and any community of no-export 1:2:3:"
                + " add communities 65001:100 rt:1:2, remove all large communities, med 50,"
                + " prepend 2, next-hop self, accept;"
                + " if peer 192.0.2.1, 192.0.2.2 and peer in AS 65000: reject;"
                + " remove all communities, no med, local-pref 1, continue;"
                + " otherwise reject]");
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong(() -> anyCommunity(), "names none; name at least one"),
        wrong(() -> allCommunities(), "names none; name at least one"),
        wrong(() -> anyCommunity("no-exprt"), "'no-exprt' is not a community"),
        wrong(() -> peer(), "addresses of peers names none"),
        wrong(() -> peer("router"), "'router' is not an IP address"),
        wrong(() -> peerAs(), "AS numbers of peers names none"),
        wrong(() -> peerIn(), "prefixes of peers names none"),
        wrong(() -> peerInterface(), "interfaces of peers names none"),
        wrong(() -> peerAs(0), "AS number 0 is not in 1 to 4294967295"),
        wrong(() -> prefixIn(), "at least one entry"),
        wrong(() -> addCommunities(), "a change of communities names none"),
        wrong(() -> removeCommunities(), "a change of communities names none"),
        wrong(() -> replaceCommunities(), "a change of communities names none"),
        wrong(() -> med(-1), "MED -1 is not in 0 to 4294967295"),
        wrong(() -> localPref(1L << 32), "LOCAL_PREF 4294967296 is not in"),
        wrong(() -> prepend(0), "prepend 0 is not in 1 to 255"),
        wrong(() -> prepend(256), "prepend 256 is not in 1 to 255"),
        wrong(() -> nextHop("0.0.0.0"), "next hop 0.0.0.0 is not the address of a host"),
        wrong(() -> nextHop("ff02::1"), "next hop ff02::1 is not the address of a host"),
        wrong(
            () -> PolicyRule.always().change(med(1)).reject(),
            "a rule that rejects has the changes [med 1]"),
        wrong(() -> new RoutePolicy(List.of(), Verdict.CONTINUE), "must be accepted or rejected"),
        wrong(() -> new PolicyPeer(PEER.address(), 0), "AS number 0"));
  }

  private static Arguments wrong(ThrowingCallable made, String message) {
    return Arguments.of(message, made);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongValues")
  void aValueThatCannotBeMeantIsRefused(String message, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tenRulesOnAHundredThousandRoutesCostLittle() {
    RoutePolicy policy = RoutePolicy.ACCEPT_ALL;
    for (int i = 0; i < 10; i++) {
      policy =
          RoutePolicy.of(
                  PolicyRule.when(
                          prefixIn("10.0.0.0/8 le 32"),
                          anyCommunity("65001:" + (1000 + i), "65001:1:" + i))
                      .change(med(i))
                      .accept())
              .orElse(policy);
    }
    PolicyRoute like = route("203.0.113.10/32", "65001:1 65001:2 65001:3 1:2:3");
    List<PolicyRoute> routes = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      routes.add(new PolicyRoute(Paths.host4(i), like.attributes(), 0, Optional.empty()));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    for (PolicyRoute route : routes) {
      assertSame(route, policy.apply(PEER, route).orElseThrow());
    }
    long nanos = (threads.getCurrentThreadCpuTime() - start) / routes.size();
    long octets = (threads.getCurrentThreadAllocatedBytes() - before) / routes.size();
    // Far above what it takes, far below what a regex or a list for each rule would.
    assertThat(octets).as("octets for each route").isLessThan(3_000);
    assertThat(nanos).as("nanoseconds for each route").isLessThan(50_000);
  }

  @Test
  void forOnePeerAPolicyAsksNothingOfThePeer() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(peerAs(65009)).change(med(9)),
            PolicyRule.when(peerAs(4_200_000_000L), anyCommunity("65001:1")).change(med(5)),
            PolicyRule.when(peerIn("192.0.2.0/24")).accept(),
            PolicyRule.always().change(prepend(3)));

    assertThat(policy.asksPeer()).isTrue();
    assertThat(policy.forPeer(PEER))
        .isEqualTo(
            RoutePolicy.of(
                PolicyRule.when(anyCommunity("65001:1")).change(med(5)),
                PolicyRule.always().accept()));
    assertThat(policy.forPeer(PEER).asksPeer()).isFalse();
  }

  @Test
  void whetherThePolicyAsksTheDestinationIsKnown() {
    assertThat(RoutePolicy.of(PolicyRule.when(prefixIn("203.0.113.0/24")).accept()))
        .matches(RoutePolicy::asksDestination);
    assertThat(RoutePolicy.of(PolicyRule.when(anyCommunity("65001:1")).accept()))
        .matches(policy -> !policy.asksDestination());
  }

  @Test
  void aVpnRouteIsWhereItsPrefixIsAndAFlowSpecificationIsNowhere() {
    PolicyRoute vpn =
        new PolicyRoute(
            VpnPrefix.parse("65000:1:203.0.113.0/24 label 100"),
            PLAIN.attributes(),
            0,
            Optional.empty());
    PolicyRoute target =
        new PolicyRoute(
            RouteTargetMembership.parse("65000:rt:65000:1"),
            PLAIN.attributes(),
            0,
            Optional.empty());
    Condition everything = prefixIn("0.0.0.0/0 le 32", "::/0 le 128");

    assertThat(prefixIn("203.0.113.0/24").holds(PEER, vpn)).isTrue();
    assertThat(everything.holds(PEER, target)).isFalse();
    assertThat(nextHop("192.0.2.9").apply(vpn).nextHop()).isPresent();
    assertThat(nextHop("192.0.2.9").apply(target).nextHop()).isEmpty();
  }
}
