package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.localPref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.LearnedPath.Content;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTest {

  private static final Prefix PREFIX = Prefix.parse("198.51.100.0/24");

  private static final PolicyPeer PEER = new PolicyPeer(IpAddress.parse("192.0.2.254"), 65000);

  private static Import of(Optional<RoutePolicy> policy, boolean external) {
    return new Import(
        PEER,
        policy,
        Import.Terms.usual(external ? PeerKind.EXTERNAL : PeerKind.INTERNAL, Optional.empty()),
        new Import.Own(
            List.of(65001L, 65002L),
            65003,
            Ipv4Address.parse("192.0.2.1"),
            Ipv4Address.parse("10.0.0.9"),
            Set.of(IpAddress.parse("192.0.2.7"))));
  }

  private static Imported imported(RoutePolicy policy, Content received) {
    Import asked = of(Optional.of(policy), true);
    return asked.apply(PREFIX, received, asked.admit(received));
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        Arguments.of(Eligibility.ELIGIBLE, content()),
        Arguments.of(Eligibility.AS_LOOP, content(asPath("65000 65001 3"))),
        Arguments.of(Eligibility.AS_LOOP, content(asPath("65000 {3,65002}"))),
        Arguments.of(Eligibility.AS_LOOP, content(asPath("(65002) 3"))),
        Arguments.of(
            Eligibility.ORIGINATOR_LOOP, content(new OriginatorId(Ipv4Address.parse("192.0.2.1")))),
        Arguments.of(
            Eligibility.ELIGIBLE, content(new OriginatorId(Ipv4Address.parse("10.0.0.9")))),
        Arguments.of(
            Eligibility.CLUSTER_LOOP,
            content(
                new ClusterList(
                    List.of(Ipv4Address.parse("10.0.0.8"), Ipv4Address.parse("10.0.0.9"))))),
        Arguments.of(
            Eligibility.ELIGIBLE,
            content(new ClusterList(List.of(Ipv4Address.parse("192.0.2.1"))))),
        Arguments.of(Eligibility.NEXT_HOP, content("0.0.0.0")),
        Arguments.of(Eligibility.NEXT_HOP, content("224.0.0.5")),
        Arguments.of(Eligibility.NEXT_HOP, content("ff02::1")),
        Arguments.of(Eligibility.NEXT_HOP, content("192.0.2.7")));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void whatCannotBeIsNotAdmitted(Eligibility expected, Content received) {
    Import open = of(Optional.of(RoutePolicy.ACCEPT_ALL), true);

    assertThat(open.admit(received)).isEqualTo(expected);
    assertThat(open.apply(PREFIX, received, expected)).isEqualTo(new Imported(received, expected));
  }

  @Test
  void withoutAPolicyNothingOfAnotherAsIsAccepted() {
    assertThat(of(Optional.empty(), true).admit(content())).isEqualTo(Eligibility.NO_POLICY);
    assertThat(of(Optional.empty(), false).admit(content())).isEqualTo(Eligibility.ELIGIBLE);
  }

  @Test
  void thePolicyChangesWhatItAccepts() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(Condition.prefixIn("198.51.100.0/24"))
                .change(RouteChange.localPref(200), RouteChange.nextHop("203.0.113.9"))
                .accept());

    Imported imported = imported(policy, content());

    assertThat(imported.eligibility()).isEqualTo(Eligibility.ELIGIBLE);
    assertThat(imported.path()).isEqualTo(content("203.0.113.9", localPref(200)));
  }

  @Test
  void thePolicyRejectsAndWhatWasReceivedIsStillKnown() {
    assertThat(imported(RoutePolicy.REJECT_ALL, content()))
        .isEqualTo(new Imported(content(), Eligibility.POLICY));
  }

  @Test
  void theMetricOfAnotherAsIsIgnored() {
    Content received = content(Aigp.of(7));
    Import internal = of(Optional.empty(), false);

    assertThat(imported(RoutePolicy.ACCEPT_ALL, received).path()).isEqualTo(content());
    assertThat(internal.apply(PREFIX, received, Eligibility.ELIGIBLE).path()).isEqualTo(received);
  }

  @Test
  void aPathOfAnotherAsThatIsShutDownGracefullyIsTheLastChoice() {
    Content received = content(new Communities(List.of(Community.GRACEFUL_SHUTDOWN)));
    Import internal = of(Optional.empty(), false);

    assertThat(imported(RoutePolicy.ACCEPT_ALL, received).path().attributes().get(LocalPref.class))
        .contains(localPref(0));
    assertThat(internal.apply(PREFIX, received, Eligibility.ELIGIBLE).path()).isEqualTo(received);
    RoutePolicy policy =
        RoutePolicy.of(PolicyRule.always().change(RouteChange.localPref(50)).accept());
    assertThat(imported(policy, received).path().attributes().get(LocalPref.class))
        .as("the policy has the last word")
        .contains(localPref(50));
  }

  private static Import with(Import.Terms terms, Import like) {
    return new Import(like.peer(), like.policy(), terms, like.own());
  }

  private static Import from(PeerKind kind) {
    return with(
        Import.Terms.usual(kind, Optional.empty()), of(Optional.of(RoutePolicy.ACCEPT_ALL), true));
  }

  /** RFC 4271 §6.3, RFC 5065 §5; the peer is AS 65000, and the AS that it is in. */
  @ParameterizedTest
  @CsvSource({
    "EXTERNAL, 65000 3, ELIGIBLE",
    "EXTERNAL, 3 65000, FIRST_AS",
    "EXTERNAL, '', FIRST_AS",
    "EXTERNAL, '{65000}', FIRST_AS",
    "ROUTE_SERVER_CLIENT, 3 65000, FIRST_AS",
    "ROUTE_SERVER, 3 65000, ELIGIBLE",
    "CONFEDERATION, (65000) 3, ELIGIBLE",
    "CONFEDERATION, (65000 4) 3, ELIGIBLE",
    "CONFEDERATION, (4 65000) 3, FIRST_AS",
    "CONFEDERATION, 65000 3, FIRST_AS",
    "CONFEDERATION, '[65000]', FIRST_AS",
    "INTERNAL, 3, ELIGIBLE",
    "CLIENT, '', ELIGIBLE"
  })
  void aPathBeginsWithTheAsThatItComesFrom(PeerKind kind, String path, Eligibility expected) {
    assertThat(from(kind).admit(content(asPath(path)))).isEqualTo(expected);
  }

  @Test
  void aRouteServerIsKnownByOurRoleAndEverythingCanBeSaidOtherwise() {
    Content fromAnother = content(asPath("3 4"));

    assertThat(as(Role.RS_CLIENT).admit(fromAnother)).isEqualTo(Eligibility.ELIGIBLE);
    assertThat(as(Role.CUSTOMER).admit(fromAnother)).isEqualTo(Eligibility.FIRST_AS);
    Import external = from(PeerKind.EXTERNAL);
    assertThat(with(external.terms().withFirstAs(false), external).admit(fromAnother))
        .isEqualTo(Eligibility.ELIGIBLE);
  }

  /** RFC 5065 §4; member AS 65003 of a confederation that is known as 65001. */
  @ParameterizedTest
  @CsvSource({
    "CONFEDERATION, (65000 65003) 3, AS_LOOP",
    "CONFEDERATION, '(65000) [4,65003] 3', AS_LOOP",
    "CONFEDERATION, (65000) 65001 3, AS_LOOP",
    "CONFEDERATION, (65000) 65003 3, ELIGIBLE",
    "INTERNAL, (65003), AS_LOOP",
    "EXTERNAL, 65000 65003, ELIGIBLE"
  })
  void theMemberAsIsALoopAmongMembersOnly(PeerKind kind, String path, Eligibility expected) {
    assertThat(from(kind).admit(content(asPath(path)))).isEqualTo(expected);
  }

  @Test
  void whatAnotherMemberHasReflectedIsForgotten() {
    Content received =
        content(
            asPath("(65000) 3"),
            localPref(7),
            new OriginatorId(Ipv4Address.parse("10.0.0.9")),
            new ClusterList(List.of(Ipv4Address.parse("10.0.0.8"))));

    assertThat(from(PeerKind.CONFEDERATION).apply(PREFIX, received, Eligibility.ELIGIBLE).path())
        .isEqualTo(content(asPath("(65000) 3"), localPref(7)));
    assertThat(from(PeerKind.CLIENT).apply(PREFIX, received, Eligibility.ELIGIBLE).path())
        .isEqualTo(received);
  }

  /** RFC 7999 §3.2. */
  @ParameterizedTest
  @CsvSource({
    "EXTERNAL, blackhole, blackhole no-export",
    "EXTERNAL, blackhole no-export, blackhole no-export",
    "ROUTE_SERVER, blackhole, blackhole no-export",
    "ROUTE_SERVER_CLIENT, blackhole, blackhole",
    "INTERNAL, blackhole, blackhole"
  })
  void aBlackholeOfAnotherAsStaysInOurs(PeerKind kind, String received, String taken) {
    assertThat(
            from(kind).apply(PREFIX, content(communities(received)), Eligibility.ELIGIBLE).path())
        .isEqualTo(content(communities(taken)));
  }

  private static Communities communities(String text) {
    return new Communities(Stream.of(text.split(" ", -1)).map(Community::parse).toList());
  }

  @Test
  void theMetricOfAnotherAsIsTakenWhereThatIsAskedFor() {
    Import external = from(PeerKind.EXTERNAL);
    Content received = content(Aigp.of(7));

    assertThat(
            with(external.terms().withAigp(true), external)
                .apply(PREFIX, received, Eligibility.ELIGIBLE)
                .path())
        .isEqualTo(received);
    assertThat(from(PeerKind.CONFEDERATION).apply(PREFIX, received, Eligibility.ELIGIBLE).path())
        .isEqualTo(received);
  }

  private static Import as(Role role) {
    Import plain = of(Optional.of(RoutePolicy.ACCEPT_ALL), true);
    return with(Import.Terms.usual(PeerKind.EXTERNAL, Optional.of(role)), plain);
  }

  /** RFC 9234 §5; the peer is AS 65000. */
  @ParameterizedTest
  @CsvSource({
    "PROVIDER, 65000, ROUTE_LEAK",
    "RS, 65000, ROUTE_LEAK",
    "PEER, 65009, ROUTE_LEAK",
    "PEER, 65000, ELIGIBLE",
    "CUSTOMER, 65009, ELIGIBLE",
    "RS_CLIENT, 65009, ELIGIBLE"
  })
  void whatOnlyCustomersWereToBeToldIsALeakFromOthers(Role role, long mark, Eligibility expected) {
    Content received = content(new OnlyToCustomer(mark));

    assertThat(as(role).admit(received)).isEqualTo(expected);
    assertThat(as(role).apply(PREFIX, received, Eligibility.ELIGIBLE).path()).isEqualTo(received);
  }

  @ParameterizedTest
  @CsvSource({"PROVIDER, false", "RS, false", "PEER, true", "CUSTOMER, true", "RS_CLIENT, true"})
  void whatComesFromAboveOrBesideIsMarked(Role role, boolean isMarked) {
    Imported imported = as(role).apply(PREFIX, content(), Eligibility.ELIGIBLE);

    assertThat(imported.path().attributes().get(OnlyToCustomer.class))
        .isEqualTo(isMarked ? Optional.of(new OnlyToCustomer(65000)) : Optional.empty());
  }

  @Test
  void rolesAreOfUnicastAlone() {
    Import rejecting = as(Role.PEER);
    Content leaked = content(new OnlyToCustomer(65009));

    for (AddressFamily unicast : List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST)) {
      assertThat(rejecting.of(unicast)).isEqualTo(rejecting);
    }
    for (AddressFamily other :
        List.of(
            AddressFamily.IPV4_MULTICAST, AddressFamily.IPV6_VPN, AddressFamily.IPV4_FLOWSPEC)) {
      Import ofOther = rejecting.of(other);
      assertThat(ofOther.admit(leaked)).isEqualTo(Eligibility.ELIGIBLE);
      assertThat(ofOther.apply(PREFIX, content(), Eligibility.ELIGIBLE).path())
          .as("not marked")
          .isEqualTo(content());
    }
    Import fromRouteServer = as(Role.RS_CLIENT);
    assertThat(fromRouteServer.of(AddressFamily.IPV6_VPN).terms().enforceFirstAs())
        .as("it is a route server all the same")
        .isFalse();
  }

  @Test
  void theNearestAsNumberIsRepeatedAndNotOurs() {
    RoutePolicy policy =
        RoutePolicy.of(PolicyRule.always().change(RouteChange.prepend(2)).accept());

    assertThat(imported(policy, content()).path().attributes().get(AsPath.class))
        .contains(asPath("65000 65000 65000"));
    AsPath noSequence = asPath("{65000,65007}");
    assertThat(imported(policy, content(noSequence)).path().attributes().get(AsPath.class))
        .contains(noSequence);
  }

  @Test
  void anIpv6NextHopOfAnIpv4PrefixStays() {
    RoutePolicy policy =
        RoutePolicy.of(PolicyRule.always().change(RouteChange.localPref(7)).accept());

    assertThat(imported(policy, content("2001:db8::1")).path())
        .isEqualTo(content("2001:db8::1", localPref(7)));
  }

  @Test
  void aPolicyIsAskedOfDestinationsThatAreNoPrefixes() {
    RouteTargetMembership target = RouteTargetMembership.parse("65000:rt:65000:1");
    Import open = of(Optional.of(RoutePolicy.ACCEPT_ALL), true);
    Import asked =
        of(
            Optional.of(
                RoutePolicy.of(
                    PolicyRule.when(Condition.prefixIn("0.0.0.0/0 le 32", "::/0 le 128")).accept(),
                    PolicyRule.when(Condition.anyCommunity("65001:1")).accept())),
            true);
    Content marked = content(new Communities(List.of(Community.of(65001, 1))));

    assertThat(open.apply(target, content(), Eligibility.ELIGIBLE))
        .isEqualTo(Imported.unchanged(content()));
    assertThat(asked.apply(target, content(), Eligibility.ELIGIBLE).eligibility())
        .isEqualTo(Eligibility.POLICY);
    assertThat(asked.apply(target, marked, Eligibility.ELIGIBLE))
        .isEqualTo(Imported.unchanged(marked));
  }

  @Test
  void anotherPolicyHoldsForWhatIsThereAlready() {
    RoutingTable table =
        new RoutingTable(
            AddressFamily.IPV4_UNICAST,
            new Decision(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE),
            RoutingTable.Listener.NONE,
            7);
    PathPool pool = new PathPool(Paths.external(1));
    table.announce(PREFIX, pool, content(), new Imported(content(), Eligibility.NO_POLICY));
    assertThat(table.best(PREFIX)).isEmpty();

    table.reimport(pool, of(Optional.of(RoutePolicy.ACCEPT_ALL), true)::apply);
    assertThat(table.best(PREFIX)).isPresent();
    table.reimport(pool, of(Optional.of(RoutePolicy.REJECT_ALL), true)::apply);

    assertThat(table.best(PREFIX)).isEmpty();
    assertThat(table.paths(PREFIX)).hasSize(1);
    assertThat(pool.size()).isOne();
  }
}
