package dev.bugle.bgp.wire.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.AddPathCapability.Mode;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What capabilities say; the octets are in {@code vectors/open.txt}. */
class CapabilityTest {

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

  @Test
  void eachRoleAgreesWithOneOther() { // RFC 9234 §4.2, table 2
    Map<Role, Role> halves =
        Map.of(
            Role.PROVIDER, Role.CUSTOMER,
            Role.CUSTOMER, Role.PROVIDER,
            Role.RS, Role.RS_CLIENT,
            Role.RS_CLIENT, Role.RS,
            Role.PEER, Role.PEER);
    for (Role local : Role.values()) {
      for (Role peer : Role.values()) {
        assertThat(local.agreesWith(peer))
            .as("%s with %s", local, peer)
            .isEqualTo(halves.get(local) == peer);
      }
    }
  }

  @Test
  void aRoleWithoutANameIsKept() {
    assertThat(new RoleCapability(4).role()).hasValue(Role.PEER);
    assertThat(new RoleCapability(5).role()).isEmpty();
    assertThat(new RoleCapability(Role.RS_CLIENT).value()).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> new RoleCapability(256));
    assertThatIllegalArgumentException().isThrownBy(() -> new RoleCapability(-1));
  }

  @Test
  void allCapabilitiesOfOneTypeAreToBeHad() {
    List<RoleCapability> roles = List.of(new RoleCapability(Role.RS), new RoleCapability(7));
    OpenMessage open =
        new OpenMessage(
            65001,
            90,
            Ipv4Address.parse("192.0.2.1"),
            List.of(roles.get(0), RouteRefreshCapability.PRESENT, roles.get(1)));
    assertThat(open.capabilities(RoleCapability.class)).isEqualTo(roles);
    assertThat(open.capabilities(AddPathCapability.class)).isEmpty();
    assertThat(open.capability(RoleCapability.class)).hasValue(roles.get(0));
  }

  @Test
  void theLastWordOnAFamilyCountsInAddPath() {
    AddPathCapability capability =
        new AddPathCapability(
            List.of(
                new AddPathCapability.Family(IPV4, Mode.SEND),
                new AddPathCapability.Family(IPV4, Mode.RECEIVE)));
    assertThat(capability.mode(IPV4)).hasValue(Mode.RECEIVE);
    assertThat(capability.mode(IPV6)).isEmpty();
  }

  @Test
  void aModeIsOneOrBothDirections() {
    assertThat(Mode.values()).filteredOn(Mode::sends).containsExactly(Mode.SEND, Mode.BOTH);
    assertThat(Mode.values()).filteredOn(Mode::receives).containsExactly(Mode.RECEIVE, Mode.BOTH);
  }

  @Test
  void onlyIpv6NextHopsCountAsSuch() {
    AddressFamily vpn = new AddressFamily(1, 128);
    assertThat(ExtendedNextHopCapability.overIpv6(List.of(IPV4, vpn)).familiesOverIpv6())
        .containsExactly(IPV4, vpn);
    assertThat(
            new ExtendedNextHopCapability(List.of(new ExtendedNextHopCapability.Encoding(IPV6, 1)))
                .familiesOverIpv6())
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtendedNextHopCapability.Encoding(IPV4, 65536));
  }

  @Test
  void aRestartTimeIsWholeSecondsInTwelveBits() {
    assertThat(restart(Duration.ZERO).restartTime()).isZero();
    assertThat(restart(Duration.ofSeconds(4095)).restartTime()).hasSeconds(4095);
    assertThatIllegalArgumentException().isThrownBy(() -> restart(Duration.ofSeconds(4096)));
    assertThatIllegalArgumentException().isThrownBy(() -> restart(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> restart(Duration.ofMillis(1500)));
  }

  private static GracefulRestartCapability restart(Duration time) {
    return new GracefulRestartCapability(false, false, time, List.of());
  }

  @Test
  void moreFamiliesThanTheLengthOctetHoldsAreRefused() {
    var restarting = new GracefulRestartCapability.Family(IPV4, true);
    var adding = new AddPathCapability.Family(IPV4, Mode.BOTH);
    var encoding = new ExtendedNextHopCapability.Encoding(IPV4, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GracefulRestartCapability(
                    false, false, Duration.ZERO, Collections.nCopies(64, restarting)))
        .withMessage("capability graceful restart holds at most 63 entries, not 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddPathCapability(Collections.nCopies(64, adding)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtendedNextHopCapability(Collections.nCopies(43, encoding)));
  }
}
