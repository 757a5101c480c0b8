package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.RouteRefreshCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that send as much as they can, beside others that must not notice. */
@Timeout(120)
class FloodTest {

  private static final String HOSTILE = "127.0.0.66";
  private static final int HOSTILE_AS = 65066;
  private static final int ROUTES = 200;
  private static final int ATTEMPTS = 3;
  private static final RouteRefreshMessage REFRESH =
      new RouteRefreshMessage(AddressFamily.IPV4_UNICAST);

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final List<RawPeer> raws = new ArrayList<>();

  /** Those that say KEEPALIVE now and then. */
  private final List<RawPeer> alive = new CopyOnWriteArrayList<>();

  private volatile long lastSaid;
  private volatile long longestSilence;

  @AfterEach
  void close() throws IOException {
    for (RawPeer raw : raws) {
      raw.close();
    }
    speaker.close();
  }

  private InetSocketAddress address() {
    return speaker.listenAddresses().get(0);
  }

  private Peer peer(String address, int hold, PeerListener listener) {
    return speaker.peer(
        PeerConfig.builder(address, HOSTILE_AS)
            .passive(true)
            .families(AddressFamily.IPV4_UNICAST)
            .holdTime(Duration.ofSeconds(hold))
            .build(),
        listener);
  }

  private RawPeer open(String address) throws IOException {
    RawPeer raw = RawPeer.connectWithSmallBuffer(address, address());
    raws.add(raw);
    raw.send(
        new OpenMessage(
            HOSTILE_AS,
            90,
            Ipv4Address.parse("192.0.2.66"),
            List.of(
                new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                RouteRefreshCapability.PRESENT)),
        CodecContext.INITIAL);
    return raw;
  }

  private RawPeer established(String address, PeerLog log) throws Exception {
    RawPeer raw = open(address);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    log.established();
    return raw;
  }

  /** Another session, with a short hold time, which a machine that stands still may yet keep. */
  private Peer goodPeer(BgpSpeaker other, LearnedRoutes table) throws Exception {
    speaker.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build());
    Peer good =
        other.peer(
            PeerConfig.builder("127.0.0.1", 65000)
                .port(address().getPort())
                .localAddress("127.0.0.2")
                .holdTime(Duration.ofSeconds(9))
                .build(),
            table);
    table.awaitEstablished();
    return good;
  }

  private void assertUndisturbed(Peer good, LearnedRoutes table) throws Exception {
    try (Announcement canary = speaker.announce(Route.to("198.51.100.1/32").med(7).build())) {
      table.awaitMed(canary.route().prefix().toString(), 7);
    }
    assertThat(good.status().sessions().established()).isEqualTo(1);
    assertThat(good.status().state()).isEqualTo(SessionState.ESTABLISHED);
  }

  private static BgpSpeaker newSpeaker() {
    return BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  }

  /** Many of one message, as they stand on the wire. */
  private static String many(Message message, int count) {
    var bytes = Unpooled.buffer();
    MessageCodec.encode(message, bytes, CodecContext.INITIAL);
    return ByteBufUtil.hexDump(bytes).repeat(count);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 3 * Deadline.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(end - System.nanoTime()).as(what).isPositive();
      Deadline.pause();
    }
  }

  private void announceRoutes() {
    for (int i = 0; i < ROUTES; i++) { // of different MED, so that each takes an UPDATE
      speaker.announce(Route.to("203.0.113." + i + "/32").med(i).build());
    }
  }

  @Test
  void refreshRequestsThatArriveTogetherAreAnsweredTogether() throws Exception {
    announceRoutes();
    PeerLog log = new PeerLog();
    Peer hostile = peer(HOSTILE, 90, log);
    RawPeer raw = established(HOSTILE, log);
    Deadline.await(speaker.flush());
    raw.sendHex(many(REFRESH, 1000));
    await("requests", () -> hostile.status().traffic().received().routeRefresh() == 1000);
    Deadline.await(speaker.flush());
    assertThat(hostile.status().traffic().sent().update())
        .as("UPDATEs for 1000 requests of %d routes", ROUTES)
        .isBetween(2L * ROUTES, 100L * ROUTES);
  }

  @Test
  void aFloodOfRequestsAndUpdatesOfAPeerThatDoesNotReadDisturbsNobody() throws Exception {
    announceRoutes();
    PeerLog log = new PeerLog();
    Peer hostile = peer(HOSTILE, 90, log);
    LearnedRoutes table = new LearnedRoutes();
    try (BgpSpeaker other = newSpeaker()) {
      Peer good = goodPeer(other, table);
      RawPeer raw = established(HOSTILE, log);
      String flood =
          many(REFRESH, 1000)
              + many(UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST), 1000)
              + many(KeepaliveMessage.KEEPALIVE, 1);
      for (int i = 1; i <= 25; i++) {
        raw.sendHex(flood);
        Backlog backlog = hostile.status().traffic().backlog();
        assertThat(backlog.destinations()).isLessThanOrEqualTo(ROUTES + 1);
        assertThat(backlog.octets()).isLessThan(2 * 64 * 1024);
      }
      await("requests", () -> hostile.status().traffic().received().routeRefresh() == 25_000);
      assertThat(hostile.status().state()).isEqualTo(SessionState.ESTABLISHED);
      assertUndisturbed(good, table);
    }
  }

  @Test
  void aPeerThatConnectsWithoutEndHasFewConnectionsOpen() throws Exception {
    PeerLog log = new PeerLog();
    peer(HOSTILE, 90, log);
    LearnedRoutes table = new LearnedRoutes();
    try (BgpSpeaker other = newSpeaker()) {
      Peer good = goodPeer(other, table);
      int most = 0;
      for (int i = 0; i < 500; i++) {
        open(HOSTILE).awaitInput();
        most = Math.max(most, speaker.environment().channels().size());
      }
      // The listening one, the good peer's, the newest, eight that linger, some on their way.
      assertThat(most).isLessThan(20);
      assertUndisturbed(good, table);
      established(HOSTILE, log);
    }
  }

  /** Where it is the peers that were held up, by the machine, it shows nothing: once more. */
  @Test
  void anEventLoopThatIsHeldUpDoesNotTakeThePeersThatSpokeMeanwhileForDead() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        holdUpAnEventLoop();
        return;
      } catch (AssertionError | IOException failed) {
        if (attempt == ATTEMPTS || longestSilence < TimeUnit.SECONDS.toNanos(1)) {
          throw failed;
        }
        speaker.peers().forEach(Peer::close);
        alive.clear();
      }
    }
  }

  private void holdUpAnEventLoop() throws Exception {
    longestSilence = 0;
    lastSaid = System.nanoTime();
    CompletableFuture<Void> heldUp = new CompletableFuture<>();
    PeerListener slow =
        new PeerListener() {
          @Override
          public void updateReceived(Peer peer, UpdateMessage update) {
            heldUp.complete(null);
            try { // nobody comes: for longer than the hold time, this listener works
              boolean done = new CountDownLatch(1).await(4, TimeUnit.SECONDS);
              assertThat(done).isFalse();
            } catch (InterruptedException asked) {
              Thread.currentThread().interrupt();
            }
          }
        };
    // More peers than event loops, so that one at least is on the loop that is held up.
    List<Peer> peers = new ArrayList<>();
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try {
      writer.scheduleAtFixedRate(this::keepAllAlive, 0, 300, TimeUnit.MILLISECONDS);
      peers.add(peer("127.0.0.70", 3, slow));
      RawPeer first = open("127.0.0.70");
      first.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
      alive.add(first);
      await("session", () -> peers.get(0).status().state() == SessionState.ESTABLISHED);
      for (int i = 1; i <= 4; i++) {
        PeerLog log = new PeerLog();
        peers.add(peer("127.0.0." + (70 + i), 3, log));
        alive.add(established("127.0.0." + (70 + i), log));
      }
      alive.remove(first); // which has to send something else now
      first.send(UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST), CodecContext.INITIAL);
      alive.add(first);
      Deadline.await(heldUp);
      Deadline.await(speaker.flush()); // behind it on each loop
      for (Peer peer : peers) {
        long before = peer.status().traffic().received().keepalive();
        await("KEEPALIVE", () -> peer.status().traffic().received().keepalive() > before + 2);
        assertThat(peer.status().state()).as("%s", peer).isEqualTo(SessionState.ESTABLISHED);
        assertThat(peer.status().sessions().established()).isEqualTo(1);
      }
    } finally {
      writer.shutdownNow();
    }
  }

  private void keepAllAlive() {
    long now = System.nanoTime();
    longestSilence = Math.max(longestSilence, now - lastSaid);
    lastSaid = now;
    for (RawPeer raw : alive) {
      try {
        raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    }
  }
}
