package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bfd.BfdProfile;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.LocalAs;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.capability.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  private static final Path SAMPLE = Path.of("../examples/bugle.yaml");

  private static final String SPEAKER = "speaker: {local-as: 65001, router-id: 192.0.2.1}\n";
  private static final String PEERS = "peers: [{address: 192.0.2.254, remote-as: 65000}]\n";
  private static final String VIPS = "vips: [{prefix: 203.0.113.10/32, leadership: always}]\n";

  private static List<String> faultsOf(String document) {
    return refusalOf(document).stream().map(Fault::toString).toList();
  }

  private static List<Fault> refusalOf(String document) {
    InvalidConfigException e =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigFile.parse("b.yaml", document));
    assertThat(e).as(document).isNotNull();
    return e.faults();
  }

  @Test
  void theSampleIsValid() throws InvalidConfigException {
    AdvertiserConfig config = ConfigFile.load(SAMPLE);

    assertThat(config.vips()).hasSize(3);
    assertThat(config.vips().get(0).route())
        .isEqualTo(
            Route.to("203.0.113.10/32")
                .communities("65001:100", "no-export", "65001:1:2", "rt:65001:7")
                .med(10)
                .build());
    assertThat(config.electors())
        .containsEntry(
            "control-plane",
            new FileLockConfig(
                Path.of("/run/bugle/control-plane.lock"),
                Duration.ofMillis(250),
                Duration.ofSeconds(2)));
    assertThat(config.onStop()).isEqualTo(OnStop.withdraw("node-1 is stopping"));
    assertThat(config.peers().get(0).bfd().orElseThrow().session().profile())
        .isEqualTo(BfdProfile.of(Duration.ofMillis(100), 3));
  }

  @Test
  void littleIsEnough() throws InvalidConfigException {
    AdvertiserConfig config = ConfigFile.parse("b.yaml", SPEAKER + PEERS + VIPS);

    assertThat(config.onStop()).isEqualTo(OnStop.withdraw("bugle stopped"));
    assertThat(config.peers().get(0).bgp().transport().port()).isEqualTo(179);
    assertThat(config.vips())
        .extracting(Vip::route, Vip::leadership)
        .containsExactly(tuple(Route.to("203.0.113.10/32").build(), Vip.ALWAYS));
  }

  @Test
  void whatASessionOffersCanBeSaid() throws InvalidConfigException {
    String text =
        """
        speaker:
          local-as: 65001
          router-id: 192.0.2.1
          on-stop: keep-routes
        peers:
          - address: 192.0.2.254
            remote-as: 65000
            send-hold-time: 4m
            families: [ipv4-unicast]
            add-paths: ipv4-unicast
            ipv6-next-hops: ipv4-unicast
            extended-messages: true
            role: rs-client
            strict-role: true
            graceful-restart:
              restart-time: 2m
              after-notification: false
        """
            + VIPS;

    AdvertiserConfig config = ConfigFile.parse("b.yaml", text);

    assertThat(config.onStop()).isEqualTo(new OnStop(true, "bugle stopped"));
    assertThat(config.speaker().restarting()).isTrue();
    assertThat(config.peers().get(0).bgp())
        .isEqualTo(
            PeerConfig.builder("192.0.2.254", 65000)
                .sendHoldTime(Duration.ofMinutes(4))
                .families(AddressFamily.IPV4_UNICAST)
                .addPathSend(AddressFamily.IPV4_UNICAST)
                .ipv6NextHops(AddressFamily.IPV4_UNICAST)
                .extendedMessages(true)
                .role(new LocalRole(Role.RS_CLIENT, true))
                .gracefulRestart(new GracefulRestart(Duration.ofMinutes(2), false))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          families: [ipv6-unicast], add-paths: ipv4-unicast | always | add-paths | not among families
          role: customer, remote-as: internal               | always | role | our own AS
          role: customer, local-as: 65000                   | always | role | our own AS
          graceful-restart: {restart-time: 1m}              | lock   | graceful-restart | would keep 203.0.113.10/32
          connect-retry: 30s                                | keep   | on-stop | no peer has graceful-restart
          """)
  void whatDoesNotGoTogetherIsRefused(String keys, String kind, String key, String message) {
    String remoteAs = keys.contains("remote-as") ? "" : "remote-as: 65000, ";
    String text =
        "speaker: {local-as: 65001, router-id: 192.0.2.1"
            + (kind.equals("keep") ? ", on-stop: keep-routes" : "")
            + "}\npeers:\n  - {address: 192.0.2.254, "
            + remoteAs
            + keys
            + "}\nleadership: {lock: {type: file-lock, path: /run/l}}\n"
            + "vips: [{prefix: 203.0.113.10/32, leadership: "
            + (kind.equals("lock") ? "lock" : "always")
            + "}]\n";

    List<Fault> faults = refusalOf(text);

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).toString()).contains(key).contains(message);
  }

  @Test
  void aFaultyPeerIsNotSaidToLackWhatItMayHave() {
    String text =
        """
        speaker: {local-as: 65001, router-id: 192.0.2.1, on-stop: keep-routes}
        peers:
          - {address: 192.0.2.254, remote-as: abroad, graceful-restart: {restart-time: 1m}}
        vips: [{prefix: 203.0.113.10/32, leadership: always}]
        """;

    assertThat(refusalOf(text))
        .singleElement()
        .asString()
        .contains("remote-as")
        .doesNotContain("on-stop");
  }

  @Test
  void thePeersAsAndOursCanBeSaidByTheirRelation() throws InvalidConfigException {
    String text =
        SPEAKER
            + """
            peers:
              - address: 192.0.2.254
                remote-as: external
                local-as: 64999
                replace-as: true
              - address: 192.0.2.253
                remote-as: internal
                local-as: 64999
              - address: 192.0.2.252
                remote-as: 4200000000
            """
            + VIPS;

    List<PeerConfig> peers =
        ConfigFile.parse("b.yaml", text).peers().stream().map(Neighbor::bgp).toList();

    assertThat(peers.stream().map(PeerConfig::remoteAs))
        .containsExactly(
            RemoteAs.Relation.EXTERNAL, RemoteAs.Relation.INTERNAL, RemoteAs.of(4_200_000_000L));
    assertThat(peers.stream().map(PeerConfig::localAs))
        .containsExactly(
            Optional.of(new LocalAs(64999, true)),
            Optional.of(new LocalAs(64999, false)),
            Optional.empty());
  }

  @Test
  void aRouterCanBeGivenByItsInterfaceOrByItsLinkLocalAddress() throws InvalidConfigException {
    String peers =
        """
        peers:
          - interface: eth0
            remote-as: external
            hold-time: 9s
          - address: fe80::1%eth1
            remote-as: 65000
          - address: fe80::1%eth2
            remote-as: 65000
        """;

    assertThat(
            ConfigFile.parse("b.yaml", SPEAKER + peers + VIPS).peers().stream().map(Neighbor::bgp))
        .containsExactly(
            PeerConfig.onInterface("eth0", RemoteAs.Relation.EXTERNAL)
                .holdTime(Duration.ofSeconds(9))
                .build(),
            PeerConfig.builder("fe80::1%eth1", 65000).build(),
            PeerConfig.builder("fe80::1%eth2", 65000).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          interface: a/b                        | interface: 'a/b' is not the name of an interface; expected one like eth0
          interface: [eth0]                     | interface: found a list; expected the name of an interface such as eth0
          interface: eth0, local-address: 192.0.2.1 | local-address: found 192.0.2.1; expected an address of the same family as the peer's, eth0
          port: 179                             | address: this key is missing; add an IP address such as 192.0.2.1 or 2001:db8::1, or interface
          address: fe80::1                      | address: fe80::1 is valid on one link only; say on which, like fe80::1%eth0
          address: 2001:db8::1%eth0             | address: 2001:db8::1%eth0 is not link-local; leave %eth0 away
          address: '::'                         | address: found ::; expected the address of a host
          address: 224.0.0.1                    | address: found 224.0.0.1; expected the address of a host
          """)
  void eachBadWayToNameARouterIsOneFault(String peer, String message) {
    String text = SPEAKER + "peers: [{remote-as: external, " + peer + "}]\n" + VIPS;
    assertThat(faultsOf(text))
        .singleElement()
        .asString()
        .startsWith("b.yaml:2: peers[0]." + message);
  }

  @Test
  void anInterfaceHasOnePeerAndEachLinkLocalAddressOfALinkOne() {
    String peer = "{interface: eth0, remote-as: external}";
    assertThat(faultsOf(SPEAKER + "peers: [" + peer + ", " + peer + "]\n" + VIPS))
        .containsExactly(
            "b.yaml:2: peers[1].interface: found eth0 again, after peers[0] (line 2); remove one of"
                + " them");
    String linkLocal = "{address: fe80::1%eth0, remote-as: external}";
    assertThat(faultsOf(SPEAKER + "peers: [" + linkLocal + ", " + linkLocal + "]\n" + VIPS))
        .containsExactly(
            "b.yaml:2: peers[1].address: found fe80::1%eth0 again, after peers[0] (line 2); remove"
                + " one of them");
  }

  private static final String LISTENING =
      "speaker: {local-as: 65001, router-id: 192.0.2.1, listen: '0.0.0.0:179'}\n";

  @Test
  void rangesOfPeersTakeThePlaceOfPeers() throws InvalidConfigException {
    AdvertiserConfig config =
        ConfigFile.parse(
            "b.yaml",
            LISTENING
                + """
                dynamic-peers:
                  - prefix: 192.0.2.0/24
                    remote-as: external
                    limit: 7
                    local-as: 64999
                    replace-as: true
                    hold-time: 9s
                    next-hop: [192.0.2.1, "2001:db8::1"]
                    description: rack
                  - prefix: 192.0.0.0/16
                    remote-as: 65000
                """
                + VIPS);
    PeerConfig template =
        PeerConfig.template(RemoteAs.Relation.EXTERNAL)
            .passive(true)
            .localAs(new LocalAs(64999, true))
            .holdTime(Duration.ofSeconds(9))
            .nextHop("192.0.2.1")
            .nextHop("2001:db8::1")
            .description("rack")
            .build();

    assertThat(config.peers()).isEmpty();
    assertThat(config.dynamicPeers())
        .containsExactly(
            DynamicPeersConfig.of("192.0.2.0/24", template).withLimit(7),
            DynamicPeersConfig.of(
                "192.0.0.0/16", PeerConfig.template(RemoteAs.of(65000)).passive(true).build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          prefix: 192.0.2.0, remote-as: 1             | prefix: found '192.0.2.0', which has no prefix length; write it like 192.0.2.0/24
          prefix: 192.0.2.1/24, remote-as: 1          | prefix: 192.0.2.1/24 has host bits set; the prefix is 192.0.2.0/24
          prefix: 192.0.2.0/33, remote-as: 1          | prefix: prefix length 33 is not in 0 to 32
          prefix: router/24, remote-as: 1             | prefix: 'router' is not an IP address
          prefix: ff00::/8, remote-as: 1              | prefix: found ff00::/8; expected addresses of hosts
          remote-as: 1                                | prefix: this key is missing; add a prefix such as 192.0.2.0/24
          prefix: 192.0.2.0/24                        | remote-as: this key is missing
          prefix: 192.0.2.0/24, remote-as: x          | remote-as: found 'x'; expected an AS number
          prefix: 192.0.2.0/24, remote-as: 1, limit: 0 | limit: found '0'; expected a number of routers, 1 to 65535
          prefix: 192.0.2.0/24, remote-as: 1, limit: 65536 | limit: found '65536'; expected a number of routers, 1 to 65535
          prefix: 192.0.2.0/24, remote-as: 1, replace-as: true | replace-as: found true, but the peer has no local-as
          prefix: 192.0.2.0/24, remote-as: 1, next-hop: [192.0.2.1, 192.0.2.2] | next-hop: found two of one family
          prefix: 192.0.2.0/24, remote-as: 1, hold-time: 1s | hold-time: found '1s'
          prefix: 192.0.2.0/24, remote-as: 1, port: 179 | port: unknown key; the keys here are prefix, limit,
          prefix: 192.0.2.0/24, remote-as: 1, passive: true | passive: unknown key
          """)
  void eachBadValueOfARangeIsOneFaultThatNamesIt(String range, String message) {
    assertThat(faultsOf(LISTENING + "dynamic-peers: [{" + range + "}]\n" + VIPS))
        .singleElement()
        .asString()
        .startsWith("b.yaml:2: dynamic-peers[0]." + message);
  }

  @Test
  void rangesNeedAListenerAndMustDiffer() {
    String range = "{prefix: 192.0.2.0/24, remote-as: external}";
    assertThat(faultsOf(SPEAKER + "dynamic-peers: [" + range + "]\n" + VIPS))
        .containsExactly(
            "b.yaml:2: dynamic-peers: nobody can connect, since nothing listens; set"
                + " speaker.listen, or remove this");
    assertThat(faultsOf(LISTENING + "dynamic-peers: [" + range + ", " + range + "]\n" + VIPS))
        .containsExactly(
            "b.yaml:2: dynamic-peers[1].prefix: found 192.0.2.0/24 again, after dynamic-peers[0]"
                + " (line 2); remove one of them");
    assertThat(faultsOf(LISTENING + "dynamic-peers: []\n" + VIPS))
        .containsExactly("b.yaml:2: dynamic-peers: found an empty list; expected at least one");
    assertThat(faultsOf(SPEAKER + VIPS))
        .singleElement()
        .asString()
        .startsWith("b.yaml:1: peers: this key is missing; add a list, each item a peer")
        .endsWith(", or dynamic-peers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          speaker  | local-as      | 0                    | found '0'; expected an AS number, 1 to 4294967295
          speaker  | local-as      | 4294967296           | found '4294967296'; expected an AS number
          speaker  | local-as      | 1.10                 | found '1.10'; expected an AS number
          speaker  | local-as      | [65001]              | found a list; expected an AS number
          speaker  | local-as      |                      | found nothing; expected an AS number
          speaker  | router-id     | 0.0.0.0              | found 0.0.0.0, which no speaker may use
          speaker  | router-id     | 2001:db8::1          | is not an IP address
          speaker  | router-id     | 10.0.0.256           | is not an IP address
          speaker  | listen        | 0.0.0.0              | expected an address and a port such as
          speaker  | listen        | ::1:179              | expected an address and a port such as
          speaker  | listen        | 127.0.0.1:65536      | expected an address and a port such as
          speaker  | listen        | localhost:179        | 'localhost' is not an IP address
          speaker  | shutdown-message | "a\\nb"           | expected one line
          peers    | address       | router.example       | is not an IP address
          peers    | remote-as     | -1                   | expected an AS number
          peers    | remote-as     | abroad               | found 'abroad'; expected an AS number, 1 to 4294967295, or external or internal
          peers    | remote-as     | 4294967296           | expected an AS number, 1 to 4294967295
          peers    | local-as      | 0                    | expected an AS number, 1 to 4294967295
          peers    | replace-as    | true                 | the peer has no local-as
          peers    | send-hold-time | 90s                 | not longer than hold-time
          peers    | send-hold-time | 25h                 | expected a duration, 0ms to 24h
          peers    | families      | ipv4                 | found 'ipv4'; expected one of: ipv4-unicast, ipv6-unicast
          peers    | families      | []                   | expected at least one family
          peers    | ipv6-next-hops | ipv6-unicast        | expected one of: ipv4-unicast
          peers    | extended-messages | 1                | expected true or false
          peers    | role          | client               | expected one of: provider, rs, rs-client, customer, peer
          peers    | strict-role   | true                 | the peer has no role
          peers    | graceful-restart | 120s              | expected a graceful restart
          peers    | graceful-restart | {restart-time: 4096s} | expected a duration, 0ms to 4095s
          peers    | port          | 0                    | expected a TCP port, 1 to 65535
          peers    | port          | 65536                | expected a TCP port, 1 to 65535
          peers    | passive       | yes                  | found 'yes'; expected true or false
          peers    | hold-time     | 9                    | found '9'; expected a duration
          peers    | hold-time     | 2s                   | expected whole seconds, 3s to 65535s, or 0s
          peers    | hold-time     | 65536s               | expected whole seconds, 3s to 65535s, or 0s
          peers    | hold-time     | 3500ms               | expected whole seconds, 3s to 65535s, or 0s
          peers    | connect-retry | 0s                   | expected a duration, 100ms to 1h
          peers    | local-address | 2001:db8::1          | expected an address of the same family
          peers    | next-hop      | 0.0.0.0              | expected the address of a host
          peers    | next-hop      | [192.0.2.1, 192.0.2.2] | found two of one family
          peers    | multihop      | 1                    | expected a TTL, 2 to 255
          peers    | multihop      | 256                  | expected a TTL, 2 to 255
          peers    | ttl-security-hops | 0                | expected a number of hops, 1 to 254
          peers    | ttl-security-hops | 255              | expected a number of hops, 1 to 254
          peers    | interface     | a/b                  | 'a/b' is not the name of an interface
          peers    | interface     | sixteen-letters-    | is not the name of an interface
          peers    | password      |                      | a secret is not written here
          peers    | password      | ""                   | a secret is not written here
          peers    | password      | [a, b]               | a secret is not written here
          peers    | password      | {file: [x]}          | found a list; expected a path
          peers    | tcp-ao        | key                  | expected a section with the keys send-id, receive-id, algorithm, key-file
          peers    | tcp-ao        | {send-id: 256, receive-id: 1, key-file: k} | expected a key id, 0 to 255
          peers    | tcp-ao        | {send-id: 1, receive-id: -1, key-file: k} | expected a key id, 0 to 255
          peers    | tcp-ao        | {send-id: 1, receive-id: 1} | this key is missing; add a path
          peers    | tcp-ao        | {send-id: 1, receive-id: 1, key-file: k, algorithm: md5} | expected one of: hmac-sha1, aes-128-cmac
          peers    | passive       | true                 | nothing listens; set speaker.listen
          vips     | prefix        | 203.0.113.10         | no prefix length
          vips     | prefix        | 203.0.113.0/33       | prefix length
          vips     | prefix        | 203.0.113.10/24      | host bits
          vips     | prefix        | 224.0.0.1/32         | expected addresses of hosts
          vips     | communities   | [65001:65536]        | 65001:65536
          vips     | communities   | [no-exprt]           | no-exprt
          vips     | communities   | [65001:1:2:3]        | 65001:1:2:3
          vips     | communities   | {a: b}               | found a mapping; expected a community
          vips     | local-pref    | 4294967296           | expected a number, 0 to 4294967295
          vips     | med           | high                 | found 'high'; expected a number
          vips     | prepend       | 33                   | expected a number, 0 to 32
          vips     | next-hop      | 2001:db8::1          | expected an address of the same family
          vips     | leadership    | nobody               | expected lock or always
          lock     | type          | raft                 | found 'raft'; expected one of: always, file-lock
          lock     | path          | [x]                  | found a list; expected a path
          lock     | lease         | 1h                   | expected a duration, 20ms to 10m
          lock     | lock          | 1                    | unknown key
          lock     | preferred     | yes                  | found 'yes'; expected true or false
          lock     | fail-back     | soon                 | such as 500ms or 9s; or never
          lock     | fail-back     | 25h                  | expected never, or a duration of at most 24h
          lock     | order         | release              | expected one of: withdraw-first, overlap
          lock     | overlap       | 2s                   | order is withdraw-first, so nothing overlaps
          """)
  void eachBadValueIsOneFaultThatNamesIt(String section, String key, String value, String message) {
    String text = value == null ? "" : value;
    StringBuilder document = new StringBuilder();
    document.append("speaker:\n");
    put(
        document,
        "  ",
        section.equals("speaker"),
        key,
        text,
        "local-as: 65001",
        "router-id: 192.0.2.1");
    document.append("peers:\n  -\n");
    put(
        document,
        "    ",
        section.equals("peers"),
        key,
        text,
        "address: 192.0.2.254",
        "remote-as: 65000");
    document.append("vips:\n  -\n");
    put(
        document,
        "    ",
        section.equals("vips"),
        key,
        text,
        "prefix: 203.0.113.10/32",
        "leadership: always");
    document.append("leadership:\n  lock:\n");
    put(document, "    ", section.equals("lock"), key, text, "type: file-lock", "path: /run/l");

    List<Fault> faults = refusalOf(document.toString());

    assertThat(faults).hasSize(1);
    long line = document.substring(0, document.indexOf(" " + key + ": " + text)).lines().count();
    assertThat(faults.get(0).line()).isBetween((int) line, (int) line + 1);
    assertThat(faults.get(0).toString()).contains(message).contains(key).doesNotContain("\n");
  }

  private static void put(
      StringBuilder out, String indent, boolean here, String key, String value, String... others) {
    for (String other : others) {
      if (!here || !other.startsWith(key + ":")) {
        out.append(indent).append(other).append('\n');
      }
    }
    if (here) {
      out.append(indent).append(key).append(": ").append(value).append('\n');
    }
  }

  @Test
  void allFaultsOfAllSectionsAreReportedTogether() {
    assertThat(
            faultsOf(
                """
                speaker:
                  localAs: 65001
                  router-id: 0.0.0.0
                peers:
                  - address: 192.0.2.254
                    remote-as: 65000
                  - address: 192.0.2.254
                    remote-as: 65000
                  - remote-as: x
                vips:
                  - prefix: 203.0.113.10/32
                    leadership: contol-plane
                  - prefix: 203.0.113.10/32
                    leadership: always
                    communities: [1:2, 3]
                  - prefix: 203.0.113.10/32
                    leadership: always
                leadership:
                  control-plane:
                    type: file-lock
                    path: /run/../run/a.lock
                  other:
                    type: file-lock
                    path: /run/a.lock
                  hasty:
                    type: file-lock
                    path: /run/b.lock
                    lease: 300ms
                  always:
                    type: always
                helth: {}
                """))
        .satisfiesExactly(
            f -> assertThat(f).startsWith("b.yaml:2: speaker.local-as: this key is missing"),
            f -> assertThat(f).contains(":2: speaker.localAs: unknown key; did you mean local-as?"),
            f -> assertThat(f).startsWith("b.yaml:3: speaker.router-id: found 0.0.0.0"),
            f -> assertThat(f).contains(":7: peers[1].address: found 192.0.2.254 again, after"),
            f -> assertThat(f).contains(":9: peers[2].address: this key is missing"),
            f -> assertThat(f).contains(":9: peers[2].remote-as: found 'x'; expected an AS number"),
            f -> assertThat(f).contains(":12: vips[0].leadership: found 'contol-plane', which is"),
            f -> assertThat(f).contains(":15: vips[1].communities[1]: "),
            f -> assertThat(f).contains(":16: vips[2].prefix: found 203.0.113.10/32 again, after"),
            f ->
                assertThat(f)
                    .contains(":23: leadership.other: competes for the lock file /run/a.lock as")
                    .contains("leadership.control-plane does"),
            f -> assertThat(f).contains(":26: leadership.hasty: the lease is shorter than two"),
            f -> assertThat(f).contains(":30: leadership.always: this name is built in"),
            f -> assertThat(f).contains(":31: helth: unknown key; did you mean health?"));
  }

  @Test
  void anUnknownLeadershipIsNamedWithWhatMayBeMeant() {
    String vips = "vips: [{prefix: 203.0.113.10/32, leadership: peers}]\n";
    assertThat(faultsOf(SPEAKER + PEERS + vips))
        .containsExactly(
            "b.yaml:3: vips[0].leadership: found 'peers', which is not under leadership;"
                + " expected always");
    assertThat(faultsOf(SPEAKER + PEERS + vips + "leadership: {peer: {type: always}}"))
        .containsExactly(
            "b.yaml:3: vips[0].leadership: found 'peers', which is not under leadership;"
                + " did you mean peer?; expected peer or always");
  }

  @Test
  void emptyListsAndMissingSectionsAreFaults() {
    assertThat(faultsOf(SPEAKER + "peers: []\nvips: []"))
        .containsExactly(
            "b.yaml:2: peers: found an empty list; expected at least one",
            "b.yaml:3: vips: found an empty list; expected at least one");
    assertThat(faultsOf("{}")).hasSize(3);
    assertThat(faultsOf("- a")).singleElement().asString().contains("found a list; expected");
    assertThat(faultsOf("hello")).singleElement().asString().contains("found 'hello'; expected");
    assertThat(faultsOf("---\n...")).singleElement().asString().contains("found nothing");
  }

  @Test
  void mutilatedSamplesNeverThrowAnythingElse() throws Exception {
    String sample = Files.readString(SAMPLE);
    String alphabet = ":-[]{}#\"' \n\tx0&*";
    Random random = new Random(11);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder text = new StringBuilder(sample);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      try {
        ConfigFile.parse("b.yaml", text.toString());
      } catch (InvalidConfigException e) {
        assertThat(e.faults()).isNotEmpty();
      }
    }
    for (int end = 0; end < sample.length(); end++) {
      try {
        ConfigFile.parse("b.yaml", sample.substring(0, end));
      } catch (InvalidConfigException e) {
        assertThat(e.faults()).isNotEmpty();
      }
    }
  }
}
