package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bgp.PeerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of BFD. */
class BfdConfigTest {

  private static final String REST =
      """
      speaker: {local-as: 65001, router-id: 192.0.2.1}
      vips: [{prefix: 203.0.113.10/32, leadership: always}]
      """;

  private static final String PROFILES =
      """
      bfd:
        profiles:
          fast: {interval: 50ms, multiplier: 5}
          uneven: {interval: 100ms, receive-interval: 20ms, passive: true}
      """;

  private static String peer(String bfd) {
    return "peers: [{address: 192.0.2.254, remote-as: 65000, bfd: " + bfd + "}]\n";
  }

  private static String peerFrom(String local, String bfd) {
    return "peers: [{address: 192.0.2.254, remote-as: 65000, local-address: "
        + local
        + ", bfd: "
        + bfd
        + "}]\n";
  }

  private static Neighbor read(String document) throws InvalidConfigException {
    return ConfigFile.parse("b.yaml", REST + PROFILES + document).peers().get(0);
  }

  private static BfdSessionConfig session(String document) throws InvalidConfigException {
    return read(document).bfd().orElseThrow().session();
  }

  private static List<String> faultsOf(String document) {
    InvalidConfigException refused =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigFile.parse("b.yaml", document));
    assertThat(refused).as(document).isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void aPeerWithoutBfdHasNone() throws InvalidConfigException {
    Neighbor neighbor = read("peers: [{address: 192.0.2.254, remote-as: 65000}]");
    assertThat(neighbor.bfd()).isEmpty();
    assertThat(neighbor.bgp().session().strictPath()).isFalse();
  }

  @Test
  void theNameOfAProfileIsEnough() throws InvalidConfigException {
    assertThat(session(peer("fast")))
        .isEqualTo(
            BfdSessionConfig.singleHop("192.0.2.254")
                .profile(BfdProfile.of(Duration.ofMillis(50), 5))
                .build());
    assertThat(session(peer("default")).profile())
        .isEqualTo(BfdProfile.of(Duration.ofMillis(300), 3))
        .isEqualTo(session(peer("{}")).profile());
  }

  @Test
  void onePeerMayDifferFromItsProfile() throws InvalidConfigException {
    assertThat(session(peer("{profile: uneven, multiplier: 4}")).profile())
        .isEqualTo(
            BfdProfile.builder(Duration.ofMillis(100), 4)
                .receiveInterval(Duration.ofMillis(20))
                .passive(true)
                .build());
    assertThat(session(peer("{profile: uneven, interval: 1s, passive: false}")).profile())
        .isEqualTo(BfdProfile.of(Duration.ofSeconds(1), 3));
    assertThat(session(peer("{transmit-interval: 1ms}")).profile())
        .isEqualTo(
            BfdProfile.builder(Duration.ofMillis(300), 3)
                .transmitInterval(Duration.ofMillis(1))
                .build());
  }

  @Test
  void thePathBeginsAtTheLocalAddressOfThePeer() throws InvalidConfigException {
    assertThat(session(peerFrom("192.0.2.1", "fast")).local().orElseThrow().getHostAddress())
        .isEqualTo("192.0.2.1");
    assertThat(session(peerFrom("192.0.2.1", "{multihop: true, minimum-ttl: 250}")))
        .isEqualTo(BfdSessionConfig.multihop("192.0.2.254", "192.0.2.1").minimumTtl(250).build());
    assertThat(session(peer("{interface: eth0.100}")).interfaceName()).contains("eth0.100");
  }

  @Test
  void strictModeIsSaidToBgp() throws InvalidConfigException {
    assertThat(read(peer("{profile: fast, strict: true}")).bgp().session().strictPath()).isTrue();
    assertThat(read(peer("fast")).bgp().session().strictPath()).isFalse();
  }

  @Test
  void keysAreInFiles() throws InvalidConfigException {
    String authentication =
        """
        {authentication: {type: meticulous-keyed-sha1, key-id: 2, key-file: /etc/bugle/new.key,
                          also-accept: {key-id: 1, key-file: /etc/bugle/old.key}}}
        """
            .strip();
    assertThat(read(peer(authentication)).bfd().orElseThrow().keyFiles())
        .contains(
            new BfdKeyFiles(
                AuthenticationType.METICULOUS_KEYED_SHA1,
                2,
                Map.of(1, Path.of("/etc/bugle/old.key"), 2, Path.of("/etc/bugle/new.key"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          interval           | 0ms     | found '0ms'; expected a duration, 1ms to 1h
          interval           | 500us   | found '500us'; expected a duration: a whole number and ms
          interval           | 50      | found '50'; expected a duration: a whole number and ms
          transmit-interval  | 2h      | found '2h'; expected a duration, 1ms to 1h
          receive-interval   | [1ms]   | found a list; expected a duration, 1ms to 1h
          multiplier         | 0       | found '0'; expected a number of packets, 1 to 255
          multiplier         | 256     | found '256'; expected a number of packets, 1 to 255
          passive            | yes     | found 'yes'; expected true or false
          intervall          | 1s      | unknown key; did you mean interval?; the keys here are
          demand-mode        | 1s      | unknown key; the keys here are interval,
          """)
  void aBadValueOfAProfileIsNamed(String key, String value, String message) {
    String profile =
        "bfd:\n  profiles:\n    fast:\n      " + key + ": " + value + "\n" + peer("fast");
    assertThat(faultsOf(REST + profile))
        .singleElement()
        .asString()
        .startsWith("b.yaml:6: bfd.profiles.fast." + key + ": " + message);
    assertThat(faultsOf(REST + peer("{" + key + ": " + value + "}")))
        .singleElement()
        .asString()
        .startsWith("b.yaml:3: peers[0].bfd." + key + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fas                                      | bfd: found 'fas', which is not under bfd.profiles; did you mean fast?; expected fast, uneven or default
          true                                     | bfd: found 'true', which is not under bfd.profiles; expected fast, uneven or default
          {profile: slow}                          | bfd.profile: found 'slow', which is not under bfd.profiles; expected fast
          {profile: [fast]}                        | bfd.profile: found a list; expected the name of a BFD profile
          a b                                      | bfd: found 'a b'; expected the name of a BFD profile
          [fast]                                   | bfd: found a list; expected the name of a BFD profile, or a section
          ~                                        | bfd: found nothing; expected the name of a BFD profile, or a section
          {strict: 1}                              | bfd.strict: found '1'; expected true or false
          {multihop: true}                         | bfd.multihop: found true, but the peer has no local-address
          {minimum-ttl: 254}                       | bfd.minimum-ttl: over one hop it is always 255
          {minimum-ttl: 0}                         | bfd.minimum-ttl: found '0'; expected a TTL, 1 to 255
          {interface: "a b"}                       | bfd.interface: found 'a b'; expected the name of an interface
          {interface: abcdefghijklmnop}            | bfd.interface: found 'abcdefghijklmnop'; expected the name of an
          {echo-interval: 50ms}                    | bfd: echo-interval needs interface here and local-address of the peer
          {echo-interval: 50}                      | bfd.echo-interval: found '50'
          {echo-receive-interval: 1us}             | bfd.echo-receive-interval: found '1us'
          {interval: 1s, transmit-interval: 1s, receive-interval: 1s} | bfd.interval: both directions have an interval
          {authentication: secret}                 | bfd.authentication: found 'secret'; expected an authentication with
          {authentication: {type: keyed-sha1, key-id: 1}} | bfd.authentication.key-file: this key is missing
          {authentication: {type: keyed-sha1, key-id: 1, key: x, key-file: /k}} | bfd.authentication.key: unknown key
          {authentication: {type: keyed-sha2, key-id: 1, key-file: /k}} | bfd.authentication.type: found 'keyed-sha2'; did you mean keyed-sha1?; expected one of: simple-password, keyed-md5, meticulous-keyed-md5, keyed-sha1, meticulous-keyed-sha1
          {authentication: {type: keyed-md5, key-id: 256, key-file: /k}} | bfd.authentication.key-id: found '256'; expected a key id, 0 to 255
          {authentication: {type: keyed-md5, key-id: 1, key-file: /k, also-accept: [{key-id: 1, key-file: /l}]}} | bfd.authentication.also-accept: found the key id 1 again
          """)
  void aBadValueOfAPeerIsNamed(String bfd, String message) {
    assertThat(faultsOf(REST + PROFILES + peer(bfd)))
        .singleElement()
        .asString()
        .startsWith("b.yaml:7: peers[0]." + message);
  }

  @Test
  void aLinkLocalRouterIsWatchedOnItsInterface() throws InvalidConfigException {
    String peer = "peers: [{address: 'fe80::1%%eth0', remote-as: 65000, bfd: %s}]";
    assertThat(session(peer.formatted("fast")).interfaceName()).contains("eth0");
    assertThat(session(peer.formatted("{interface: eth0}")).interfaceName()).contains("eth0");
    assertThat(faultsOf(REST + PROFILES + peer.formatted("{interface: eth1}")))
        .containsExactly(
            "b.yaml:7: peers[0].bfd.interface: found eth1, but the router is at fe80::1%eth0;"
                + " remove this");
  }

  @Test
  void aRouterWhoseAddressIsNotKnownCannotBeWatched() {
    assertThat(faultsOf(REST + "peers: [{interface: eth0, remote-as: external, bfd: {}}]"))
        .singleElement()
        .asString()
        .contains(
            "peers[0].bfd: BFD must know the router's address; write address, like fe80::1%eth0");
  }

  @Test
  void echoPacketsAreSentAndReturnedAsConfigured() throws InvalidConfigException {
    String peer =
        "peers: [{address: 192.0.2.254, remote-as: 65000, local-address: 192.0.2.1, bfd: %s}]";
    BfdProfile profile =
        session(
                peer.formatted(
                    "{interface: eth0, echo-interval: 50ms, echo-receive-interval: 20ms}"))
            .profile();
    assertThat(profile.echoInterval()).contains(Duration.ofMillis(50));
    assertThat(profile.timing().requiredMinEchoRx()).isEqualTo(Duration.ofMillis(20));
    assertThat(faultsOf(REST + peer.formatted("{multihop: true, echo-interval: 50ms}")))
        .singleElement()
        .asString()
        .contains("over several hops there is no echo function");
  }

  @Test
  void theNamesOfProfilesAreChecked() {
    assertThat(faultsOf(REST + peer("fast")))
        .containsExactly(
            "b.yaml:3: peers[0].bfd: found 'fast', which is not under bfd.profiles; expected"
                + " default");
    assertThat(faultsOf(REST + "bfd: {profiles: {default: {}, 'a b': {}}}\n" + peer("default")))
        .containsExactly(
            "b.yaml:3: bfd.profiles.a b: expected a name of at most 63 letters, digits, dots,"
                + " dashes and underscores",
            "b.yaml:3: bfd.profiles.default: this name is built in; choose another");
    assertThat(faultsOf(REST + "bfd: {fast: {}}\n" + peer("default")))
        .containsExactly("b.yaml:3: bfd.fast: unknown key; the keys here are profiles");
  }

  @Test
  void whatIsMadeWithoutAFileIsCheckedToo() {
    PeerConfig bgp = PeerConfig.builder("192.0.2.254", 65000).build();
    PeerBfd other =
        new PeerBfd(BfdSessionConfig.singleHop("192.0.2.253").build(), Optional.empty());
    assertThatThrownBy(() -> new Neighbor(bgp, Optional.of(other)))
        .hasMessage("BGP is with 192.0.2.254, but its BFD with 192.0.2.253");
    PeerConfig strict = PeerConfig.builder("192.0.2.254", 65000).strictPath(true).build();
    assertThatThrownBy(() -> Neighbor.of(strict))
        .hasMessage("peer 192.0.2.254 would wait for BFD, which it does not have");
  }
}
