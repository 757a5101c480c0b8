package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bugle.bgp.session.SessionState;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.net.NetworkInterface;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is configured is applied, or refused by name. */
@Timeout(30)
class PeerProtectionTest {

  private static final TcpAo AO =
      new TcpAo(1, 2, TcpAo.Algorithm.HMAC_SHA1, KeySource.of(TcpKey.of("secret")));

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("::", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atAnnouncer = new PeerLog();

  @AfterEach
  void close() {
    announcer.close();
    router.close();
  }

  private PeerConfig.Builder towardsRouter(boolean ipv4) {
    return PeerConfig.builder(ipv4 ? "127.0.0.1" : "::1", 65000)
        .port(router.listenAddresses().get(0).getPort())
        .localAddress(ipv4 ? "127.0.0.2" : "::1");
  }

  private static PeerConfig.Builder towardsAnnouncer(boolean ipv4) {
    return PeerConfig.builder(ipv4 ? "127.0.0.2" : "::1", 65001).passive(true);
  }

  private static String loopback() throws Exception {
    return NetworkInterface.networkInterfaces()
        .filter(PeerProtectionTest::isLoopback)
        .findFirst()
        .orElseThrow()
        .getName();
  }

  private static boolean isLoopback(NetworkInterface candidate) {
    try {
      return candidate.isLoopback();
    } catch (java.net.SocketException gone) {
      return false;
    }
  }

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({"true", "false"})
  void connectionsRunOverTheInterface(boolean ipv4) throws Exception {
    router.peer(towardsAnnouncer(ipv4).interfaceName(loopback()).build(), atRouter);
    announcer.peer(towardsRouter(ipv4).interfaceName(loopback()).build(), atAnnouncer);
    atRouter.established();
    atAnnouncer.established();
    for (BgpSpeaker speaker : new BgpSpeaker[] {router, announcer}) {
      Channel connection =
          speaker.environment().channels().stream()
              .filter(channel -> !(channel instanceof ServerChannel))
              .findFirst()
              .orElseThrow();
      assertThat(SocketOptions.of(connection).interfaceName()).contains(loopback());
    }
  }

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({"true", "false"})
  void aConnectionThatCameInElsewhereIsRefused(boolean ipv4) throws Exception {
    var other = NetworkInterface.networkInterfaces().filter(i -> !isLoopback(i)).findFirst();
    assumeTrue(other.isPresent(), "this host has no interface but loopback");
    String name = other.get().getName();
    Peer peer = router.peer(towardsAnnouncer(ipv4).interfaceName(name).build(), atRouter);
    announcer.peer(towardsRouter(ipv4).build(), atAnnouncer);
    atAnnouncer.await("state ACTIVE"); // lost before it was up
    Deadline.await(router.flush()); // comes behind the refusal on the session's loop
    assertThat(peer.status().cause())
        .isEqualTo(
            "refused its connection: interface "
                + name
                + " keeps it out: it came in by "
                + loopback());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anInterfaceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> announcer.peer(towardsRouter(true).interfaceName("no-such0").build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("peer 127.0.0.1: cannot apply interface no-such0: SO_BINDTODEVICE:")
        .hasMessageEndingWith("there is no interface of this name; see `ip link`");
  }

  /** On a kernel that has it, the session comes up; on others it is refused by name. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void tcpAoIsThereOrRefused() throws Exception {
    TcpAo mirrored = new TcpAo(2, 1, AO.algorithm(), AO.source());
    try {
      router.peer(towardsAnnouncer(true).authentication(mirrored).build(), atRouter);
    } catch (IllegalStateException refused) {
      assertThat(refused)
          .hasMessageContaining("cannot apply TCP-AO: TCP_AO_ADD_KEY:")
          .hasMessageContaining("the kernel was built without it, or is too old");
      assertThat(router.peers()).isEmpty();
      return;
    }
    announcer.peer(towardsRouter(true).authentication(AO).build(), atAnnouncer);
    atRouter.established();
  }

  static Stream<Arguments> whatNeedsLinux() {
    return Stream.of(
        Arguments.of("TCP MD5", configured(c -> c.authentication(TcpMd5.of("secret")))),
        Arguments.of("TCP-AO", configured(c -> c.authentication(AO))),
        Arguments.of("TTL security", configured(c -> c.ttlSecurity(1))),
        Arguments.of("TTL 3", configured(c -> c.multihop(3))),
        Arguments.of("interface eth0", configured(c -> c.interfaceName("eth0"))));
  }

  private static UnaryOperator<PeerConfig.Builder> configured(
      UnaryOperator<PeerConfig.Builder> change) {
    return change;
  }

  @ParameterizedTest
  @MethodSource("whatNeedsLinux")
  void withoutNativeSocketsItIsRefusedByName(
      String name, UnaryOperator<PeerConfig.Builder> change) {
    SpeakerConfig config = SpeakerConfig.builder(65001, "192.0.2.3").build();
    try (BgpSpeaker plain = BgpSpeaker.open(config, Transport.jdk())) {
      PeerConfig peer = change.apply(PeerConfig.builder("127.0.0.1", 65000)).build();
      assertThatThrownBy(() -> plain.peer(peer))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "peer 127.0.0.1: cannot apply "
                  + name
                  + ": this needs Linux, and Netty's native epoll library for its processor; add"
                  + " that, or remove the option");
      assertThat(plain.peers()).isEmpty();
    }
  }

  @Test
  void withoutNativeSocketsAPlainSessionComesUp() throws Exception {
    SpeakerConfig config = SpeakerConfig.builder(65001, "192.0.2.3").build();
    router.peer(towardsAnnouncer(true).build(), atRouter);
    try (BgpSpeaker plain = BgpSpeaker.open(config, Transport.jdk())) {
      Peer peer = plain.peer(towardsRouter(true).build(), atAnnouncer);
      atAnnouncer.established();
      assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
    }
  }
}
