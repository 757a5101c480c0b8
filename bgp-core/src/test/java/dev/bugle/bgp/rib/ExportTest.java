package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Paths.V4;
import static dev.bugle.bgp.rib.Paths.V6;
import static dev.bugle.bgp.rib.Paths.host4;
import static dev.bugle.bgp.rib.Paths.host6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportTest {

  private static final IpAddress OWN_V4 = IpAddress.parse("192.0.2.1");
  private static final IpAddress OWN_V6 = IpAddress.parse("2001:db8::1");

  private final Export external =
      export(
          new OwnAs(List.of(65001L), 65001),
          PeerKind.EXTERNAL,
          false,
          Map.of(V4, OWN_V4, V6, OWN_V6));
  private final Export internal =
      export(
          new OwnAs(List.of(65001L), 65001),
          PeerKind.INTERNAL,
          false,
          Map.of(V4, OWN_V4, V6, OWN_V6));

  private static Export export(
      OwnAs own,
      PeerKind towards,
      boolean onlyToCustomers,
      Map<AddressFamily, IpAddress> nextHops) {
    PolicyPeer peer = new PolicyPeer(IpAddress.parse("192.0.2.254"), 65000);
    return new Export(peer, RoutePolicy.ACCEPT_ALL, own, towards, onlyToCustomers, nextHops);
  }

  private static Optional<Path> told(Export export, LocalRoute route) {
    return export.apply(new LocalRib.Candidate(1, route, RoutePolicy.ACCEPT_ALL));
  }

  private static LocalRoute route(PathAttributes attributes, int prepend) {
    return new LocalRoute(host4(1), attributes, prepend, Optional.empty());
  }

  private static PathAttributes applied(Export export, PathAttributes attributes, int prepend) {
    return told(export, route(attributes, prepend)).orElseThrow().attributes();
  }

  @Test
  void towardsAnotherAsThePathStartsWithOurs() {
    PathAttributes attributes = applied(external, PathAttributes.of(Origin.IGP), 0);
    assertThat(attributes).isEqualTo(PathAttributes.of(Origin.IGP, AsPath.sequence(65001L)));
  }

  @Test
  void prependAddsToWhatTheSessionNeeds() {
    assertThat(applied(external, PathAttributes.of(Origin.IGP), 2).get(AsPath.class))
        .contains(AsPath.sequence(65001L, 65001L, 65001L));
  }

  @Test
  void anotherLocalAsStandsBeforeTheSpeakersAndIsWhatPrependRepeats() {
    Export migrating =
        export(
            new OwnAs(List.of(64999L, 65001L), 65001),
            PeerKind.EXTERNAL,
            false,
            Map.of(V4, OWN_V4));
    assertThat(applied(migrating, PathAttributes.of(Origin.IGP), 0).get(AsPath.class))
        .contains(AsPath.sequence(64999L, 65001L));
    assertThat(applied(migrating, PathAttributes.of(Origin.IGP), 1).get(AsPath.class))
        .contains(AsPath.sequence(64999L, 64999L, 65001L));
  }

  @Test
  void aRouteThatMayGoOnlyDownwardsIsMarkedWithTheAsThatThePeerKnows() {
    Export provider =
        export(
            new OwnAs(List.of(64999L, 65001L), 65001), PeerKind.EXTERNAL, true, Map.of(V4, OWN_V4));
    assertThat(applied(provider, PathAttributes.of(Origin.IGP), 0).get(OnlyToCustomer.class))
        .contains(new OnlyToCustomer(64999));
    assertThat(applied(external, PathAttributes.of(Origin.IGP), 0).get(OnlyToCustomer.class))
        .isEmpty();
  }

  @Test
  void withinOurAsThePathIsEmptyWhateverThePrepend() {
    assertThat(applied(internal, PathAttributes.of(Origin.IGP), 0).get(AsPath.class))
        .contains(AsPath.EMPTY);
    assertThat(applied(internal, PathAttributes.of(Origin.IGP), 3).get(AsPath.class))
        .contains(AsPath.EMPTY);
  }

  @Test
  void thePathOfARouteFromElsewhereStandsBehindOurs() {
    PathAttributes attributes = PathAttributes.of(Origin.IGP, AsPath.sequence(65010L, 65020L));
    assertThat(applied(external, attributes, 1).get(AsPath.class))
        .contains(AsPath.sequence(65001L, 65001L, 65010L, 65020L));
    assertThat(applied(internal, attributes, 1).get(AsPath.class))
        .contains(AsPath.sequence(65010L, 65020L));
  }

  @Test
  void localPrefStaysWithinOurAsAndHasADefault() {
    PathAttributes with = PathAttributes.of(Origin.IGP, new LocalPref(200));
    assertThat(applied(internal, with, 0).get(LocalPref.class)).contains(new LocalPref(200));
    assertThat(applied(internal, PathAttributes.of(Origin.IGP), 0).get(LocalPref.class))
        .contains(new LocalPref(100));
    assertThat(applied(external, with, 0).get(LocalPref.class)).isEmpty();
  }

  @Test
  void otherAttributesGoToEverybody() {
    PathAttributes attributes = PathAttributes.of(Origin.IGP, new MultiExitDisc(7));
    assertThat(applied(external, attributes, 0).get(MultiExitDisc.class)).isPresent();
    assertThat(applied(internal, attributes, 0).get(MultiExitDisc.class)).isPresent();
  }

  @Test
  void theNextHopIsTheOneGivenOrOurOwnOfTheFamily() {
    assertThat(told(external, route(PathAttributes.EMPTY, 0)).orElseThrow().nextHop())
        .contains(OWN_V4);
    IpAddress given = IpAddress.parse("2001:db8::9");
    LocalRoute v6 = new LocalRoute(host6(1), PathAttributes.EMPTY, 0, Optional.of(given));
    assertThat(told(external, v6).orElseThrow().nextHop()).contains(given);
  }

  @Test
  void withoutANextHopOfTheFamilyThereIsNoPath() {
    Export onlyV4 =
        export(new OwnAs(List.of(65001L), 65001), PeerKind.EXTERNAL, false, Map.of(V4, OWN_V4));
    LocalRoute v6 = new LocalRoute(host6(1), PathAttributes.EMPTY, 0, Optional.empty());
    assertThat(told(onlyV4, v6)).isEmpty();
  }

  @Test
  void thePolicyComesBeforeWhatTheProtocolAsks() {
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.always()
                .change(
                    RouteChange.localPref(300),
                    RouteChange.med(7),
                    RouteChange.prepend(2),
                    RouteChange.nextHop("192.0.2.9"))
                .accept());
    LocalRoute route = new LocalRoute(host4(1), PathAttributes.of(Origin.IGP), 1, Optional.empty());
    assertThat(told(with(policy, external), route))
        .contains(
            new Path(
                PathAttributes.of(
                    Origin.IGP,
                    AsPath.sequence(65001L, 65001L, 65001L, 65001L),
                    new MultiExitDisc(7)),
                Optional.of(IpAddress.parse("192.0.2.9"))));
    assertThat(told(with(policy, internal), route))
        .contains(
            new Path(
                PathAttributes.of(
                    Origin.IGP, AsPath.EMPTY, new MultiExitDisc(7), new LocalPref(300)),
                Optional.of(IpAddress.parse("192.0.2.9"))));
  }

  @Test
  void ownNextHopIsTheOneOfTheSession() {
    RoutePolicy policy =
        RoutePolicy.of(PolicyRule.always().change(RouteChange.ownNextHop()).accept());
    LocalRoute route =
        new LocalRoute(
            host4(1), PathAttributes.EMPTY, 0, Optional.of(IpAddress.parse("192.0.2.9")));
    assertThat(told(with(policy, external), route).orElseThrow().nextHop()).contains(OWN_V4);
  }

  @Test
  void whatThePolicyRejectsHasNoPath() {
    assertThat(told(with(RoutePolicy.REJECT_ALL, external), route(PathAttributes.EMPTY, 0)))
        .isEmpty();
  }

  private static Export with(RoutePolicy policy, Export export) {
    return new Export(
        export.peer(),
        policy,
        export.own(),
        export.towards(),
        export.onlyToCustomers(),
        export.nextHops());
  }
}
