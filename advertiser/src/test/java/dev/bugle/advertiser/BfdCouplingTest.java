package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.BfdKeyFiles;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdListener;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bgp.PeerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opens sockets of BFD on 127.78.0.0/24, which no other test uses. */
@Timeout(60)
class BfdCouplingTest {

  private static final String HERE = "127.78.0.1";

  private final ManualTicker ticker = new ManualTicker();
  private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
  private final BfdCoupling coupling = new BfdCoupling(ticker, warnings::add, Optional.empty());

  @AfterEach
  void close() {
    coupling.close();
  }

  private static Neighbor neighbor(BfdSessionConfig session, Optional<BfdKeyFiles> keyFiles) {
    return new Neighbor(
        PeerConfig.builder(session.peer().getHostAddress(), 65000).description("tor").build(),
        Optional.of(new PeerBfd(session, keyFiles)));
  }

  private static BfdSessionConfig.Builder session(String peer) {
    return BfdSessionConfig.singleHop(peer).localAddress(HERE);
  }

  private void assertRefused(Neighbor neighbor, String... words) {
    assertThatThrownBy(() -> coupling.start(List.of(neighbor)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("peer " + neighbor + ": ")
        .hasMessageContainingAll(words);
    coupling.close();
    assertThat(threads()).doesNotContain("bfd");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  @Test
  void withoutBfdNothingIsOpened() {
    Neighbor none = Neighbor.of(PeerConfig.builder("127.78.0.2", 65000).build());
    coupling.start(List.of(none));
    coupling.follow(none, (state, cause) -> warnings.add("told " + state));

    assertThat(threads()).doesNotContain("bfd", "bugle-bfd-watch");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aRouterThatDoesNotAnswerIsWarnedOf() throws InterruptedException {
    coupling.start(List.of(neighbor(session("127.78.0.3").build(), Optional.empty())));

    ticker.advance(Duration.ofSeconds(10));

    assertThat(warnings.poll(20, TimeUnit.SECONDS))
        .isEqualTo(
            "BFD with 127.78.0.3 (tor) is not up for 10s: nothing is heard from it; is BFD"
                + " configured on the router for this address?");
  }

  @Test
  void itReceivesOnItsOwnAddressesOnlyWhenAllAreKnown() {
    BfdConfig elsewhere = BfdConfig.builder().localAddress("127.78.0.9").build();
    try (BfdSpeaker other = BfdSpeaker.open(elsewhere)) {
      other.session(
          BfdSessionConfig.singleHop("127.78.0.8").localAddress("127.78.0.9").build(),
          BfdListener.NONE);
      coupling.start(List.of(neighbor(session("127.78.0.4").build(), Optional.empty())));
    }
  }

  @Test
  void anAddressThatAnotherReceivesOnIsRefused() {
    try (BfdSpeaker other = BfdSpeaker.open(BfdConfig.builder().localAddress(HERE).build())) {
      other.session(session("127.78.0.5").build(), BfdListener.NONE);
      Neighbor neighbor = neighbor(session("127.78.0.6").build(), Optional.empty());

      assertThatThrownBy(() -> coupling.start(List.of(neighbor)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("peer 127.78.0.6 (tor): BFD cannot receive on 127.78.0.1 port")
          .hasMessageContaining("another BFD program runs here");
    }
  }

  @Test
  void anInterfaceThatIsNotThereIsRefused() {
    BfdSessionConfig nowhere = session("127.78.0.7").interfaceName("none0").build();
    assertRefused(neighbor(nowhere, Optional.empty()), "interface none0", "ip link");
  }

  @Test
  void anAddressOfAnotherHostIsRefused() {
    BfdSessionConfig foreign =
        BfdSessionConfig.singleHop("192.0.2.254").localAddress("192.0.2.1").build();
    assertRefused(neighbor(foreign, Optional.empty()), "is 192.0.2.1 an address of this host?");
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() {
    BfdKeyFiles files =
        new BfdKeyFiles(AuthenticationType.KEYED_SHA1, 1, Map.of(1, Path.of("/none/bfd.key")));
    assertRefused(
        neighbor(session("127.78.0.7").build(), Optional.of(files)),
        "BFD key 1 in /none/bfd.key: there is no such file");
  }
}
