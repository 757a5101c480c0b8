package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One speaker with as many peers as a route server has. Prints how long each phase took. */
@Timeout(300)
@ExtendWith(SampledLeakDetection.class)
class ManySessionsTest {

  private static final int SESSIONS = 500;
  private static final int ROUTES = 100;
  private static final String ROUTER_ID = "192.0.2.251";

  /** At an address from which nobody connects: its port is free when it has closed it. */
  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65000, ROUTER_ID).listen("127.0.0.251", 0).build());

  private final CountDownLatch established = new CountDownLatch(SESSIONS);
  private final CountDownLatch learned = new CountDownLatch(SESSIONS);
  private final List<Peer> peers = new ArrayList<>();
  private final Announcement[] announced = new Announcement[ROUTES];
  private long phaseBegan = System.nanoTime();

  private final PeerListener listener =
      new PeerListener() {
        @Override
        public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
          if (to == SessionState.ESTABLISHED) {
            established.countDown();
          }
        }

        @Override
        public void updateReceived(Peer peer, UpdateMessage update) {
          if (update.nlri().size() == ROUTES) {
            learned.countDown();
          }
        }
      };

  @Test
  void fiveHundredSessionsAreEstablishedToldAllChangesAndTornDown() throws Exception {
    Queue<String> leaks = new ConcurrentLinkedQueue<>();
    ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + ": " + records));
    InetSocketAddress address = speaker.listenAddresses().get(0);
    try (ManyPeers routers = new ManyPeers()) {
      for (int n = 0; n < SESSIONS; n++) {
        peers.add(
            speaker.peer(
                PeerConfig.builder(ManyPeers.address(n), ManyPeers.AS)
                    .passive(true)
                    .families(AddressFamily.IPV4_UNICAST)
                    .build(),
                listener));
      }
      routers.connect(SESSIONS, ROUTES, address);
      assertThat(established.await(60, TimeUnit.SECONDS)).as("all are established").isTrue();
      took("establishing");
      assertThat(learned.await(60, TimeUnit.SECONDS)).as("all routes are learned").isTrue();
      took("learning " + ROUTES + " routes of each");

      routers.awaitTables(change(1));
      took("announcing " + ROUTES + " routes to each");
      routers.awaitTables(change(2));
      took("changing them");
      for (Announcement announcement : announced) {
        announcement.close();
      }
      routers.awaitTables(Map.of());
      took("withdrawing them");
      routers.awaitTables(change(3));
      took("announcing them again");
      assertThat(peers)
          .allMatch(peer -> peer.status().traffic().advertised() == ROUTES)
          .allMatch(peer -> peer.status().sessions().established() == 1);

      speaker.shutdown("that was all");
      assertThat(routers.lastWords())
          .containsOnly("NOTIFICATION Cease/Administrative Shutdown (6/2) \"that was all\"");
      routers.awaitTables(Map.of());
      took("tearing down");
      speaker.close();
      took("closing");
    } finally {
      speaker.close();
    }
    assertNothingIsLeft(address, leaks);
  }

  /** All routes have this MED from now on; returns the table that follows. */
  private Map<String, Long> change(long med) {
    Map<String, Long> table = new HashMap<>();
    for (int i = 0; i < ROUTES; i++) {
      Announcement former = announced[i];
      announced[i] = speaker.announce(Route.to("203.0.113." + i + "/32").med(med).build());
      if (former != null) {
        former.close();
      }
      table.put(announced[i].route().prefix().toString(), med);
    }
    return table;
  }

  private void took(String what) {
    long now = System.nanoTime();
    System.out.printf("%d sessions: %s took %d ms%n", SESSIONS, what, (now - phaseBegan) / 1000000);
    phaseBegan = now;
  }

  private void assertNothingIsLeft(InetSocketAddress address, Queue<String> leaks)
      throws Exception {
    assertThat(speaker.environment().channels()).isEmpty();
    Learner.await(
        "the end of its threads",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("bgp-" + ROUTER_ID)));
    try (ServerSocket free = new ServerSocket()) {
      free.bind(address);
    }
    // A buffer that was lost is found once it is collected and another one is made.
    WeakReference<Object> collected = new WeakReference<>(new Object());
    while (collected.get() != null) {
      System.gc();
    }
    for (int i = 0; i < 10_000; i++) { // one in 128 looks
      new UnpooledByteBufAllocator(true).buffer().release();
    }
    ByteBufUtil.setLeakListener(null);
    assertThat(leaks).isEmpty();
  }
}
