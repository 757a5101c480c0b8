package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.capability.RoleCapability;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.EvpnRoute;
import dev.bugle.bgp.wire.nlri.Families;
import dev.bugle.bgp.wire.nlri.FlowSpec;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnFlowSpec;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A route of each family goes from one peer through the routing table to another. */
@Timeout(60)
class EveryFamilyTest {

  private static final CodecContext CONTEXT =
      CodecContext.INITIAL.withFourOctetAs(true).withNlriCodecs(Families.ALL);

  private static final String FLOW = "destination 203.0.113.0/24 protocol =17 port =53";

  record OneRoute(AddressFamily family, Nlri nlri) {}

  static Stream<OneRoute> routes() {
    return Stream.of(
        new OneRoute(AddressFamily.IPV6_UNICAST, Prefix.parse("2001:db8::10/128")),
        new OneRoute(AddressFamily.IPV4_MULTICAST, Prefix.parse("203.0.113.0/24")),
        new OneRoute(AddressFamily.IPV6_MULTICAST, Prefix.parse("2001:db8::/64")),
        new OneRoute(
            AddressFamily.IPV4_LABELLED_UNICAST, LabelledPrefix.parse("203.0.113.0/24 label 100")),
        new OneRoute(
            AddressFamily.IPV6_LABELLED_UNICAST, LabelledPrefix.parse("2001:db8::/64 label 100")),
        new OneRoute(AddressFamily.IPV4_VPN, VpnPrefix.parse("65001:100:203.0.113.0/24 label 100")),
        new OneRoute(AddressFamily.IPV6_VPN, VpnPrefix.parse("65001:100:2001:db8::/64 label 100")),
        new OneRoute(AddressFamily.ROUTE_TARGET, RouteTargetMembership.parse("65001:rt:65001:7")),
        new OneRoute(AddressFamily.EVPN, EvpnRoute.parse("multicast 65001:100 tag 7 ip 192.0.2.1")),
        new OneRoute(AddressFamily.IPV4_FLOWSPEC, FlowSpec.parse("flow4 " + FLOW)),
        new OneRoute(AddressFamily.IPV6_FLOWSPEC, FlowSpec.parse("flow6 port =53")),
        new OneRoute(AddressFamily.IPV4_FLOWSPEC_VPN, VpnFlowSpec.parse("65001:100 flow4 " + FLOW)),
        new OneRoute(
            AddressFamily.IPV6_FLOWSPEC_VPN, VpnFlowSpec.parse("65001:100 flow6 port =53")));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aRouteIsLearnedPassedOnAndWithdrawn(OneRoute route) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (Learner learner = new Learner();
        BgpSpeaker other = BgpSpeaker.open(SpeakerConfig.builder(65003, "192.0.2.3").build())) {
      learner.speaker.peer(Learner.config().families(route.family()).build());
      learner.speaker.peer(
          PeerConfig.builder("127.0.0.3", 65003)
              .passive(true)
              .families(route.family())
              .propagation(
                  PeerPropagation.STANDARD
                      .withNextHop(NextHopRule.UNCHANGED) // labels are those of their next hop
                      .withPolicy(RoutePolicy.ACCEPT_ALL))
              .build());
      other.peer(
          PeerConfig.builder("127.0.0.1", 65000)
              .port(learner.speaker.listenAddresses().get(0).getPort())
              .localAddress("127.0.0.3")
              .families(route.family())
              .connectRetry(Duration.ofMillis(200))
              .build(),
          listener(told));
      try (RawPeer raw = learner.connect(new MultiprotocolCapability(route.family()))) {
        raw.send(update(reach(route)), CONTEXT);
        String via = route.family().hasNextHops() ? nextHop(route.family()).toString() : "nothing";
        Deadline.await(told, "the route", ("+" + route.nlri() + " 65000 65002 via " + via)::equals);
        raw.send(update(PathAttributes.of(unreach(route))), CONTEXT);
        Deadline.await(told, "its end", ("-" + route.nlri())::equals);
      }
    }
  }

  /** RFC 9234 §5: its procedures are of unicast. */
  @Test
  void whatARoleSaysOfUnicastItDoesNotSayOfOtherFamilies() throws Exception {
    OneRoute unicast = new OneRoute(AddressFamily.IPV6_UNICAST, Prefix.parse("2001:db8::10/128"));
    OneRoute multicast = new OneRoute(AddressFamily.IPV6_MULTICAST, unicast.nlri());
    try (Learner learner = new Learner()) {
      Peer peer =
          learner.speaker.peer(
              Learner.config()
                  .families(unicast.family(), multicast.family())
                  .role(new LocalRole(Role.CUSTOMER, false))
                  .build());
      try (RawPeer raw =
          learner.connect(
              new MultiprotocolCapability(unicast.family()),
              new MultiprotocolCapability(multicast.family()),
              new RoleCapability(Role.PROVIDER))) {
        raw.send(update(reach(unicast)), CONTEXT);
        raw.send(update(reach(multicast)), CONTEXT);
        RoutingView view = learner.speaker.learned();
        Learner.await(
            "both routes",
            () -> best(view, unicast).isPresent() && best(view, multicast).isPresent());
        assertThat(best(view, unicast).orElseThrow().attributes().get(OnlyToCustomer.class))
            .contains(new OnlyToCustomer(65002));
        assertThat(best(view, multicast).orElseThrow().attributes().get(OnlyToCustomer.class))
            .isEmpty();

        peer.reconfigure(
            peer.config().toBuilder()
                .importPolicy(
                    RoutePolicy.of(PolicyRule.always().change(RouteChange.localPref(300)).accept()))
                .build());
        Learner.await("the other policy", () -> localPref(view, multicast) == 300);
        assertThat(best(view, unicast).orElseThrow().attributes().get(OnlyToCustomer.class))
            .contains(new OnlyToCustomer(65002));
        assertThat(best(view, multicast).orElseThrow().attributes().get(OnlyToCustomer.class))
            .isEmpty();
      }
    }
  }

  private static long localPref(RoutingView view, OneRoute route) {
    return best(view, route)
        .flatMap(path -> path.attributes().get(LocalPref.class))
        .map(LocalPref::value)
        .orElse(0L);
  }

  private static Optional<LearnedPath> best(RoutingView view, OneRoute route) {
    try {
      return Deadline.await(view.best(route.family(), route.nlri()));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private static PeerListener listener(BlockingQueue<String> told) {
    return new PeerListener() {
      @Override
      public void updateReceived(Peer peer, UpdateMessage update) {
        String path = update.attributes().get(AsPath.class).map(AsPath::toString).orElse("");
        Optional<MpReach> reach = update.attributes().get(MpReach.class);
        String via =
            reach.isEmpty() || reach.get().nextHop().isEmpty()
                ? "nothing"
                : reach.get().nextHopAddress().orElseThrow().toString();
        update
            .announced()
            .values()
            .forEach(all -> all.forEach(nlri -> told.add("+" + nlri + " " + path + " via " + via)));
        update.withdrawn().forEach((family, all) -> all.forEach(nlri -> told.add("-" + nlri)));
      }
    };
  }

  private static UpdateMessage update(PathAttributes attributes) {
    return new UpdateMessage(List.of(), attributes, List.of());
  }

  private static PathAttributes reach(OneRoute route) {
    // Of a flow specification, it is there to be ignored (RFC 8955 §4).
    return PathAttributes.of(
        Origin.IGP,
        AsPath.sequence(65002L),
        MpReach.of(route.family(), nextHop(route.family()), List.of(route.nlri())));
  }

  private static IpAddress nextHop(AddressFamily family) {
    return IpAddress.parse(family.isIpv6() ? "2001:db8::2" : "127.0.0.2");
  }

  private static MpUnreach unreach(OneRoute route) {
    return new MpUnreach(route.family(), List.of(route.nlri()));
  }
}
