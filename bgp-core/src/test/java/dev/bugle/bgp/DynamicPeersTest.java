package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that nobody has configured by their address, on loopback. */
@Timeout(60)
class DynamicPeersTest {

  private static final PeerConfig ANY_EXTERNAL =
      PeerConfig.template(RemoteAs.Relation.EXTERNAL).description("rack").build();

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final PeerLog fromRange = new PeerLog();

  @AfterEach
  void close() {
    speaker.close();
  }

  private InetSocketAddress address() {
    return speaker.listenAddresses().get(0);
  }

  private DynamicPeers range(String prefix, int limit) {
    return speaker.dynamicPeers(
        DynamicPeersConfig.of(prefix, ANY_EXTERNAL).withLimit(limit), fromRange);
  }

  private RawPeer connect(String from) throws Exception {
    return RawPeer.connect(from, address());
  }

  private static void sendOpen(RawPeer peer, int asn) throws Exception {
    peer.send(
        new OpenMessage(
            asn,
            90,
            Ipv4Address.parse("192.0.2.66"),
            List.of(
                new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                new FourOctetAsCapability(asn))),
        CodecContext.INITIAL);
  }

  private RawPeer established(String from) throws Exception {
    RawPeer peer = connect(from);
    sendOpen(peer, 65066);
    peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    fromRange.established();
    return peer;
  }

  /** What the speaker says until its peer knows all routes. */
  private static List<String> untilEndOfRib(RawPeer peer) throws Exception {
    List<String> all = new ArrayList<>();
    while (all.isEmpty() || !all.get(all.size() - 1).startsWith("UPDATE End-of-RIB")) {
      all.add(peer.next().orElseThrow().toString());
    }
    return all;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("nanoseconds beyond the deadline").isNegative();
      Deadline.pause();
    }
  }

  @Test
  void whoConnectsFromTheRangeIsAPeerWhileItIsConnected() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 2);
    speaker.announce(Route.to("203.0.113.10/32").build());
    try (RawPeer peer = established("127.0.0.66")) {
      assertThat(range.peers()).isEqualTo(speaker.peers()).hasSize(1);
      PeerConfig config = range.peers().get(0).config();
      assertThat(config.address()).isEqualTo(Ipv4Address.parse("127.0.0.66"));
      assertThat(config.description()).isEqualTo("rack");
      assertThat(config.session().passive()).isTrue();
      peer.readWith(CodecContext.INITIAL.withFourOctetAs(true));
      assertThat(untilEndOfRib(peer))
          .anyMatch(message -> message.startsWith("UPDATE nlri [203.0.113.10/32]"));
      peer.send(new NotificationMessage(BgpError.CEASE), CodecContext.INITIAL);
      assertThat(peer.lastWords()).doesNotContain("NOTIFICATION");
    }
    fromRange.await("state ACTIVE: received NOTIFICATION");
    fromRange.await("state IDLE: stopped");
    assertThat(speaker.peers()).isEmpty();
    assertThat(range.peers()).isEmpty();
    established("127.0.0.66").close();
  }

  @Test
  void aConfiguredPeerWinsOverTheRange() throws Exception {
    range("127.0.0.0/24", 10);
    PeerLog configured = new PeerLog();
    speaker.peer(PeerConfig.builder("127.0.0.66", 65066).passive(true).build(), configured);
    try (RawPeer peer = connect("127.0.0.66")) {
      sendOpen(peer, 65066);
      peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
      configured.established();
    }
  }

  @Test
  void aPeerThatIsConfiguredLaterReplacesTheOneOfTheRange() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 10);
    try (RawPeer peer = established("127.0.0.66")) {
      speaker.peer(PeerConfig.builder("127.0.0.66", 65066).passive(true).build());
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Peer De-configured (6/3)");
      assertThat(range.peers()).isEmpty();
      assertThat(speaker.peers()).hasSize(1);
    }
  }

  @Test
  void theLongestRangeDecidesAlsoWhenItIsFull() throws Exception {
    range("127.0.0.0/8", 10);
    PeerLog fromLonger = new PeerLog();
    DynamicPeers longer =
        speaker.dynamicPeers(
            DynamicPeersConfig.of("127.0.0.64/26", ANY_EXTERNAL).withLimit(1), fromLonger);
    try (RawPeer peer = connect("127.0.0.66");
        RawPeer refused = connect("127.0.0.67");
        RawPeer elsewhere = connect("127.0.1.67")) {
      fromLonger.await("state OPEN_SENT");
      assertThat(refused.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
      fromRange.await("state OPEN_SENT");
      assertThat(longer.peers()).hasSize(1);
      assertThat(speaker.peers()).hasSize(2);
      peer.close();
      elsewhere.close();
    }
  }

  @Test
  void beyondTheLimitAConnectionIsRefusedUntilAPlaceIsFree() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 2);
    try (RawPeer second = established("127.0.0.67")) {
      RawPeer first = established("127.0.0.66");
      try (RawPeer third = connect("127.0.0.68")) {
        assertThat(third.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
      }
      first.close();
      await(() -> range.peers().size() == 1);
      established("127.0.0.68").close();
      second.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    }
  }

  @Test
  void aPeerThatIsRefusedWithBadPeerAsFreesItsPlace() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 1);
    try (RawPeer peer = connect("127.0.0.66")) {
      sendOpen(peer, 65000);
      assertThat(peer.lastWords()).startsWith("NOTIFICATION OPEN Message Error/Bad Peer AS (2/2)");
    }
    await(() -> range.peers().isEmpty());
  }

  @Test
  void aPeerThatNeverGetsEstablishedLosesItsPlaceAndAnEstablishedOneKeepsIt() throws Exception {
    DynamicPeers range =
        speaker.dynamicPeers(
            DynamicPeersConfig.of("127.0.0.0/24", ANY_EXTERNAL), fromRange, Duration.ofHours(1));
    try (RawPeer good = established("127.0.0.66");
        RawPeer silent = connect("127.0.0.67")) {
      range.start(Duration.ofMillis(300)); // now that the good one cannot be late any more
      assertThat(silent.lastWords()).isEqualTo("NOTIFICATION Hold Timer Expired (4/0)");
      await(() -> range.peers().size() == 1);
      assertThat(range.peers().get(0).status().state()).isEqualTo(SessionState.ESTABLISHED);
      good.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    }
  }

  @Test
  void aConnectionThatReplacesAnotherKeepsThePeer() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 1);
    try (RawPeer first = connect("127.0.0.66")) {
      fromRange.await("state OPEN_SENT");
      Peer peer = range.peers().get(0);
      try (RawPeer second = established("127.0.0.66")) {
        assertThat(first.lastWords())
            .isEqualTo("NOTIFICATION Cease/Connection Collision Resolution (6/7)");
        assertThat(range.peers()).containsExactly(peer);
        second.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
      }
    }
    await(() -> range.peers().isEmpty());
  }

  @Test
  void aFloodFromOneAddressTakesOnePlace() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 2);
    List<RawPeer> flood = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        flood.add(connect("127.0.0.66"));
      }
      try (RawPeer neighbour = established("127.0.0.67")) {
        neighbour.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
        assertThat(range.peers()).hasSizeLessThanOrEqualTo(2);
      }
    } finally {
      for (RawPeer peer : flood) {
        peer.close();
      }
    }
    await(() -> range.peers().isEmpty());
  }

  @Test
  void closingTheRangeEndsItsPeersAndLetsNobodyInAnyMore() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 2);
    try (RawPeer peer = established("127.0.0.66")) {
      range.close();
      range.close();
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Peer De-configured (6/3)");
    }
    assertThat(speaker.peers()).isEmpty();
    try (RawPeer late = connect("127.0.0.66")) {
      assertThat(late.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
    }
    range("127.0.0.0/24", 2);
  }

  @Test
  void closingAPeerOfARangeEndsItUntilItConnectsAgain() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 2);
    try (RawPeer peer = established("127.0.0.66")) {
      range.peers().get(0).close();
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Peer De-configured (6/3)");
    }
    established("127.0.0.66").close();
  }

  @Test
  void wrongValuesAreRefusedWhenTheRangeIsAdded() {
    DynamicPeersConfig config = DynamicPeersConfig.of("127.0.0.0/24", ANY_EXTERNAL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withLimit(0))
        .withMessage("the limit of 127.0.0.0/24 is 0; expected 1 to 65535 peers");
    config.withLimit(65535);
    assertThatIllegalArgumentException().isThrownBy(() -> config.withLimit(65536));
    PeerConfig strict = ANY_EXTERNAL.toBuilder().strictPath(true).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamicPeersConfig.of("127.0.0.0/24", strict))
        .withMessageContaining("take strictPath out");
    PeerConfig bound = ANY_EXTERNAL.toBuilder().localAddress("::1").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamicPeersConfig.of("127.0.0.0/24", bound))
        .withMessageContaining("take the local address out");
    PeerConfig customer =
        PeerConfig.template(RemoteAs.Relation.INTERNAL)
            .role(new LocalRole(Role.CUSTOMER, false))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> speaker.dynamicPeers(DynamicPeersConfig.of("127.0.0.0/24", customer), fromRange))
        .withMessageContaining("has no meaning towards a peer in our own AS");
    speaker.dynamicPeers(config, fromRange);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> speaker.dynamicPeers(config, fromRange))
        .withMessage("there is a range 127.0.0.0/24 already");
    try (BgpSpeaker deaf = BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.1").build())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> deaf.dynamicPeers(config, fromRange))
          .withMessageContaining("listens nowhere; give it a listen address");
    }
  }

  @Test
  void anotherLimitAndPolicyHoldWhileThePeersOfTheRangeStay() throws Exception {
    DynamicPeers range = range("127.0.0.0/24", 1);
    speaker.announce(Route.to("203.0.113.10/32").build());
    try (RawPeer peer = established("127.0.0.66");
        RawPeer refused = connect("127.0.0.67")) {
      assertThat(refused.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
      PeerConfig silent = ANY_EXTERNAL.toBuilder().exportPolicy(RoutePolicy.REJECT_ALL).build();

      range
          .reconfigure(DynamicPeersConfig.of("127.0.0.0/24", silent).withLimit(2))
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);

      assertThat(range.peers())
          .singleElement()
          .satisfies(one -> assertThat(one.status().state()).isEqualTo(SessionState.ESTABLISHED))
          .satisfies(
              one -> assertThat(one.config().export().policy()).isEqualTo(RoutePolicy.REJECT_ALL));
      established("127.0.0.68").close();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> range.reconfigure(DynamicPeersConfig.of("127.0.0.0/25", ANY_EXTERNAL)))
        .withMessageContaining("close it, and add another");
  }

  @Test
  void aRehearsalChangesNothingAndSaysWhatIsWrong() {
    speaker.rehearse(DynamicPeersConfig.of("127.0.0.0/24", ANY_EXTERNAL));
    speaker.rehearse(PeerConfig.builder("127.0.0.66", 65066).build());
    assertThat(speaker.peers()).isEmpty();
    PeerConfig keyless =
        PeerConfig.builder("127.0.0.66", 65066)
            .authentication(TcpMd5.ofFile(Path.of("/none/key")))
            .build();
    assertThatIllegalStateException()
        .isThrownBy(() -> speaker.rehearse(keyless))
        .withMessageContaining("peer 127.0.0.66: cannot apply TCP MD5");
    try (BgpSpeaker deaf = BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").build())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> deaf.rehearse(DynamicPeersConfig.of("127.0.0.0/24", ANY_EXTERNAL)))
          .withMessageContaining("the speaker listens nowhere");
    }
  }
}
