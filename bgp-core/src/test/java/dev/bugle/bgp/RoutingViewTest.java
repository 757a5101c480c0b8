package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.DecisionConfig;
import dev.bugle.bgp.rib.table.Eligibility;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.NextHops;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A speaker that learns from two announcers on loopback. */
@Timeout(60)
class RoutingViewTest {

  /** Octets of a message of {@link #ballast}, and of one of {@link #announcing}. */
  private static final int BALLAST = UpdateMessage.MIN_LENGTH + 4 * 1000;

  private static final int ANNOUNCEMENT = UpdateMessage.MIN_LENGTH + 4 + 7 + 7 + 5;

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final Prefix VIP = Prefix.parse("203.0.113.10/32");

  private final BgpSpeaker router =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .routingTable(RoutingTableConfig.STANDARD)
              .build());
  private final List<BgpSpeaker> announcers = new ArrayList<>();
  private final BlockingQueue<String> followed = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    announcers.forEach(BgpSpeaker::close);
    router.close();
  }

  private Peer peer(int number, Optional<RoutePolicy> policy) {
    PeerConfig.Builder config =
        PeerConfig.builder("127.0.0." + number, 65000 + number).passive(true);
    policy.ifPresent(config::importPolicy);
    return router.peer(config.build());
  }

  /** 127.0.0.{@code number} in AS 65000 + {@code number}, whose paths the policy accepts or not. */
  private BgpSpeaker announcer(int number) {
    return announcer(number, router);
  }

  private BgpSpeaker announcer(int number, BgpSpeaker to) {
    BgpSpeaker announcer =
        BgpSpeaker.open(SpeakerConfig.builder(65000 + number, "192.0.2." + number).build());
    announcers.add(announcer);
    announcer.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(to.listenAddresses().get(0).getPort())
            .localAddress("127.0.0." + number)
            .connectRetry(Duration.ofMillis(200))
            .build());
    return announcer;
  }

  private void follow() {
    PeerSubscription unused =
        router.learned().follow(IPV4, Runnable::run, change -> followed.add(text(change)));
  }

  private static String text(BestPath change) {
    return change.destination()
        + " "
        + change.path().map(path -> path.source().toString()).orElse("gone");
  }

  private void awaitFollowed(String text) throws InterruptedException {
    Deadline.await(followed, text, text::equals);
  }

  private List<KnownPath> paths() throws Exception {
    return Deadline.await(router.learned().paths(IPV4, VIP));
  }

  @Test
  void theBestPathIsKnownAndWhyTheOtherIsNot() throws Exception {
    follow();
    peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    peer(3, Optional.of(RoutePolicy.ACCEPT_ALL));
    Announcement first = announcer(2).announce(Route.to("203.0.113.10/32").build());
    announcer(3).announce(Route.to("203.0.113.10/32").prepend(1).build());
    while (paths().size() < 2) {
      Deadline.pause();
    }

    List<KnownPath> known = paths();
    assertThat(known.get(0).isBest()).isTrue();
    assertThat(known.get(0).reason()).isEmpty();
    assertThat(known.get(0).path().nextHop()).contains(IpAddress.parse("127.0.0.2"));
    assertThat(known.get(1).reason()).contains("another has a shorter AS_PATH");

    first.close();
    awaitFollowed("203.0.113.10/32 127.0.0.3 (AS 65003)");
    announcers.get(1).close();
    awaitFollowed("203.0.113.10/32 gone");
    assertThat(paths()).isEmpty();
    assertThat(Deadline.await(router.learned().size(IPV4))).isZero();
  }

  @Test
  void withoutAPolicyNothingIsAcceptedAndAPolicyLetsItInWithoutAReset() throws Exception {
    Peer peer = peer(2, Optional.empty());
    announcer(2).announce(Route.to("203.0.113.10/32").build());
    while (paths().isEmpty()) {
      Deadline.pause();
    }
    assertThat(Deadline.await(router.learned().best(IPV4, VIP))).isEmpty();
    assertThat(paths())
        .extracting(known -> known.path().imported().eligibility())
        .containsExactly(Eligibility.NO_POLICY);
    assertThat(paths().get(0).reason()).hasValueSatisfying(why -> assertThat(why).contains("8212"));
    follow();

    Deadline.await(
        peer.reconfigure(
            peer.config().toBuilder()
                .importPolicy(
                    RoutePolicy.of(
                        PolicyRule.when(Condition.prefixIn("203.0.113.0/24 le 32"))
                            .change(RouteChange.localPref(300))
                            .accept()))
                .build()));

    awaitFollowed("203.0.113.10/32 127.0.0.2 (AS 65002)");
    LearnedPath best = Deadline.await(router.learned().best(IPV4, VIP)).orElseThrow();
    assertThat(best.attributes().get(LocalPref.class)).contains(new LocalPref(300));
    assertThat(best.received().attributes().get(LocalPref.class)).isEmpty();
    assertThat(peer.status().sessions().established()).isOne();
  }

  @Test
  void prefixesAreFoundByTheirAddresses() throws Exception {
    peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    announcer(2).announce(Route.to("203.0.113.10/32").build());
    follow();
    awaitFollowed("203.0.113.10/32 127.0.0.2 (AS 65002)");
    assertThat(Deadline.await(router.learned().longestMatch(IpAddress.parse("203.0.113.10"))))
        .contains(VIP);
    assertThat(Deadline.await(router.learned().covering(VIP))).containsExactly(VIP);
    assertThat(Deadline.await(router.learned().covered(Prefix.parse("203.0.113.0/24"))))
        .containsExactly(VIP);
    assertThat(Deadline.await(router.learned().longestMatch(IpAddress.parse("2001:db8::1"))))
        .isEmpty();
  }

  @Test
  void aSlowReaderIsToldTheLastOfSeveralChanges() throws Exception {
    BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    BgpSpeaker announcer = announcer(2);
    PeerSubscription slow =
        router.learned().follow(IPV4, held::add, change -> followed.add(text(change)));
    BlockingQueue<String> quick = new LinkedBlockingQueue<>();
    PeerSubscription unused =
        router.learned().follow(IPV4, Runnable::run, change -> quick.add(text(change)));
    for (int round = 0; round < 20; round++) {
      Announcement announcement = announcer.announce(Route.to("203.0.113.10/32").build());
      Deadline.await(quick, "path", text -> text.endsWith("(AS 65002)"));
      announcement.close();
      Deadline.await(quick, "end", text -> text.endsWith("gone"));
    }
    announcer.announce(Route.to("203.0.113.10/32").build());
    Deadline.await(quick, "path", text -> text.endsWith("(AS 65002)"));

    assertThat(held).hasSize(1);
    held.take().run();
    assertThat(followed).containsExactly("203.0.113.10/32 127.0.0.2 (AS 65002)");
    slow.close();
    announcer.close();
    Deadline.await(quick, "end", text -> text.endsWith("gone"));
    assertThat(held).isEmpty();
  }

  @Test
  void aReaderThatFailsIsToldWhatFollows() throws Exception {
    PeerSubscription unused =
        router
            .learned()
            .follow(
                IPV4,
                Runnable::run,
                change -> {
                  followed.add(text(change));
                  throw new IllegalStateException("on purpose");
                });
    peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    BgpSpeaker announcer = announcer(2);
    announcer.announce(Route.to("203.0.113.10/32").build());
    announcer.announce(Route.to("203.0.113.11/32").build());

    awaitFollowed("203.0.113.10/32 127.0.0.2 (AS 65002)");
    awaitFollowed("203.0.113.11/32 127.0.0.2 (AS 65002)");
  }

  @Test
  void manyRoutesArriveAndGo() throws Exception {
    peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    BgpSpeaker announcer = announcer(2);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      announcer.announce(Route.to("10." + (i >> 8) + "." + (i & 0xFF) + ".0/24").build());
    }
    int size = 0;
    while (size < count) {
      size = Deadline.await(router.learned().size(IPV4));
    }
    announcer.close();
    while (size > 0) {
      size = Deadline.await(router.learned().size(IPV4));
    }
  }

  private RawPeer raw() throws IOException {
    RawPeer raw = RawPeer.connect("127.0.0.2", router.listenAddresses().get(0));
    raw.send(
        new OpenMessage(
            65002, 90, Ipv4Address.parse("192.0.2.2"), List.of(new MultiprotocolCapability(IPV4))),
        CodecContext.INITIAL);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    return raw;
  }

  private static UpdateMessage announcing(Prefix prefix) {
    return new UpdateMessage(
        List.of(),
        PathAttributes.of(
            Origin.IGP, AsPath.sequence(65002L), new NextHop(Ipv4Address.parse("127.0.0.2"))),
        List.of(prefix));
  }

  /** UPDATEs which withdraw what nobody has announced. */
  private static void ballast(RawPeer raw, int messages) throws IOException {
    List<Nlri> gone = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      gone.add(new Prefix(new Ipv4Address(i << 8), 24));
    }
    UpdateMessage update = new UpdateMessage(gone, PathAttributes.EMPTY, List.of());
    for (int i = 0; i < messages; i++) {
      raw.send(update, CodecContext.INITIAL);
    }
  }

  private static void awaitUpdates(Peer peer, long count) {
    Learner.await(
        count + " UPDATEs of " + peer, () -> peer.status().traffic().received().update() >= count);
  }

  /**
   * The table is held up with nearly as much of one session as may wait; the next session brings it
   * beyond that, so that it is not read until the table goes on, and then it must be.
   */
  @Test
  void aSessionThatFindsTheTableFullIsReadAsSoonAsItIsNot() throws Exception {
    int fitting = (LearnedFeed.MANY - ANNOUNCEMENT) / BALLAST;
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    PeerSubscription unused =
        router
            .learned()
            .follow(
                IPV4,
                Runnable::run,
                change -> {
                  followed.add(text(change));
                  held.countDown();
                  awaitUninterrupted(hold);
                });
    Peer peer = peer(2, Optional.of(RoutePolicy.ACCEPT_ALL));
    try (RawPeer first = raw()) {
      first.send(announcing(VIP), CodecContext.INITIAL);
      held.await();
      ballast(first, fitting);
      awaitUpdates(peer, 1 + fitting);
    }
    while (peer.status().state() == SessionState.ESTABLISHED) {
      Deadline.pause();
    }
    try (RawPeer second = raw()) {
      ballast(second, 100);
      awaitUpdates(peer, 1 + fitting + 1); // with that it is beyond
      hold.countDown();
      second.send(announcing(Prefix.parse("198.51.100.0/24")), CodecContext.INITIAL);

      awaitFollowed("198.51.100.0/24 127.0.0.2 (AS 65002)");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSpeakerWithoutATableSaysSo() {
    try (BgpSpeaker plain = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      assertThatThrownBy(plain::learned)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("SpeakerConfig.Builder.routingTable");
    }
  }

  @Test
  void whatNobodyForesawInATableEndsTheSessionThatItCameFromAndNoOther() throws Exception {
    NextHops broken =
        nextHop -> {
          if (nextHop.equals(IpAddress.parse("192.0.2.99"))) {
            throw new IllegalStateException("as the test wants");
          }
          return OptionalLong.of(1);
        };
    try (BgpSpeaker speaker =
        BgpSpeaker.open(
            SpeakerConfig.builder(65000, "192.0.2.254")
                .listen("127.0.0.1", 0)
                .routingTable(new RoutingTableConfig(DecisionConfig.STANDARD, broken))
                .build())) {
      Peer good = speaker.peer(learning(2));
      Peer bad = speaker.peer(learning(3));
      announcer(2, speaker).announce(Route.to("203.0.113.10/32").build());
      BgpSpeaker announcer = announcer(3, speaker);
      announcer.announce(Route.to("203.0.113.11/32").build());
      while (Deadline.await(speaker.learned().size(IPV4)) < 2) {
        LockSupport.parkNanos(1_000_000);
      }

      announcer.announce(Route.to("203.0.113.12/32").nextHop("192.0.2.99").build());

      while (bad.status().sessions().ended() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(good.status().sessions().ended()).isZero();
    }
  }

  private static PeerConfig learning(int number) {
    return PeerConfig.builder("127.0.0." + number, 65000 + number)
        .passive(true)
        .importPolicy(RoutePolicy.ACCEPT_ALL)
        .build();
  }
}
