package dev.bugle.bgp.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Offer;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionOptions;
import dev.bugle.bgp.session.SessionTimes;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodecs;
import dev.bugle.bgp.wire.capability.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records in pairs, and back. */
class RecordReaderTest {

  /** All that a configuration may consist of one day. */
  record Everything(
      String name,
      int number,
      Optional<Role> role,
      Optional<Duration> time,
      Optional<Inner> inner,
      Optional<Inner> noInner,
      Set<AddressFamily> families,
      Map<AddressFamily, Role> roles,
      List<IpAddress> addresses) {}

  record Inner(Duration time, boolean strict) {}

  private static final SessionConfig CONFIG =
      new SessionConfig(
          new SessionConfig.Local(4_200_000_001L, Ipv4Address.parse("192.0.2.1"), true),
          RemoteAs.of(65000),
          new SessionOptions(
              new SessionTimes(
                  Duration.ofSeconds(3),
                  Optional.of(Duration.ofSeconds(100)),
                  Duration.ofMillis(1500)),
              true,
              true,
              new Offer(
                  List.of(new AddressFamily(25, 70), AddressFamily.IPV6_UNICAST),
                  Set.of(AddressFamily.IPV6_UNICAST),
                  Set.of(new AddressFamily(25, 70)),
                  Set.of(),
                  true,
                  Optional.of(new LocalRole(Role.CUSTOMER, true)),
                  Optional.of(new GracefulRestart(Duration.ofMinutes(2), true)),
                  Optional.of(RouteRetention.DEFAULT))),
          Codecs.of(NlriCodecs.UNICAST));

  private static <T extends Record> T read(Map<String, String> pairs, Class<T> type) {
    return new RecordReader(pairs, Codecs.of(NlriCodecs.UNICAST)).read(type);
  }

  @Test
  void aConfigurationIsReadAsItWasWritten() {
    RecordReader reader =
        new RecordReader(RecordNotation.pairs(CONFIG), Codecs.of(NlriCodecs.UNICAST));
    assertThat(reader.read(SessionConfig.class)).isEqualTo(CONFIG);
    assertThat(reader.unused()).isEmpty();
    assertThat(RecordNotation.pairs(CONFIG))
        .containsEntry("local.asn", "4200000001")
        .containsEntry("options.times.hold-time", "PT3S")
        .containsEntry("options.offer.families", "l2vpn-evpn,ipv6-unicast");
  }

  @ParameterizedTest
  @EnumSource(RemoteAs.Relation.class)
  void aRelationIsReadAsItWasWritten(RemoteAs.Relation relation) {
    SessionConfig config =
        new SessionConfig(
            CONFIG.local(), relation, SessionOptions.DEFAULT, Codecs.of(NlriCodecs.UNICAST));
    assertThat(read(RecordNotation.pairs(config), SessionConfig.class)).isEqualTo(config);
  }

  @Test
  void aMemberOfAConfederationIsReadAsItWasWritten() {
    SessionConfig config =
        new SessionConfig(
            CONFIG.local(),
            new RemoteAs.Member(4_200_000_001L),
            SessionOptions.DEFAULT,
            Codecs.of(NlriCodecs.UNICAST));
    assertThat(read(RecordNotation.pairs(config), SessionConfig.class)).isEqualTo(config);
  }

  @Test
  void whatAConfigurationMayConsistOfOneDayIsReadAsItWasWritten() {
    Everything all =
        new Everything(
            "a, b = \"c\"",
            -7,
            Optional.of(Role.RS_CLIENT),
            Optional.empty(),
            Optional.of(new Inner(Duration.ofHours(1), true)),
            Optional.empty(),
            Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST),
            Map.of(AddressFamily.IPV4_UNICAST, Role.PEER, new AddressFamily(1, 2), Role.RS),
            List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1")));
    assertThat(read(RecordNotation.pairs(all), Everything.class)).isEqualTo(all);
  }

  @Test
  void aComponentThatIsMissingHasItsDefault() {
    Map<String, String> pairs = new LinkedHashMap<>(RecordNotation.pairs(CONFIG));
    pairs.remove("options.passive");
    pairs.remove("options.times.hold-time");
    SessionConfig read = read(pairs, SessionConfig.class);
    assertThat(read.options().passive()).isFalse();
    assertThat(read.options().times().holdTime()).isEqualTo(Duration.ofSeconds(90));
    assertThat(read.options().times().connectRetry()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @CsvSource({
    "local.asn, none, local.asn=none",
    "local.asn, 0, AS",
    "local.identifier, 0.0.0.0, BGP Identifier",
    "remote-as, both, remote-as=both",
    "options.passive, perhaps, neither true nor false",
    "options.times.hold-time, PT1S, hold time",
    "options.times.hold-time, soon, options.times.hold-time=soon",
    "options.offer.families, ipv5, no address family",
    "options.offer.families, '', at least one",
  })
  void aWrongValueIsRefusedByName(String key, String value, String named) {
    Map<String, String> pairs = new LinkedHashMap<>(RecordNotation.pairs(CONFIG));
    pairs.put(key, value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(pairs, SessionConfig.class))
        .withMessageContaining(named);
  }

  @Test
  void whatHasNoDefaultMustBeThere() {
    Map<String, String> pairs = new LinkedHashMap<>(RecordNotation.pairs(CONFIG));
    pairs.remove("local.asn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(pairs, SessionConfig.class))
        .withMessage("local.asn is missing");
  }
}
