package dev.bugle.bgp.wire.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.AddPathCapability.Mode;
import dev.bugle.bgp.wire.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    assertThat(Mode.of(false, false)).isEmpty();
    for (Mode mode : Mode.values()) {
      assertThat(Mode.of(mode.receives(), mode.sends())).hasValue(mode);
    }
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
    assertThat(new ExtendedNextHopCapability.Encoding(IPV4, 0).nextHopAfi()).isZero();
    assertThat(new ExtendedNextHopCapability.Encoding(IPV4, 65535).nextHopAfi()).isEqualTo(65535);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtendedNextHopCapability.Encoding(IPV4, 65536));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtendedNextHopCapability.Encoding(IPV4, -1));
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
    var longLived =
        new LongLivedGracefulRestartCapability.Family(IPV4, true, Duration.ofSeconds(1));
    assertThat(
            new LongLivedGracefulRestartCapability(Collections.nCopies(36, longLived)).families())
        .hasSize(36);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LongLivedGracefulRestartCapability(Collections.nCopies(37, longLived)));
    assertThat(new AddPathCapability(Collections.nCopies(63, adding)).families()).hasSize(63);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddPathCapability(Collections.nCopies(64, adding)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtendedNextHopCapability(Collections.nCopies(43, encoding)));
  }

  @Test
  void aTextIsAsLongAsItsCapabilityAllows() {
    assertThat(new SoftwareVersionCapability("v".repeat(254)).version()).hasSize(254);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SoftwareVersionCapability("v".repeat(255)));
    assertThat(new FqdnCapability("h".repeat(200), "d".repeat(53)).domain()).hasSize(53);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FqdnCapability("h".repeat(200), "d".repeat(54)));
    assertThatIllegalArgumentException()
        .as("octets count, not characters")
        .isThrownBy(() -> new FqdnCapability("\u00e4".repeat(127), ""));
  }

  @Test
  void numbersThatDoNotFitTheirFieldsAreRefused() {
    assertThat(new FourOctetAsCapability(0xFFFF_FFFFL).asn()).isEqualTo(4_294_967_295L);
    assertThat(new FourOctetAsCapability(0).asn()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FourOctetAsCapability(0x1_0000_0000L));
    assertThatIllegalArgumentException().isThrownBy(() -> new FourOctetAsCapability(-1));
    Bytes longest = Bytes.of(new byte[255]);
    for (int code : new int[] {0, 255}) {
      assertThat(new UnknownCapability(code, longest).value()).isEqualTo(longest);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new UnknownCapability(256, Bytes.EMPTY));
    assertThatIllegalArgumentException().isThrownBy(() -> new UnknownCapability(-1, Bytes.EMPTY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnknownCapability(0, Bytes.of(new byte[256])));
  }

  @Test
  void aSubsequentFamilyOfTwoOctetsIsNone() { // RFC 8950 §4: its field is larger than any SAFI
    ByteBuf value = Unpooled.buffer();
    value.writeShort(1).writeShort(255).writeShort(2);
    value.writeShort(1).writeShort(256).writeShort(2);
    assertThat(ExtendedNextHopCapability.decode(value).familiesOverIpv6())
        .containsExactly(new AddressFamily(1, 255));
  }
}
