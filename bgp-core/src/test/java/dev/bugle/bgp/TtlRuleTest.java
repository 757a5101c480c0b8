package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TTL of a session's packets, on the sockets of two speakers on loopback. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class TtlRuleTest {

  private static final long ANNOUNCER_AS = 65001;

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("::", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(ANNOUNCER_AS, "192.0.2.1").build());
  private final BgpSpeaker sibling =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.2").build());
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atOther = new PeerLog();

  @AfterEach
  void close() {
    sibling.close();
    announcer.close();
    router.close();
  }

  private PeerConfig.Builder towardsRouter(String address, String from) {
    return PeerConfig.builder(address, 65000)
        .port(router.listenAddresses().get(0).getPort())
        .localAddress(from);
  }

  private static SocketOptions options(BgpSpeaker speaker) {
    return SocketOptions.of(
        speaker.environment().channels().stream()
            .filter(channel -> !(channel instanceof ServerChannel))
            .filter(Channel::isActive)
            .findFirst()
            .orElseThrow());
  }

  private void session(
      BgpSpeaker speaker, boolean ipv4, UnaryOperator<PeerConfig.Builder> configured)
      throws InterruptedException {
    String from = ipv4 ? "127.0.0.2" : "::1";
    long asn = speaker.config().asn();
    router.peer(configured.apply(PeerConfig.builder(from, asn).passive(true)).build(), atRouter);
    speaker.peer(
        configured.apply(towardsRouter(ipv4 ? "127.0.0.1" : "::1", from)).build(), atOther);
    atRouter.established();
    atOther.established();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anExternalPeerIsOneHopAway(boolean ipv4) throws Exception {
    session(announcer, ipv4, config -> config);
    assertThat(options(announcer).ttl(ipv4)).isEqualTo(1);
    assertThat(options(router).ttl(ipv4)).isEqualTo(1);
    assertThat(options(router).leastTtl(ipv4)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anInternalPeerIsAnywhere(boolean ipv4) throws Exception {
    session(sibling, ipv4, config -> config);
    assertThat(options(sibling).ttl(ipv4)).isEqualTo(255);
    assertThat(options(router).ttl(ipv4)).isEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource({"true, 2", "true, 255", "false, 2", "false, 255"})
  void multihopChoosesTheTtl(boolean ipv4, int ttl) throws Exception {
    session(announcer, ipv4, config -> config.multihop(ttl));
    assertThat(options(announcer).ttl(ipv4)).isEqualTo(ttl);
    assertThat(options(router).ttl(ipv4)).isEqualTo(ttl);
  }

  @ParameterizedTest
  @CsvSource({"true, 1, 255", "true, 254, 2", "false, 1, 255", "false, 254, 2"})
  void ttlSecurityHoldsBothWays(boolean ipv4, int hops, int least) throws Exception {
    session(announcer, ipv4, config -> config.ttlSecurity(hops));
    assertThat(options(announcer).ttl(ipv4)).isEqualTo(255);
    assertThat(options(announcer).leastTtl(ipv4)).isEqualTo(least);
    assertThat(options(router).ttl(ipv4)).isEqualTo(255);
    assertThat(options(router).leastTtl(ipv4)).isEqualTo(least);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aConnectionThatDoesNotComeFromNearIsRefusedAndTheTtlNamed(boolean ipv4) throws Exception {
    String from = ipv4 ? "127.0.0.2" : "::1";
    Peer guarded =
        router.peer(
            PeerConfig.builder(from, ANNOUNCER_AS).passive(true).ttlSecurity(2).build(), atRouter);
    announcer.peer(towardsRouter(ipv4 ? "127.0.0.1" : "::1", from).multihop(253).build(), atOther);
    atOther.await("state ACTIVE"); // lost before it was up
    Deadline.await(router.flush()); // comes behind the refusal on the session's loop
    assertThat(guarded.status().cause())
        .isEqualTo(
            "refused its connection: TTL security keeps it out: it came with TTL 253;"
                + " expected 254 or more. Has the router TTL security, too, and is it as near as"
                + " configured?");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aListeningSocketAnswersWithTheFarthestTtl(boolean ipv4) {
    assertThat(SocketOptions.of(router.environment().listeners().get(0)).ttl(ipv4)).isEqualTo(255);
  }

  @Test
  void theRangesAreChecked() {
    assertThatThrownBy(() -> new TtlRule.Multihop(1)).hasMessageStartingWith("multihop 1 is not");
    assertThatThrownBy(() -> new TtlRule.Multihop(256)).hasMessageContaining("2 to 255");
    assertThatThrownBy(() -> new TtlRule.Security(0)).hasMessageContaining("1 to 254");
    assertThatThrownBy(() -> new TtlRule.Security(255)).hasMessageContaining("1 to 254");
    assertThatThrownBy(() -> towardsRouter("::1", "::1").multihop(3).ttlSecurity(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exclude each other");
  }
}
