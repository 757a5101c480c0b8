package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening, changing at run time and closing, as a program does it. */
@Timeout(60)
class SpeakerLifecycleTest {

  private static BgpSpeaker listening(long asn, String routerId, String address) {
    return BgpSpeaker.open(SpeakerConfig.builder(asn, routerId).listen(address, 0).build());
  }

  private static PeerConfig.Builder towards(BgpSpeaker speaker) {
    InetSocketAddress address = speaker.listenAddresses().get(0);
    return PeerConfig.builder(address.getAddress().getHostAddress(), speaker.config().asn())
        .port(address.getPort())
        .connectRetry(Duration.ofMillis(300));
  }

  /** Whoever closes a speaker waits for its threads, but not for long where the machine stalls. */
  private static void awaitNoThreadOf(String routerId) {
    Learner.await(
        "the end of the threads of " + routerId,
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("bgp-" + routerId)));
  }

  @Test
  void bothSidesConnectAndOneConnectionRemains() throws Exception {
    for (int round = 0; round < 5; round++) {
      try (BgpSpeaker a = listening(65001, "192.0.2.1", "127.0.0.2");
          BgpSpeaker b = listening(65002, "192.0.2.2", "127.0.0.3")) {
        PeerLog atA = new PeerLog();
        PeerLog atB = new PeerLog();
        Peer ofA = a.peer(towards(b).localAddress("127.0.0.2").build(), atA);
        Peer ofB = b.peer(towards(a).localAddress("127.0.0.3").build(), atB);
        a.announce(Route.to("203.0.113.1/32").build());
        b.announce(Route.to("203.0.113.2/32").build());
        atA.await("UPDATE nlri [203.0.113.2/32]");
        atB.await("UPDATE nlri [203.0.113.1/32]");
        // One that a KEEPALIVE on the other connection has overtaken begins once more.
        Learner.await(
            "the session",
            () ->
                ofA.status().state() == SessionState.ESTABLISHED
                    && ofB.status().state() == SessionState.ESTABLISHED);
      }
    }
  }

  @Test
  void anIpv6SessionCarriesBothFamilies() throws Exception {
    try (BgpSpeaker router = listening(65000, "192.0.2.254", "::1");
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.1").build())) {
      PeerLog atRouter = new PeerLog();
      router.peer(PeerConfig.builder("::1", 65000).passive(true).build(), atRouter);
      announcer.peer(towards(router).nextHop("192.0.2.1").build());
      announcer.announce(Route.to("203.0.113.1/32").localPref(200).build());
      announcer.announce(Route.to("2001:db8::1/128").build());
      assertThat(atRouter.await("UPDATE nlri"))
          .isEqualTo(
              "UPDATE nlri [203.0.113.1/32] with ORIGIN igp, AS_PATH , NEXT_HOP 192.0.2.1,"
                  + " LOCAL_PREF 200");
      assertThat(atRouter.await("IPv6 route", line -> line.contains("MP_REACH")))
          .contains("LOCAL_PREF 100", "ipv6-unicast [2001:db8::1/128] via ::1");
    }
  }

  @Test
  void twoAnnouncementsOfOnePrefixDoNotUndoEachOther() throws Exception {
    try (BgpSpeaker router = listening(65000, "192.0.2.254", "127.0.0.1");
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      PeerLog atRouter = new PeerLog();
      router.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build(), atRouter);
      announcer.peer(towards(router).localAddress("127.0.0.2").build());
      Announcement first = announcer.announce(Route.to("203.0.113.1/32").med(1).build());
      Announcement second = announcer.announce(Route.to("203.0.113.1/32").med(2).build());
      atRouter.await("first", line -> line.contains("MULTI_EXIT_DISC 1"));
      first.close();
      atRouter.await("second", line -> line.contains("MULTI_EXIT_DISC 2"));
      first.close();
      Deadline.await(announcer.flush());
      second.close();
      atRouter.await("UPDATE withdrawn [203.0.113.1/32]");
    }
  }

  @Test
  void peersComeAndGoAtRunTime() throws Exception {
    try (BgpSpeaker router = listening(65000, "192.0.2.254", "127.0.0.1");
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      announcer.announce(Route.to("203.0.113.1/32").build());
      PeerLog atRouter = new PeerLog();
      router.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build(), atRouter);
      PeerConfig config = towards(router).localAddress("127.0.0.2").build();
      Peer peer = announcer.peer(config);
      atRouter.await("UPDATE nlri");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> announcer.peer(config))
          .withMessage("there is a peer 127.0.0.1 already");
      peer.close();
      atRouter.await("received NOTIFICATION Cease/Peer De-configured (6/3)");
      assertThat(announcer.peers()).isEmpty();
      announcer.peer(config);
      atRouter.await("UPDATE nlri");
    }
  }

  @Test
  void closingLeavesNoThreadAndNoSocket() throws Exception {
    // An address from which nobody else connects: its port is not given to another meanwhile.
    BgpSpeaker speaker = listening(65000, "192.0.2.253", "127.0.0.253");
    InetSocketAddress address = speaker.listenAddresses().get(0);
    speaker.peer(PeerConfig.builder("127.0.0.2", 65001).build());
    speaker.close();
    speaker.close();
    awaitNoThreadOf("192.0.2.253");
    try (ServerSocket free = new ServerSocket()) {
      free.bind(address);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> speaker.announce(Route.to("203.0.113.1/32").build()));
  }

  @Test
  void aPeerCanBeResetAndRemovedAfterTheEndOfTheSpeaker() {
    BgpSpeaker speaker = listening(65000, "192.0.2.253", "127.0.0.1");
    Peer peer = speaker.peer(PeerConfig.builder("127.0.0.2", 65001).build());
    speaker.close();
    peer.reset("too late");
    peer.close();
    assertThat(peer.status().state()).isEqualTo(SessionState.IDLE);
  }

  @Test
  void anAddressInUseIsAnErrorThatNamesIt() throws Exception {
    try (ServerSocket occupied = new ServerSocket()) {
      occupied.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = occupied.getLocalPort();
      SpeakerConfig config =
          SpeakerConfig.builder(65000, "192.0.2.252").listen("127.0.0.1", port).build();
      assertThatThrownBy(() -> BgpSpeaker.open(config))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1 port " + port)
          .hasMessageContaining("another program");
    }
    awaitNoThreadOf("192.0.2.252");
  }

  @Test
  void aListenerThatThrowsDoesNotHurtTheSessionAndMayNotClose() throws Exception {
    try (BgpSpeaker router = listening(65000, "192.0.2.254", "127.0.0.1");
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      CompletableFuture<Object> closing = new CompletableFuture<>();
      PeerListener hasty =
          new PeerListener() {
            @Override
            public void updateReceived(Peer peer, UpdateMessage update) {
              try {
                router.close();
                closing.complete("closed");
              } catch (IllegalStateException refused) {
                closing.completeExceptionally(refused);
                throw refused;
              }
            }
          };
      Peer peer = router.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build(), hasty);
      announcer.peer(towards(router).localAddress("127.0.0.2").build());
      Announcement vip = announcer.announce(Route.to("203.0.113.1/32").build());
      assertThatThrownBy(() -> Deadline.await(closing))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("call shutdown(text) instead");
      Deadline.await(vip.withdraw());
      assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
    }
  }

  @Test
  void statusTellsWhatTheSessionIs() throws Exception {
    try (BgpSpeaker router = listening(65000, "192.0.2.254", "127.0.0.1");
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      router.peer(
          PeerConfig.builder("127.0.0.2", 65001)
              .passive(true)
              .holdTime(Duration.ofSeconds(30))
              .build());
      PeerLog atAnnouncer = new PeerLog();
      PeerConfig config = // which does not come back before it is looked at
          towards(router).localAddress("127.0.0.2").connectRetry(Duration.ofMinutes(5)).build();
      Peer peer = announcer.peer(config, atAnnouncer);
      atAnnouncer.established();
      Deadline.await(announcer.announce(Route.to("203.0.113.1/32").build()).flushed());
      PeerStatus status = peer.status();
      assertThat(status.state()).isEqualTo(SessionState.ESTABLISHED);
      assertThat(status.prefixesSent()).isEqualTo(1);
      assertThat(status.negotiated()).get().extracting("peerAs").isEqualTo(65000L);
      assertThat(status.negotiated())
          .get()
          .extracting("holdTime")
          .isEqualTo(Duration.ofSeconds(30));
      peer.reset("");
      atAnnouncer.await("state");
      assertThat(peer.status().lastSent())
          .hasValueSatisfying(last -> assertThat(last.error().isCease()).isTrue());
      assertThat(List.of(peer.status().prefixesSent())).containsExactly(0L);
    }
  }
}
