package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.capability.Role;
import java.util.stream.Stream;

/** Roles (RFC 9234), against each router that has them. */
class RolesTest extends FeatureContract {

  private static final NeighborOption PROVIDER =
      new NeighborOption.Role(NeighborOption.Role.Name.PROVIDER, false);
  private static final NeighborOption STRICT_PROVIDER =
      new NeighborOption.Role(NeighborOption.Role.Name.PROVIDER, true);

  @FeatureTest(Feature.ROLES)
  void customerAndProviderComeTogether(RouterKind kind) {
    startRouter(kind, STRICT_PROVIDER);
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.role(new LocalRole(Role.CUSTOMER, true)));
    awaitSession();
    awaitRoutes(VIP4);
    assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.ROLE);
  }

  // Whoever reads the other's OPEN first sends it.
  @FeatureTest(Feature.ROLES)
  void twoProvidersDoNotComeTogether(RouterKind kind) {
    startRouter(kind, PROVIDER);
    startPeer(peer -> peer.role(new LocalRole(Role.PROVIDER, false)));
    Eventually.see(
        "Bugle or " + kind + " has sent Role Mismatch",
        Deadlines.SESSION,
        () ->
            Stream.concat(
                    bugle().notificationsSent().stream(), bugle().notificationsReceived().stream())
                .toList(),
        errors -> errors.stream().anyMatch(RolesTest::isRoleMismatch));
    assertThat(bugle().timesEstablished()).isZero();
  }

  @FeatureTest(Feature.ROLES)
  void strictRouterRefusesBugleWithoutARole(RouterKind kind) {
    startRouter(kind, STRICT_PROVIDER);
    startPeer(peer -> peer);
    awaitReceived(2, 11);
    assertThat(bugle().timesEstablished()).isZero();
  }

  @FeatureTest(Feature.ROLES)
  void strictBugleRefusesARouterWithoutARole(RouterKind kind) {
    startRouter(kind);
    startPeer(peer -> peer.role(new LocalRole(Role.CUSTOMER, true)));
    awaitSent(2, 11);
    awaitSeen(2, 11);
    assertThat(bugle().timesEstablished()).isZero();
  }

  // A router with a role would add the attribute itself (RFC 9234 §5).
  @FeatureTest(Feature.ONLY_TO_CUSTOMER)
  void routesOfAProviderAreMarkedWithItsAs(RouterKind kind) {
    startRouter(kind);
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.role(new LocalRole(Role.PROVIDER, false)));
    awaitSession();
    assertThat(awaitRoutes(VIP4).get(0).onlyToCustomer()).hasValue(Bugle.AS);
  }

  @FeatureTest(Feature.ONLY_TO_CUSTOMER)
  void routesOfACustomerAreNotMarked(RouterKind kind) {
    startRouter(kind);
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.role(new LocalRole(Role.CUSTOMER, false)));
    awaitSession();
    assertThat(awaitRoutes(VIP4).get(0).onlyToCustomer()).isEmpty();
  }

  private static boolean isRoleMismatch(BgpError error) {
    return error.code() == 2 && error.subcode() == 11;
  }
}
