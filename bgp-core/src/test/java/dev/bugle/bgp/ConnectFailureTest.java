package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said when a connection to a peer is not made. */
@Timeout(30)
class ConnectFailureTest {

  private static IOException timeout() {
    return new ConnectTimeoutException("timed out after 8000 ms");
  }

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final PeerLog log = new PeerLog();

  @AfterEach
  void close() {
    speaker.close();
  }

  private static PeerConfig.Builder peer() {
    return PeerConfig.builder("192.0.2.254", 65000);
  }

  private String text(PeerConfig.Builder peer, Throwable cause) {
    PeerConfig config = peer.build();
    return new ConnectFailure(config, config.standing(speaker.config()).isExternal()).text(cause);
  }

  @Test
  void silenceOfAnExternalPeerMayMeanThatItIsFarAway() {
    assertThat(text(peer(), timeout()))
        .isEqualTo(
            "cannot connect to 192.0.2.254 port 179: no answer; is the address right, and is the"
                + " port open? If the router has a password for this session, it drops packets"
                + " silently: set it here, too. If it is more than one hop away, set multihop.");
    assertThat(text(peer().multihop(3), timeout())).doesNotContain("hop away");
    assertThat(text(PeerConfig.builder("192.0.2.254", 65001), timeout()))
        .doesNotContain("hop away");
  }

  @Test
  void silenceMayMeanAnotherKey() {
    assertThat(text(peer().multihop(3).authentication(TcpMd5.of("secret")), timeout()))
        .endsWith(
            "With a key of TCP MD5 on one side only, or different keys, packets are dropped"
                + " silently: compare the keys.")
        .doesNotContain("secret");
  }

  @Test
  void silenceMayMeanThatTheOtherSideHasNoTtlSecurity() {
    assertThat(text(peer().ttlSecurity(2), timeout()))
        .endsWith(
            "With TTL security, what comes from more than 2 hop(s) away, or was not sent with TTL"
                + " 255, is dropped: has the router TTL security, too?");
  }

  @Test
  void theSystemsOwnTimeoutIsSilenceToo() {
    assertThat(text(peer(), new ConnectException("Connection timed out"))).contains("no answer");
  }

  @Test
  void anUnreachablePeerIsAboutRoutes() {
    assertThat(text(peer().multihop(3), new ConnectException("Network is unreachable: /192.0.2.1")))
        .endsWith("is the address right, and is there a route to it?");
  }

  @Test
  void aRefusalIsAboutTheRoutersConfiguration() throws Exception {
    try (Socket bound = new Socket()) { // and does not listen; the port is nobody else's
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = bound.getLocalPort();
      speaker.peer(PeerConfig.builder("127.0.0.1", 65000).port(port).build(), log);
      assertThat(log.await("state ACTIVE"))
          .isEqualTo(
              "state ACTIVE: cannot connect to 127.0.0.1 port "
                  + port
                  + ": connection refused; does BGP run on the router, and is it told of this"
                  + " peer?");
    }
  }

  @Test
  void aLocalAddressThatIsNotOursIsNamed() throws Exception {
    speaker.peer(PeerConfig.builder("127.0.0.1", 65000).localAddress("192.0.2.77").build(), log);
    assertThat(log.await("state ACTIVE"))
        .endsWith("the local address 192.0.2.77 is not one of this host");
  }
}
