package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.TcpMd5;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An advertiser whose router has a password for the session. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class AdvertiserPasswordTest {

  private final ScriptedElector elector = new ScriptedElector("a", new ArrayList<>());
  private final WitnessRouter router =
      new WitnessRouter(
          "127.0.0.1",
          PeerConfig.builder("127.0.0.1", 65001)
              .passive(true)
              .authentication(TcpMd5.of("the first"))
              .build());
  private @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("password");
  }

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private Advertiser start() {
    PeerConfig peer = router.asPeerBuilder().authentication(TcpMd5.ofFile(file)).build();
    return Advertiser.start(
        AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
            .onStop(OnStop.withdraw("bye"))
            .peers(Neighbor.of(peer))
            .vips(new Vip(Route.to("203.0.113.1/32").build(), "a"))
            .build(),
        Map.of("a", elector));
  }

  @Test
  void aFileThatChangesChangesThePasswordAndTheSessionStays() throws Exception {
    Files.writeString(file, "the first\n");
    try (Advertiser advertiser = start()) {
      assertThat(router.see(1)).containsExactly("up");
      router.password("the second");
      Files.writeString(file, "the second\n");
      elector.win(Leadership.held(Long.MAX_VALUE, 0, "won"));
      assertThat(router.see(1)).containsExactly("+203.0.113.1/32");
      assertThat(advertiser.decisions()).hasSize(1);
    }
    assertThat(router.see(2)).containsExactly("-203.0.113.1/32", "bye");
  }

  @Test
  void withoutTheFileItDoesNotStart() {
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "peer 127.0.0.1: cannot apply TCP MD5: key file " + file + ": there is no such file");
  }
}
