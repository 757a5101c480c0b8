package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP MD5 (RFC 2385) between two speakers on loopback, as the system does it. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class TcpMd5Test {

  private static final String KEY = "correct horse battery";

  private final List<BgpSpeaker> open = new ArrayList<>();
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atAnnouncer = new PeerLog();

  @AfterEach
  void close() {
    open.forEach(BgpSpeaker::close);
  }

  private BgpSpeaker router(String listen) {
    return opened(SpeakerConfig.builder(65000, "192.0.2.254").listen(listen, 0));
  }

  private BgpSpeaker announcer() {
    return opened(SpeakerConfig.builder(65001, "192.0.2.1"));
  }

  private BgpSpeaker opened(SpeakerConfig.Builder config) {
    BgpSpeaker speaker = BgpSpeaker.open(config.build());
    open.add(speaker);
    return speaker;
  }

  private static PeerConfig.Builder towardsAnnouncer(String address) {
    return PeerConfig.builder(address, 65001).passive(true);
  }

  private static PeerConfig.Builder towards(BgpSpeaker router, String address, String from) {
    return PeerConfig.builder(address, 65000)
        .port(router.listenAddresses().get(0).getPort())
        .localAddress(from)
        .connectRetry(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 127.0.0.2",
    "0.0.0.0, 127.0.0.1, 127.0.0.2",
    "'::', 127.0.0.1, 127.0.0.2",
    "'::', ::1, ::1",
    "::1, ::1, ::1"
  })
  void sameKeyMakesASession(String listen, String address, String from) throws Exception {
    BgpSpeaker router = router(listen);
    BgpSpeaker announcer = announcer();
    router.peer(towardsAnnouncer(from).authentication(TcpMd5.of(KEY)).build(), atRouter);
    announcer.peer(
        towards(router, address, from).authentication(TcpMd5.of(KEY)).build(), atAnnouncer);
    atRouter.established();
    announcer.announce(Route.to("203.0.113.10/32").build());
    atRouter.await("UPDATE nlri [203.0.113.10/32]");
  }

  @Test
  void otherwiseThereIsNoSessionAndTheCauseNamesTheKey() throws Exception {
    BgpSpeaker router = router("0.0.0.0");
    BgpSpeaker announcer = announcer();
    Peer wrong = router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of("a")).build());
    Peer theirs = router.peer(towardsAnnouncer("127.0.0.3").authentication(TcpMd5.of(KEY)).build());
    Peer ours = router.peer(towardsAnnouncer("127.0.0.4").build());
    BgpSpeaker second = announcer();
    BgpSpeaker third = announcer();
    PeerLog[] logs = {new PeerLog(), new PeerLog(), new PeerLog()};
    announcer.peer(
        towards(router, "127.0.0.1", "127.0.0.2").authentication(TcpMd5.of("b")).build(), logs[0]);
    second.peer(towards(router, "127.0.0.1", "127.0.0.3").build(), logs[1]);
    third.peer(
        towards(router, "127.0.0.1", "127.0.0.4").authentication(TcpMd5.of(KEY)).build(), logs[2]);
    String compare = "With a key of TCP MD5 on one side only, or different keys";
    assertThat(logs[0].awaitLong("state ACTIVE: cannot connect")).contains(compare);
    assertThat(logs[1].awaitLong("state ACTIVE: cannot connect"))
        .contains("no answer")
        .contains("If the router has a password for this session");
    assertThat(logs[2].awaitLong("state ACTIVE: cannot connect")).contains(compare);
    assertThat(List.of(wrong, theirs, ours))
        .extracting(peer -> peer.status().cause())
        .allSatisfy(cause -> assertThat(cause).doesNotContain("connection"));
  }

  @Test
  void whoIsNoPeerMayStillConnectAndIsTold() throws Exception {
    BgpSpeaker router = router("127.0.0.1");
    router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build());
    try (RawPeer stranger = RawPeer.connect("127.0.0.9", router.listenAddresses().get(0))) {
      assertThat(stranger.lastWords()).contains("Cease/Connection Rejected");
    }
  }

  @Test
  void aPeerThatIsRemovedLeavesNoKeyOnTheListeningSocket() throws Exception {
    BgpSpeaker router = router("::");
    InetSocketAddress listening =
        new InetSocketAddress(
            IpAddress.parse("127.0.0.1").toInetAddress(),
            router.listenAddresses().get(0).getPort());
    Peer peer = router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build());
    assertThatThrownBy(() -> RawPeer.connect("127.0.0.2", listening, 700))
        .isInstanceOf(SocketTimeoutException.class);
    peer.close();
    try (RawPeer unsigned = RawPeer.connect("127.0.0.2", listening)) {
      assertThat(unsigned.lastWords()).contains("Cease/Connection Rejected");
    }
    router.peer(towardsAnnouncer("127.0.0.2").build());
    try (RawPeer unsigned = RawPeer.connect("127.0.0.2", listening)) {
      assertThat(unsigned.next().orElseThrow().toString()).startsWith("OPEN");
    }
  }

  @Test
  void aNewKeyOnBothSidesLeavesTheSessionUp() throws Exception {
    BgpSpeaker router = router("127.0.0.1");
    BgpSpeaker announcer = announcer();
    Peer atItsSide =
        router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build(), atRouter);
    Peer peer =
        announcer.peer(
            towards(router, "127.0.0.1", "127.0.0.2").authentication(TcpMd5.of(KEY)).build(),
            atAnnouncer);
    atRouter.established();
    atAnnouncer.established();
    peer.authentication(TcpMd5.of("the next key"));
    announcer.announce(Route.to("203.0.113.10/32").build()); // signed with it, not taken yet
    Deadline.await(announcer.flush());
    atItsSide.authentication(TcpMd5.of("the next key"));
    Deadline.await(router.flush());
    atRouter.await("UPDATE nlri [203.0.113.10/32]");
    assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
    assertThat(atItsSide.status().state()).isEqualTo(SessionState.ESTABLISHED);
    peer.reset("does the new key hold for new connections, too?");
    atRouter.await("state ACTIVE");
    atRouter.established();
  }

  @Test
  void aKeyFileIsReadAgainForEveryConnection(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("key"), KEY + "\n");
    BgpSpeaker router = router("127.0.0.1");
    BgpSpeaker announcer = announcer();
    Peer atItsSide =
        router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build(), atRouter);
    Peer peer =
        announcer.peer(
            towards(router, "127.0.0.1", "127.0.0.2").authentication(TcpMd5.ofFile(file)).build(),
            atAnnouncer);
    atAnnouncer.established();
    Files.delete(file);
    peer.reset("");
    assertThat(atAnnouncer.await("state ACTIVE: cannot"))
        .endsWith("cannot apply TCP MD5: key file " + file + ": there is no such file");
    atItsSide.authentication(TcpMd5.of("the next key"));
    Files.writeString(file, "the next key");
    atAnnouncer.established();
  }

  @Test
  void whereTheKeyCannotBeHadThereIsNoPeer(@TempDir Path directory) throws IOException {
    BgpSpeaker announcer = announcer();
    Path empty = Files.createFile(directory.resolve("empty"));
    PeerConfig.Builder config = PeerConfig.builder("127.0.0.1", 65000);
    assertThatThrownBy(() -> announcer.peer(config.authentication(TcpMd5.ofFile(empty)).build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("peer 127.0.0.1: cannot apply TCP MD5: key file " + empty + ": it is empty");
    assertThat(announcer.peers()).isEmpty();
  }

  @Test
  void onlyAKeyThatIsThereCanChange() {
    BgpSpeaker announcer = announcer();
    Peer peer = announcer.peer(PeerConfig.builder("127.0.0.1", 65000).passive(true).build());
    assertThatThrownBy(() -> peer.authentication(TcpMd5.of(KEY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peer 127.0.0.1 has no authentication");
  }

  @Test
  void aKeyThatCannotBeReadLeavesTheOldOneInForce(@TempDir Path directory) throws Exception {
    BgpSpeaker router = router("127.0.0.1");
    BgpSpeaker announcer = announcer();
    Peer atItsSide =
        router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build(), atRouter);
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> atItsSide.authentication(TcpMd5.ofFile(missing)))
        .hasMessage("cannot apply TCP MD5: key file " + missing + ": there is no such file");
    announcer.peer(
        towards(router, "127.0.0.1", "127.0.0.2").authentication(TcpMd5.of(KEY)).build());
    atRouter.established();
  }

  @Test
  void afterTheEndThereIsNoKeyToChange() throws Exception {
    BgpSpeaker router = router("127.0.0.1");
    Peer peer = router.peer(towardsAnnouncer("127.0.0.2").authentication(TcpMd5.of(KEY)).build());
    peer.close();
    peer.authentication(TcpMd5.of("another"));
    try (RawPeer unsigned = RawPeer.connect("127.0.0.2", router.listenAddresses().get(0))) {
      assertThat(unsigned.lastWords()).contains("Cease/Connection Rejected");
    }
    router.close();
    peer.authentication(TcpMd5.of("another"));
  }

  @Test
  void nothingPrintsAKey() {
    PeerConfig config =
        PeerConfig.builder("127.0.0.1", 65000).authentication(TcpMd5.of(KEY)).build();
    assertThat(config.toString()).contains("TCP MD5").doesNotContain(KEY);
    assertThat(KeySource.of(TcpKey.of(KEY)).toString()).contains("(secret)").doesNotContain(KEY);
    assertThatThrownBy(() -> TcpMd5.of(KEY.repeat(4)))
        .hasMessage("the key has 84 octets; expected 1 to 80");
    assertThatThrownBy(() -> TcpMd5.of("")).hasMessage("the key has 0 octets; expected 1 to 80");
    assertThat(TcpMd5.of("x".repeat(80))).isEqualTo(TcpMd5.of("x".repeat(80)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.1.0/24, 127.0.0.1, 127.0.1.7",
    "'::', 127.0.1.0/24, 127.0.0.1, 127.0.1.7",
    "::1, ::/64, ::1, ::1"
  })
  void aKeyOfARangeIsThatOfAllWhoConnectFromIt(
      String listen, String range, String address, String from) throws Exception {
    BgpSpeaker router = router(listen);
    PeerConfig template =
        PeerConfig.template(RemoteAs.of(65001)).authentication(TcpMd5.of(KEY)).build();
    DynamicPeers peers = router.dynamicPeers(DynamicPeersConfig.of(range, template), atRouter);
    BgpSpeaker announcer = announcer();
    announcer.peer(
        towards(router, address, from).authentication(TcpMd5.of(KEY)).build(), atAnnouncer);
    atRouter.established();
    announcer.announce(Route.to("203.0.113.10/32").build());
    atRouter.await("UPDATE nlri [203.0.113.10/32]");
    peers.close();
    atAnnouncer.await("received NOTIFICATION");
  }

  @Test
  void whoConnectsFromARangeWithoutItsKeyGetsNoAnswer() throws Exception {
    BgpSpeaker router = router("127.0.0.1");
    PeerConfig template =
        PeerConfig.template(RemoteAs.of(65001)).authentication(TcpMd5.of(KEY)).build();
    DynamicPeers range =
        router.dynamicPeers(DynamicPeersConfig.of("127.0.1.0/24", template), atRouter);
    InetSocketAddress listening = router.listenAddresses().get(0);
    assertThatThrownBy(() -> RawPeer.connect("127.0.1.9", listening, 700))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(range.peers()).isEmpty();
    range.close();
    try (RawPeer stranger = RawPeer.connect("127.0.1.9", listening)) {
      assertThat(stranger.lastWords()).contains("Connection Rejected");
    }
  }
}
