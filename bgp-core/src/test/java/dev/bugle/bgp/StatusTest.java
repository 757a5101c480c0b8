package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import io.netty.util.ResourceLeakDetector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a speaker's status says while its peers come, talk and go. */
@Timeout(30)
class StatusTest {

  private static final String MARKER = "ffffffffffffffffffffffffffffffff";

  private final Instant begin = Instant.now();
  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final PeerLog log = new PeerLog();
  private final Peer peer =
      router.peer(
          PeerConfig.builder("127.0.0.2", 65001)
              .passive(true)
              .nextHop("2001:db8::1")
              .description("leaf")
              .build(),
          log);

  @AfterEach
  void close() {
    router.close();
  }

  private RawPeer connect() throws Exception {
    return RawPeer.connectWithSmallBuffer("127.0.0.2", router.listenAddresses().get(0));
  }

  /** Speaks IPv4 unicast, with two octets for an AS number. */
  private RawPeer established() throws Exception {
    RawPeer raw = connect();
    raw.send(
        new OpenMessage(65001, 90, Ipv4Address.parse("192.0.2.1"), List.of()),
        CodecContext.INITIAL);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    log.established();
    return raw;
  }

  @Test
  void aPeerThatIsWaitedForHasNothingToShow() {
    PeerStatus status = peer.status();
    assertThat(status.peer())
        .isEqualTo(
            new PeerIdentity(
                IpAddress.parse("127.0.0.2"), Optional.empty(), RemoteAs.of(65001), "leaf"));
    assertThat(status.sessions().established()).isZero();
    assertThat(status.sessions().since()).isBetween(begin, Instant.now());
    assertThat(status.opens()).isEqualTo(Opens.NONE);
    assertThat(status.endpoints()).isEmpty();
    assertThat(status.path()).isEqualTo(PathStatus.UNKNOWN);
    assertThat(status.traffic().sent()).isEqualTo(MessageCounts.ZERO);
    assertThat(status.traffic().families())
        .containsOnlyKeys(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
  }

  @Test
  void messagesAreCountedByTypeAndDirectionAcrossSessions() throws Exception {
    try (RawPeer raw = established()) {
      raw.send(new RouteRefreshMessage(AddressFamily.IPV4_UNICAST), CodecContext.INITIAL);
      raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
      raw.send(new NotificationMessage(BgpError.CEASE), CodecContext.INITIAL);
      log.await("received NOTIFICATION");
      log.await("state ACTIVE");
    }
    established().close();
    log.await("state ACTIVE");
    PeerStatus status = peer.status();
    assertThat(status.traffic().received()).isEqualTo(new MessageCounts(2, 0, 1, 3, 1));
    assertThat(status.traffic().received().total()).isEqualTo(7);
    assertThat(status.traffic().sent().open()).isEqualTo(2);
    assertThat(status.traffic().sent().notification()).isZero();
    assertThat(status.sessions().established()).isEqualTo(2);
    assertThat(status.sessions().ended()).isEqualTo(2);
  }

  @Test
  void routesAreCountedByFamilyAndDirection() throws Exception {
    Announcement first = router.announce(Route.to("203.0.113.1/32").build());
    router.announce(Route.to("203.0.113.2/32").build());
    router.announce(Route.to("2001:db8::1/128").build()); // not negotiated
    try (RawPeer raw = established()) {
      Deadline.await(router.flush());
      FamilyCounts counts = families().get(AddressFamily.IPV4_UNICAST);
      assertThat(counts.advertised()).isEqualTo(2);
      assertThat(counts.sent()).isEqualTo(new RouteCounts(2, 0));
      Deadline.await(first.withdraw());
      counts = families().get(AddressFamily.IPV4_UNICAST);
      assertThat(counts.advertised()).isEqualTo(1);
      assertThat(counts.sent()).isEqualTo(new RouteCounts(2, 1));
      assertThat(families().get(AddressFamily.IPV6_UNICAST))
          .isEqualTo(new FamilyCounts(0, new RouteCounts(0, 0), new RouteCounts(0, 0)));
      // Whoever waits for a write may be told of it a moment before its octets are not counted.
      Learner.await(
          "nothing unsent", () -> peer.status().traffic().backlog().equals(Backlog.EMPTY));
      // withdrawn 10/8, announced 11/8 and 12/8: ORIGIN, AS_PATH 65001, NEXT_HOP 192.0.2.66
      raw.sendHex(
          MARKER + "002f 02 0002 080a 0012 40010100 40020402 01fde9 400304c0000242 080b 080c");
      log.await("UPDATE");
      assertThat(families().get(AddressFamily.IPV4_UNICAST).received())
          .isEqualTo(new RouteCounts(2, 1));
      // ORIGIN 9: announced 13/8 in vain (RFC 7606)
      raw.sendHex(MARKER + "002b 02 0000 0012 40010109 40020402 01fde9 400304c0000242 080d");
      log.await("UPDATE");
      assertThat(families().get(AddressFamily.IPV4_UNICAST).received())
          .isEqualTo(new RouteCounts(2, 2));
    }
    log.await("state ACTIVE");
    assertThat(peer.status().prefixesSent()).isZero();
    assertThat(families().get(AddressFamily.IPV4_UNICAST).sent()).isEqualTo(new RouteCounts(2, 1));
  }

  @Test
  void whatThePeerKnowsIsToldAsItWasSentAndThatItIsAll() throws Exception {
    router.announce(Route.to("203.0.113.1/32").med(7).build());
    Announcement second = router.announce(Route.to("203.0.113.2/32").build());
    assertThat(Deadline.await(peer.advertised(10))).isEmpty();
    assertThat(peer.status().traffic().synchronised()).isFalse();
    try (RawPeer raw = established()) {
      Deadline.await(router.flush());

      assertThat(peer.status().traffic().synchronised()).isTrue();
      assertThat(Deadline.await(peer.advertised(1))).hasSize(1);
      assertThat(Deadline.await(peer.advertised(0))).isEmpty();
      assertThat(Deadline.await(peer.advertised(10)).stream().map(AdvertisedRoute::destination))
          .containsExactlyInAnyOrder(
              Prefix.parse("203.0.113.1/32"), Prefix.parse("203.0.113.2/32"));
      Deadline.await(second.withdraw());
      AdvertisedRoute left = Deadline.await(peer.advertised(10)).get(0);
      assertThat(left.path().attributes().get(MultiExitDisc.class)).contains(new MultiExitDisc(7));
      assertThat(left.path().nextHop()).contains(IpAddress.parse("127.0.0.1"));
    }
    log.await("state ACTIVE");
    assertThat(peer.status().traffic().synchronised()).isFalse();
    assertThat(Deadline.await(peer.advertised(10))).isEmpty();
    router.close();
    assertThat(Deadline.await(peer.advertised(10))).isEmpty();
  }

  private Map<AddressFamily, FamilyCounts> families() {
    return peer.status().traffic().families();
  }

  @Test
  void whatEachSideOfferedStandsBesideWhatWasAgreed() throws Exception {
    try (RawPeer raw = established()) {
      PeerStatus status = peer.status();
      assertThat(status.opens().sent().orElseThrow().toString()).contains("4-octet AS 65000");
      assertThat(status.opens().received().orElseThrow().capabilities()).isEmpty();
      assertThat(status.negotiated().orElseThrow().families())
          .containsExactly(AddressFamily.IPV4_UNICAST);
      InetSocketAddress local = router.listenAddresses().get(0);
      assertThat(status.endpoints())
          .hasValueSatisfying(
              ends -> {
                assertThat(ends.local()).isEqualTo(local);
                assertThat(ends.remote().getAddress().getHostAddress()).isEqualTo("127.0.0.2");
              });
    }
    log.await("state ACTIVE");
    assertThat(peer.status().negotiated()).isEmpty();
    assertThat(peer.status().endpoints()).isEmpty();
    assertThat(peer.status().opens().received()).isPresent();
  }

  @Test
  void anOfferThatIsRefusedCanBeReadToo() throws Exception {
    try (RawPeer raw = connect()) {
      raw.send(
          new OpenMessage(64999, 90, Ipv4Address.parse("192.0.2.1"), List.of()),
          CodecContext.INITIAL);
      assertThat(raw.lastWords()).contains("Bad Peer AS");
    }
    PeerStatus status = peer.status();
    assertThat(status.opens().received().orElseThrow().asn()).isEqualTo(64999);
    assertThat(status.lastSent().orElseThrow().error()).isEqualTo(BgpError.BAD_PEER_AS);
  }

  @Test
  void theLastNotificationHasItsTextAndItsTime() throws Exception {
    try (RawPeer raw = established()) {
      raw.send(
          new NotificationMessage(BgpError.administrativeShutdown("kernel upgrade")),
          CodecContext.INITIAL);
      log.await("received NOTIFICATION");
    }
    LastNotification last = peer.status().lastReceived().orElseThrow();
    assertThat(last.text()).isEqualTo("kernel upgrade");
    assertThat(last.at()).isBetween(begin, Instant.now());
    assertThat(peer.status().lastSent()).isEmpty();
  }

  @Test
  void thePathIsAsItWasReported() throws Exception {
    peer.pathState(PathState.ADMIN_DOWN, "BFD: administratively down");
    Deadline.await(router.flush()); // comes behind it on the session's loop
    assertThat(peer.status().path())
        .isEqualTo(new PathStatus(PathState.ADMIN_DOWN, "BFD: administratively down"));
  }

  /**
   * It reads nothing, and more is announced than buffers hold, in UPDATEs of some 1500 octets. That
   * are megabytes, for which watching every octet for leaks would take too long.
   */
  @Test
  void aPeerThatDoesNotReadHasABacklog() throws Exception {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
    List<Community> communities =
        IntStream.range(0, 375).mapToObj(i -> Community.parse("65000:" + i)).toList();
    try (RawPeer raw = established()) {
      long end = System.nanoTime() + 2 * Deadline.LIMIT.toNanos();
      int announced = 0;
      while (peer.status().traffic().backlog().destinations() == 0) {
        assertThat(System.nanoTime() - end).as("a backlog in time").isNegative();
        announced++;
        Route.Builder route =
            Route.to("10.1." + (announced >> 8) + "." + (announced & 255) + "/32").med(announced);
        communities.forEach(route::community);
        router.announce(route.build());
      }
      assertThat(peer.status().traffic().backlog().octets()).isPositive();
      assertThat(raw).isNotNull();
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
    log.await("state ACTIVE");
    assertThat(peer.status().traffic().backlog()).isEqualTo(Backlog.EMPTY);
  }

  @Test
  void theSpeakersStatusHasItsPeersInOrder() {
    router.peer(PeerConfig.builder("127.0.0.10", 65002).passive(true).build());
    router.peer(PeerConfig.builder("::1", RemoteAs.Relation.EXTERNAL).passive(true).build());
    router.peer(PeerConfig.builder("127.0.0.3", 65003).passive(true).build());
    router.announce(Route.to("203.0.113.1/32").build());
    router.announce(Route.to("203.0.113.1/32").med(7).build());
    Announcement gone = router.announce(Route.to("203.0.113.2/32").build());
    assertThat(router.status().desiredRoutes()).isEqualTo(2);
    gone.close();
    SpeakerStatus status = router.status();
    assertThat(status.asn()).isEqualTo(65000);
    assertThat(status.routerId()).hasToString("192.0.2.254");
    assertThat(status.listenAddresses()).isEqualTo(router.listenAddresses());
    assertThat(status.desiredRoutes()).isEqualTo(1);
    assertThat(status.peers())
        .extracting(one -> one.peer().address().toString())
        .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.10", "::1");
    assertThat(status.peer(IpAddress.parse("127.0.0.3"))).isPresent();
    assertThat(status.peer(IpAddress.parse("127.0.0.4"))).isEmpty();
  }

  /** A listener holds up the session's loop, and so all that waits for it. */
  @Test
  void statusDoesNotWaitForTheEventLoop() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Peer slow =
        router.peer(
            PeerConfig.builder("127.0.0.9", 65009).connectRetry(Duration.ofMillis(300)).build(),
            new PeerListener() {
              @Override
              public void stateChanged(
                  Peer which, SessionState from, SessionState to, String cause) {
                held.countDown();
                try {
                  release.await();
                } catch (InterruptedException ended) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    held.await();
    try {
      assertThat(slow.status().state()).isEqualTo(SessionState.CONNECT);
      assertThat(router.status().peers()).hasSize(2);
    } finally {
      release.countDown();
    }
  }
}
