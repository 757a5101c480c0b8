package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.RemoteAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that knows us by another AS number than the speaker's (RFC 7705), on loopback. */
@Timeout(30)
class LocalAsTest {

  private static final long SPEAKER_AS = 65001;
  private static final long OTHER_AS = 64999;

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(SPEAKER_AS, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();

  @AfterEach
  void close() {
    announcer.close();
    router.close();
  }

  /** What the router, which expects the other AS number, hears of a VIP. */
  private String heard(LocalAs localAs, RemoteAs remoteAs) throws InterruptedException {
    router.peer(PeerConfig.builder("127.0.0.2", OTHER_AS).passive(true).build(), atRouter);
    announcer.peer(
        PeerConfig.builder("127.0.0.1", remoteAs)
            .localAs(localAs)
            .port(router.listenAddresses().get(0).getPort())
            .localAddress("127.0.0.2")
            .build());
    announcer.announce(Route.to("203.0.113.10/32").build());
    return atRouter.await("UPDATE nlri [203.0.113.10/32]");
  }

  @Test
  void thePeerSeesTheSpeakersNumberBehindTheOneItKnows() throws Exception {
    assertThat(heard(new LocalAs(OTHER_AS, false), RemoteAs.of(65000)))
        .contains("AS_PATH " + OTHER_AS + " " + SPEAKER_AS + ",");
  }

  @Test
  void thePeerSeesNothingOfTheSpeakersNumberWhereItIsReplaced() throws Exception {
    assertThat(heard(new LocalAs(OTHER_AS, true), RemoteAs.Relation.EXTERNAL))
        .contains("AS_PATH " + OTHER_AS + ",");
  }

  @Test
  void whoeverIsInTheOtherAsIsAnInternalPeer() throws Exception {
    BgpSpeaker sibling =
        BgpSpeaker.open(
            SpeakerConfig.builder(OTHER_AS, "192.0.2.9").listen("127.0.0.3", 0).build());
    try (sibling) {
      sibling.peer(PeerConfig.builder("127.0.0.2", OTHER_AS).passive(true).build(), atRouter);
      announcer.peer(
          PeerConfig.builder("127.0.0.3", RemoteAs.Relation.INTERNAL)
              .localAs(new LocalAs(OTHER_AS, false))
              .port(sibling.listenAddresses().get(0).getPort())
              .localAddress("127.0.0.2")
              .build());
      announcer.announce(Route.to("203.0.113.10/32").build());
      assertThat(atRouter.await("UPDATE nlri [203.0.113.10/32]"))
          .contains("AS_PATH ,")
          .contains("LOCAL_PREF 100");
    }
  }
}
