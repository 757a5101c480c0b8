package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.bgp.PeerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When an advertiser calls itself ready, with a router that is there and one that is not. */
@Timeout(60)
class ReadinessTest {

  private final WitnessRouter router = new WitnessRouter();

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private static AdvertiserConfig file(String readyWhen, String rest)
      throws InvalidConfigException {
    return ConfigFile.parse(
        "bugle.yaml",
        """
        vips: [{prefix: 203.0.113.1/32, leadership: always}]
        drain: {time: 0s}
        admin: {ready-when: %s}
        %s
        """
            .formatted(readyWhen, rest));
  }

  private AdvertiserConfig two(String readyWhen) throws InvalidConfigException {
    return file(
        readyWhen,
        """
        speaker: {local-as: 65001, router-id: 192.0.2.1}
        peers:
          - {address: 127.0.0.1, port: %d, remote-as: 65000}
          - {address: 127.78.3.2, port: 9, remote-as: 65000, description: away}
        """
            .formatted(router.port()));
  }

  @Test
  void oneOfTwoPeersIsEnoughOrNotOrNoneIsNeededAndAReloadSaysOtherwise() throws Exception {
    try (Advertiser advertiser = Advertiser.start(two("all-peers"))) {
      assertThat(router.see(2)).containsExactly("up", "+203.0.113.1/32");
      Eventually.is(() -> advertiser.missing().size() == 1, advertiser::missing);
      assertThat(advertiser.missing())
          .singleElement()
          .asString()
          .startsWith("the session with peer 127.78.3.2 (away) is ");

      assertThat(advertiser.reload(two("any-peer")).changes())
          .singleElement()
          .hasToString("admin: ready-when changed");
      assertThat(advertiser.missing()).isEmpty();
      advertiser.reload(two("all-peers"));
      assertThat(advertiser.missing()).hasSize(1);
      advertiser.reload(two("any-peer"));
      router.close();
      Eventually.is(() -> advertiser.missing().size() == 2, advertiser::missing);

      advertiser.reload(two("decided"));
      assertThat(advertiser.missing()).isEmpty();
    }
  }

  @Test
  void anyPeerMayBeOneOfARange() throws Exception {
    int port = freePort();
    AdvertiserConfig config =
        file(
            "any-peer",
            """
            speaker: {local-as: 65001, router-id: 192.0.2.1, listen: "127.78.3.1:%d"}
            peers: [{address: 127.78.4.2, port: 9, remote-as: 65000, description: away}]
            dynamic-peers: [{prefix: 127.78.3.0/24, remote-as: external}]
            """
                .formatted(port));
    try (Advertiser advertiser = Advertiser.start(config)) {
      Eventually.is(() -> !advertiser.decisions().isEmpty(), advertiser::decisions);
      assertThat(advertiser.missing())
          .hasSize(2)
          .endsWith("no router of dynamic-peers has been told everything yet");
      try (WitnessRouter dynamic =
          new WitnessRouter(
              "127.78.3.9",
              PeerConfig.builder("127.78.3.1", 65001)
                  .port(port)
                  .localAddress("127.78.3.9")
                  .connectRetry(Duration.ofSeconds(1))
                  .build())) {
        assertThat(dynamic.see(2)).containsExactly("up", "+203.0.113.1/32");
        Eventually.is(() -> advertiser.missing().isEmpty(), advertiser::missing);
      }
      Eventually.is(() -> advertiser.missing().size() == 2, advertiser::missing);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.78.3.1"))) {
      return socket.getLocalPort();
    }
  }
}
