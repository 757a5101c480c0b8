package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that keeps the session alive and does not read, while routes change and others read. */
@Timeout(120)
@ExtendWith(SampledLeakDetection.class)
class SlowPeerTest {

  private static final String SLOW = "127.0.0.66";
  private static final int SLOW_AS = 65066;
  private static final int PREFIXES = 10;
  private static final int CHANGES = 100_000;

  /** So large that a few thousand changes fill the buffers of the system. */
  private static final List<Community> COMMUNITIES =
      IntStream.range(0, 100).mapToObj(i -> Community.of(65001, i)).toList();

  /**
   * What Netty takes before it says that the socket takes no more, one more UPDATE, and its own
   * book-keeping.
   */
  private static final long MOST_UNSENT_OCTETS = 2 * 64 * 1024;

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final PeerLog fromSlow = new PeerLog();
  private final Announcement[] standing = new Announcement[PREFIXES];

  @AfterEach
  void close() {
    speaker.close();
  }

  private InetSocketAddress address() {
    return speaker.listenAddresses().get(0);
  }

  private Peer slowPeer(Duration hold, Duration sendHold) {
    return speaker.peer(
        PeerConfig.builder(SLOW, SLOW_AS)
            .passive(true)
            .families(AddressFamily.IPV4_UNICAST)
            .holdTime(hold)
            .sendHoldTime(sendHold)
            .build(),
        fromSlow);
  }

  /** Establishes a session from a socket that has little room for what is not read. */
  private RawPeer established(int hold) throws Exception {
    RawPeer peer = RawPeer.connectWithSmallBuffer(SLOW, address());
    peer.send(
        new OpenMessage(
            SLOW_AS,
            hold,
            Ipv4Address.parse("192.0.2.66"),
            List.of(new MultiprotocolCapability(AddressFamily.IPV4_UNICAST))),
        CodecContext.INITIAL);
    peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    fromSlow.established();
    return peer;
  }

  private static String prefix(int number) {
    return "203.0.113." + number % PREFIXES + "/32";
  }

  /** Gives the next prefix in turn other attributes; its MED tells the number of the change. */
  private Announcement change(int number, List<Community> communities) {
    int n = number % PREFIXES;
    Route.Builder route = Route.to(prefix(number)).med(number);
    communities.forEach(route::community);
    Announcement former = standing[n];
    standing[n] = speaker.announce(route.build());
    if (former != null) {
      former.close();
    }
    return standing[n];
  }

  /** Waits until the session's event loop has dealt with all changes, sent or not. */
  private static Backlog settled(Peer peer) throws Exception {
    CompletableFuture<Backlog> backlog = new CompletableFuture<>();
    PeerListener onLoop =
        new PeerListener() {
          @Override
          public void subscribed(Peer of, PeerStatus status) {
            backlog.complete(status.traffic().backlog());
          }
        };
    try (PeerSubscription subscription = peer.subscribe(onLoop)) {
      return Deadline.await(backlog);
    }
  }

  /** Changes routes until all of them wait for the peer, which does not read. */
  private int changeUntilBlocked(Peer slow) throws Exception {
    int number = 0;
    while (settled(slow).destinations() < PREFIXES) {
      assertThat(number).as("changes that a peer takes without reading").isLessThan(CHANGES);
      for (int i = 0; i < PREFIXES; i++) {
        change(number++, COMMUNITIES);
      }
    }
    return number;
  }

  @Test
  void aPeerThatStopsReadingCostsNoMoreThanItsTableAndThenSeesTheNewestStateOnly()
      throws Exception {
    Peer slow = slowPeer(Duration.ZERO, Duration.ZERO);
    LearnedRoutes good = new LearnedRoutes();
    try (BgpSpeaker other = goodSpeaker(good);
        RawPeer raw = established(0)) {
      int number = changeUntilBlocked(slow);
      int lastProgress = number;
      long written = slow.status().traffic().sent().update();
      for (int i = 0; i < CHANGES; i++) {
        change(number++, List.of());
        if (number % 1000 == 0) {
          Backlog backlog = settled(slow);
          assertThat(backlog.destinations()).isLessThanOrEqualTo(PREFIXES);
          assertThat(backlog.octets()).isLessThan(MOST_UNSENT_OCTETS);
          good.awaitMed(prefix(number - 1), number - 1);
          if (slow.status().traffic().sent().update() != written) {
            written = slow.status().traffic().sent().update();
            lastProgress = number;
          }
        }
      }
      assertThat(lastProgress).as("the last change that was written").isLessThan(CHANGES / 2);
      CompletionStage<Void> flushed = standing[(number - 1) % PREFIXES].flushed();
      CompletionStage<Void> everything = speaker.flush();
      assertThat(flushed.toCompletableFuture()).isNotDone();
      assertThat(everything.toCompletableFuture()).isNotDone();

      Map<String, List<Long>> seen = readUntilNewest(raw, number);

      for (int n = 0; n < PREFIXES; n++) {
        int last = lastProgress;
        List<Long> meds = seen.get(prefix(n));
        assertThat(meds).isSorted().doesNotHaveDuplicates();
        assertThat(meds.stream().filter(med -> med >= last)).hasSize(1);
      }
      Deadline.await(flushed);
      Deadline.await(everything);
      assertThat(settled(slow)).isEqualTo(Backlog.EMPTY);
      assertThat(other.peers().get(0).status().sessions().established()).isEqualTo(1);
    }
  }

  private BgpSpeaker goodSpeaker(LearnedRoutes table) throws Exception {
    speaker.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build());
    BgpSpeaker other = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
    other.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(address().getPort())
            .localAddress("127.0.0.2")
            .build(),
        table);
    table.awaitEstablished();
    return other;
  }

  /** Reads until it has seen the last change of each prefix: by prefix, the MEDs it was told. */
  private static Map<String, List<Long>> readUntilNewest(RawPeer raw, int changes)
      throws IOException {
    Map<String, List<Long>> seen = new HashMap<>();
    Set<String> newest = new HashSet<>();
    raw.readWith(CodecContext.INITIAL);
    while (newest.size() < PREFIXES) {
      Message message = raw.next().orElseThrow();
      if (message instanceof UpdateMessage update && update.endOfRib().isEmpty()) {
        assertThat(update.withdrawn()).isEmpty();
        long med = update.attributes().get(MultiExitDisc.class).orElseThrow().value();
        for (Nlri nlri : update.nlri()) {
          seen.computeIfAbsent(nlri.toString(), unused -> new ArrayList<>()).add(med);
          if (med >= changes - PREFIXES) {
            newest.add(nlri.toString());
          }
        }
      }
    }
    return seen;
  }

  @Test
  void aPeerThatIsCutBySendHoldComesBackAndHasTheNewestState() throws Exception {
    Peer slow = slowPeer(Duration.ofSeconds(9), Duration.ofSeconds(10));
    int number;
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try (RawPeer raw = established(9)) {
      writer.scheduleAtFixedRate(() -> keepAlive(raw), 0, 500, TimeUnit.MILLISECONDS);
      number = changeUntilBlocked(slow);
      CompletionStage<Void> flushed = change(number++, List.of()).flushed();
      assertThat(fromSlow.awaitLong("state")).contains("send hold timer expired", "does not read");
      Deadline.await(flushed); // nobody waits for a session that is over
    } finally {
      writer.shutdownNow();
    }
    try (RawPeer again = established(90)) {
      Map<String, List<Long>> seen = readUntilNewest(again, number);
      assertThat(seen).hasSize(PREFIXES);
      assertThat(seen.values()).allMatch(meds -> meds.size() == 1);
      assertThat(slow.status().state()).isEqualTo(SessionState.ESTABLISHED);
    }
  }

  /** The peer is not silent, it only does not read. */
  private static void keepAlive(RawPeer raw) {
    try {
      raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    }
  }
}
