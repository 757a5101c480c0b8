package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.rib.RouteChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of VIPs, and of their drain. */
class VipConfigTest {

  private static final String REST =
      """
      speaker: {local-as: 65001, router-id: 192.0.2.1, listen: "127.0.0.1:1790"}
      peers:
        - {address: 192.0.2.254, remote-as: 65000}
        - {interface: eth1, remote-as: external}
        - {address: fe80::1%eth0, remote-as: 65000}
      dynamic-peers: [{prefix: 192.0.2.0/25, remote-as: external}]
      """;

  private static AdvertiserConfig parse(String vips) throws InvalidConfigException {
    return ConfigFile.parse("b.yaml", REST + vips);
  }

  private static Vip vip(String keys) throws InvalidConfigException {
    return parse("vips:\n  - leadership: always\n    prefix: 203.0.113.10/32\n" + keys.indent(4))
        .vips()
        .get(0);
  }

  private static List<String> faultsOf(String vips) {
    InvalidConfigException e =
        catchThrowableOfType(InvalidConfigException.class, () -> parse(vips));
    assertThat(e).as(vips).isNotNull();
    return e.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void withoutAnyOfThemAVipIsNamedByItsPrefixAndGoesToAllPeers() throws InvalidConfigException {
    assertThat(vip(""))
        .isEqualTo(
            new Vip(
                "203.0.113.10/32",
                Route.to("203.0.113.10/32").build(),
                VipAudience.ALL,
                Needs.leadership("always"),
                Duration.ofSeconds(1)));
  }

  @Test
  void aVipCanBeAPrefixOfAnyLengthAndHaveAName() throws InvalidConfigException {
    Vip vip =
        parse("vips: [{name: pool, prefix: 198.51.100.0/24, leadership: always}]").vips().get(0);
    assertThat(vip).hasToString("pool (198.51.100.0/24)");
    assertThat(vip.isCalled("pool")).isTrue();
    assertThat(vip.isCalled("198.51.100.0/24")).isTrue();
    assertThat(vip.isCalled("198.51.100.1/32")).isFalse();
  }

  @Test
  void twoVipsShareAPrefixUnderTwoNames() throws InvalidConfigException {
    assertThat(
            parse(
                    """
                    vips:
                      - {prefix: 203.0.113.10/32, leadership: always}
                      - {name: b, prefix: 203.0.113.10/32, leadership: always}
                    """)
                .vips())
        .extracting(Vip::name)
        .containsExactly("203.0.113.10/32", "b");
  }

  @Test
  void aVipGoesToThePeersThatItNames() throws InvalidConfigException {
    assertThat(
            vip("peers: [192.0.2.254, eth1, fe80::1%eth0, 192.0.2.0/25]")
                .audience()
                .policy(List.of()))
        .hasToString(
            "[if peer 192.0.2.254: accept; if peer behind eth1: accept; if peer fe80::1 and peer"
                + " behind eth0: accept; if peer in 192.0.2.0/25: accept; otherwise reject]");
  }

  @Test
  void somePeersAreToldOtherwiseBeforeWhatAllAreTold() throws InvalidConfigException {
    assertThat(
            vip("per-peer: [{peers: [192.0.2.254, eth1], set: {med: 20}}]")
                .audience()
                .policy(List.of(RouteChange.prepend(3))))
        .hasToString(
            "[if peer 192.0.2.254: med 20, continue; if peer behind eth1: med 20, continue; prepend"
                + " 3, continue; otherwise accept]");
  }

  @Test
  void itsDrainTimeIsThatOfAllUnlessItHasItsOwn() throws InvalidConfigException {
    String two =
        """
        drain: {time: 30s, maintenance-file: /etc/bugle/maintenance}
        vips:
          - {prefix: 203.0.113.10/32, leadership: always}
          - {prefix: 203.0.113.11/32, leadership: always, drain-time: 0s}
        """;
    assertThat(parse(two).vips())
        .extracting(Vip::drainTime)
        .containsExactly(Duration.ofSeconds(30), Duration.ZERO);
    assertThat(parse(two).host().maintenanceFile()).contains(Path.of("/etc/bugle/maintenance"));
    assertThat(parse(two).longestDrain()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void itCanBeBoundToAnInterface() throws InvalidConfigException {
    assertThat(vip("bind: lo").needs().boundTo()).contains("lo");
    assertThat(vip("").needs().boundTo()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          name: "a b" | expected a name of at most 63 letters
          peers: 192.0.2.253 | found 192.0.2.253, which is neither under peers nor under dynamic-peers
          peers: eth2 | found eth2, which is neither under peers
          peers: 192.0.2.0/24 | found 192.0.2.0/24, which is neither
          peers: [] | found an empty list
          peers: 192.0.2.300 | '192.0.2.300'
          per-peer: [{peers: 192.0.2.254}] | per-peer[0].set: this key is missing
          per-peer: [{peers: 192.0.2.253, set: {med: 1}}] | found 192.0.2.253, which is neither
          when-unhealthy: {set: {med: 5}} | it has no check that could be down; add health
          bind: "a b" | expected the name of an interface
          drain-time: 1h | expected a duration, 0ms to 10m
          """)
  void whatIsWrongIsSaid(String key, String message) {
    assertThat(
            faultsOf(
                "vips:\n  - prefix: 203.0.113.10/32\n    leadership: always\n    " + key + "\n"))
        .singleElement()
        .asString()
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.10, no prefix length",
    "203.0.113.10/24, host bits",
    "224.0.0.1/32, expected addresses of hosts",
    "0.0.0.0/32, expected addresses of hosts"
  })
  void whatIsNoDestinationIsRefused(String prefix, String message) {
    assertThat(faultsOf("vips: [{prefix: " + prefix + ", leadership: always}]"))
        .singleElement()
        .asString()
        .contains(message);
  }
}
