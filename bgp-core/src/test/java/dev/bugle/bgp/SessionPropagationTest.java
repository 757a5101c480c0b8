package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.rib.table.Propagation;
import dev.bugle.bgp.rib.table.Propagation.Feature;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionPropagationTest {

  private static final AddressFamily V4 = AddressFamily.IPV4_UNICAST;
  private static final SpeakerConfig SPEAKER = SpeakerConfig.builder(65001, "192.0.2.1").build();
  private static final SpeakerConfig MEMBER =
      SpeakerConfig.builder(65001, "192.0.2.1")
          .clusterId("10.0.0.1")
          .confederation(Confederation.of(64500, 65002L))
          .build();

  private static PeerConfig.Builder peer(long asn) {
    return PeerConfig.builder("127.0.0.2", asn);
  }

  private static PeerConfig.Builder with(long asn, PeerPart part) {
    return peer(asn).propagation(PeerPropagation.STANDARD.withPart(part));
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(SPEAKER, peer(65009), PeerKind.EXTERNAL),
        Arguments.of(SPEAKER, peer(65001), PeerKind.INTERNAL),
        Arguments.of(SPEAKER, with(65009, PeerPart.ROUTE_SERVER), PeerKind.ROUTE_SERVER),
        Arguments.of(
            SPEAKER, with(65009, PeerPart.ROUTE_SERVER_CLIENT), PeerKind.ROUTE_SERVER_CLIENT),
        Arguments.of(SPEAKER, with(65001, PeerPart.REFLECTOR_CLIENT), PeerKind.CLIENT),
        Arguments.of(
            SPEAKER,
            with(64999, PeerPart.REFLECTOR_CLIENT).localAs(new LocalAs(64999, false)),
            PeerKind.CLIENT),
        Arguments.of(MEMBER, peer(65001), PeerKind.INTERNAL),
        Arguments.of(MEMBER, peer(65002), PeerKind.CONFEDERATION),
        Arguments.of(MEMBER, peer(65003), PeerKind.EXTERNAL),
        Arguments.of(
            MEMBER, PeerConfig.builder("127.0.0.2", RemoteAs.Relation.INTERNAL), PeerKind.INTERNAL),
        Arguments.of(
            MEMBER,
            PeerConfig.builder("127.0.0.2", RemoteAs.Relation.EXTERNAL),
            PeerKind.EXTERNAL));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPeerIsWhatItsAsAndItsPartSay(
      SpeakerConfig speaker, PeerConfig.Builder peer, PeerKind expected) {
    assertThat(peer.build().standing(speaker).kind()).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            SPEAKER,
            with(65009, PeerPart.REFLECTOR_CLIENT),
            "a reflector client is in our own AS (RFC 4456), and this peer is not"),
        Arguments.of(
            MEMBER, with(65002, PeerPart.REFLECTOR_CLIENT), "a reflector client is in our own AS"),
        Arguments.of(
            SPEAKER,
            with(65001, PeerPart.ROUTE_SERVER_CLIENT),
            "a route server client is in another AS (RFC 7947), and this peer is not"),
        Arguments.of(
            MEMBER, with(65002, PeerPart.ROUTE_SERVER), "a route server is in another AS"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aPartThatAPeerCannotHaveIsRefused(
      SpeakerConfig speaker, PeerConfig.Builder peer, String because) {
    assertThatThrownBy(() -> SessionDriver.sessionConfig(speaker, peer.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because)
        .hasMessageContaining("check its AS, or make it plain");
  }

  private static Negotiated negotiated(long peerAs, Capability... capabilities) {
    List<Capability> all =
        Stream.concat(Stream.of(new FourOctetAsCapability(peerAs)), Stream.of(capabilities))
            .toList();
    return new Negotiated(
        new OpenMessage((int) peerAs, 90, Ipv4Address.parse("192.0.2.2"), all),
        Duration.ofSeconds(90),
        List.of(V4),
        Set.of(),
        CodecContext.INITIAL);
  }

  private static Propagation of(
      SpeakerConfig speaker, PeerConfig.Builder peer, Negotiated negotiated) {
    return of(speaker, peer, negotiated, V4);
  }

  private static Propagation of(
      SpeakerConfig speaker, PeerConfig.Builder peer, Negotiated negotiated, AddressFamily family) {
    return SessionPropagation.of(
        speaker, peer.build(), negotiated, family, IpAddress.parse("127.0.0.1").toInetAddress());
  }

  @Test
  void itSaysWhatTheConfigurationSays() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(Condition.peer("127.0.0.2")).change(RouteChange.med(5)).accept(),
            PolicyRule.when(Condition.peerAs(65008)).reject());
    Propagation propagation =
        of(
            MEMBER,
            peer(65009)
                .role(new LocalRole(Role.PROVIDER, false))
                .localAs(new LocalAs(64999, false))
                .propagation(
                    PeerPropagation.STANDARD
                        .withPolicy(policy)
                        .withNextHop(NextHopRule.UNCHANGED)
                        .withAigp()),
            negotiated(65009));

    assertThat(propagation.towards()).isEqualTo(PeerKind.EXTERNAL);
    assertThat(propagation.policy())
        .contains(RoutePolicy.of(PolicyRule.always().change(RouteChange.med(5)).accept()));
    assertThat(propagation.role()).contains(Role.PROVIDER);
    assertThat(propagation.nextHop().rule()).isEqualTo(NextHopRule.UNCHANGED);
    assertThat(propagation.nextHop().own()).contains(IpAddress.parse("127.0.0.1"));
    assertThat(propagation.nextHop().shared()).isEmpty();
    assertThat(propagation.own())
        .isEqualTo(
            new Propagation.Own(
                new OwnAs(List.of(64999L, 64500L), 65001), Ipv4Address.parse("10.0.0.1")));
    assertThat(propagation.features()).containsExactly(Feature.AIGP);
  }

  @Test
  void withoutAPolicyForItNothingLearnedGoesToAnotherAs() {
    assertThat(
            of(SPEAKER, peer(65009).exportPolicy(RoutePolicy.ACCEPT_ALL), negotiated(65009))
                .policy())
        .as("the policy of announcements is another one")
        .isEmpty();
  }

  @Test
  void aigpIsToldWithinOurAsAndConfederation() {
    assertThat(of(SPEAKER, peer(65001), negotiated(65001)).features()).contains(Feature.AIGP);
    assertThat(of(MEMBER, peer(65002), negotiated(65002)).features()).contains(Feature.AIGP);
    assertThat(of(SPEAKER, peer(65009), negotiated(65009)).features()).isEmpty();
  }

  @Test
  void whatThePeerTakesIsInItsOpen() {
    Capability longLived =
        new LongLivedGracefulRestartCapability(
            List.of(new LongLivedGracefulRestartCapability.Family(V4, false, Duration.ofHours(1))));
    Negotiated plain = negotiated(65009, longLived);
    Negotiated overIpv6 =
        new Negotiated(
            plain.peerOpen(),
            plain.holdTime(),
            plain.families(),
            plain.agreements(),
            plain.codec().withSent(Direction.INITIAL.withExtendedNextHop(Set.of(V4))));

    assertThat(of(SPEAKER, peer(65009), plain).features())
        .containsExactly(Feature.LONG_LIVED_GRACEFUL_RESTART);
    assertThat(of(SPEAKER, peer(65009), plain, AddressFamily.IPV6_UNICAST).features()).isEmpty();
    assertThat(of(SPEAKER, peer(65009), overIpv6).features())
        .containsExactlyInAnyOrder(Feature.LONG_LIVED_GRACEFUL_RESTART, Feature.IPV6_NEXT_HOPS);
  }

  @Test
  void theNetworkThatIsSharedIsLookedUpWhereItIsAskedFor() {
    Propagation propagation =
        of(
            SPEAKER,
            peer(65009).propagation(PeerPropagation.STANDARD.withNextHop(NextHopRule.THIRD_PARTY)),
            negotiated(65009));

    assertThat(propagation.nextHop().shared()).contains(Prefix.parse("127.0.0.0/8"));
  }

  @Test
  void multicastHasANextHopOfOursAlsoWithoutUnicast() {
    PeerConfig.Builder peer = peer(65009).families(AddressFamily.IPV4_MULTICAST);
    assertThat(of(SPEAKER, peer, negotiated(65009), AddressFamily.IPV4_MULTICAST).nextHop().own())
        .contains(IpAddress.parse("127.0.0.1"));
    assertThat(
            of(SPEAKER, peer.nextHop("192.0.2.9"), negotiated(65009), AddressFamily.IPV4_MULTICAST)
                .nextHop()
                .own())
        .contains(IpAddress.parse("192.0.2.9"));
  }

  @Test
  void labelledRoutesAreNotDrawnToUs() {
    PeerConfig.Builder peer =
        peer(65009).families(V4, AddressFamily.IPV4_VPN, AddressFamily.IPV4_MULTICAST);

    assertThat(of(SPEAKER, peer, negotiated(65009), AddressFamily.IPV4_VPN).nextHop().own())
        .isEmpty();
    assertThat(of(SPEAKER, peer, negotiated(65009), AddressFamily.IPV4_MULTICAST).nextHop().own())
        .isPresent();
  }

  @Test
  void peersWithEqualConfigurationsAreOneGroup() {
    PeerConfig.Builder one = peer(65009).exportPolicy(RoutePolicy.REJECT_ALL);
    PeerConfig.Builder other = PeerConfig.builder("127.0.0.3", 65010);

    assertThat(of(SPEAKER, one, negotiated(65009)))
        .isEqualTo(of(SPEAKER, other, negotiated(65010)));
  }

  @Test
  void anotherPartBeginsTheSessionAnewAndAnotherPolicyDoesNot() {
    PeerConfig plain = peer(65001).build();
    PeerConfig client = with(65001, PeerPart.REFLECTOR_CLIENT).build();
    PeerConfig asked =
        peer(65001)
            .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL))
            .build();

    assertThat(client.keepsSessionOf(plain)).isFalse();
    assertThat(asked.keepsSessionOf(plain)).isTrue();
    assertThat(client.toBuilder().build()).isEqualTo(client);
    assertThat(peer(65009).enforceFirstAs(false).build().toBuilder().build().importing())
        .isEqualTo(new PeerImport(Optional.empty(), Map.of(), Optional.of(false)));
  }

  @Test
  void theClusterIsNamedAfterTheRouterUnlessItHasANumberOfItsOwn() {
    assertThat(of(SPEAKER, peer(65001), negotiated(65001)).own().clusterId())
        .isEqualTo(SPEAKER.routerId());
    assertThatThrownBy(() -> SpeakerConfig.builder(65001, "192.0.2.1").clusterId("0.0.0.0").build())
        .hasMessageContaining("the cluster id must not be 0.0.0.0");
  }
}
