package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads change what is announced while sessions come and go. */
@Timeout(60)
class ConcurrentAnnouncementsTest {

  private static final int THREADS = 4;
  private static final int CHANGES = 2000;

  /** Guarded by itself, which hears of each change. */
  private final Set<String> atRouter = new HashSet<>();

  /** Keeps what the router knows: what it is told, from nothing in each session. */
  private final PeerListener table =
      new PeerListener() {
        @Override
        public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
          synchronized (atRouter) {
            atRouter.clear();
          }
        }

        @Override
        public void updateReceived(Peer peer, UpdateMessage update) {
          synchronized (atRouter) {
            update.withdrawn().values().forEach(routes -> atRouter.removeAll(names(routes)));
            update.announced().values().forEach(routes -> atRouter.addAll(names(routes)));
            atRouter.notifyAll();
          }
        }
      };

  private static Set<String> names(List<Nlri> routes) {
    return routes.stream().map(Nlri::toString).collect(Collectors.toSet());
  }

  @Test
  void everyThreadsLastWordReachesThePeer() throws Exception {
    try (BgpSpeaker router =
            BgpSpeaker.open(
                SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      router.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build(), table);
      Peer peer =
          announcer.peer(
              PeerConfig.builder("127.0.0.1", 65000)
                  .port(router.listenAddresses().get(0).getPort())
                  .localAddress("127.0.0.2")
                  .connectRetry(Duration.ofMillis(300))
                  .build());
      Set<String> desired = ConcurrentHashMap.newKeySet();
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        threads.add(CompletableFuture.runAsync(() -> change(announcer, peer, thread, desired)));
      }
      for (CompletableFuture<Void> thread : threads) {
        Deadline.await(thread);
      }
      awaitAtRouter(desired);
      // Once more behind everything, so that what stood there was not by chance.
      announcer.announce(Route.to("203.0.113.1/32").build());
      desired.add("203.0.113.1/32");
      awaitAtRouter(desired);
    }
  }

  private void awaitAtRouter(Set<String> desired) throws InterruptedException {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    synchronized (atRouter) {
      while (!atRouter.equals(desired)) {
        long left = end - System.nanoTime();
        assertThat(left).as("%s is not yet %s", atRouter, desired).isPositive();
        TimeUnit.NANOSECONDS.timedWait(atRouter, left);
      }
    }
  }

  /** Announces and withdraws prefixes of its own, and now and then resets the session. */
  private static void change(BgpSpeaker announcer, Peer peer, int thread, Set<String> desired) {
    Random random = new Random(thread);
    Announcement[] announced = new Announcement[16];
    CompletionStage<Void> last = CompletableFuture.completedStage(null);
    for (int i = 0; i < CHANGES; i++) {
      int n = random.nextInt(announced.length);
      if (announced[n] == null) {
        announced[n] = announcer.announce(Route.to("203.0." + thread + "." + n + "/32").build());
        last = announced[n].flushed();
      } else {
        last = announced[n].withdraw();
        announced[n] = null;
      }
      if (random.nextInt(CHANGES) == 0) {
        peer.reset("thread " + thread);
      }
    }
    last.toCompletableFuture().join();
    Set<String> left = new HashSet<>();
    for (Announcement announcement : announced) {
      if (announcement != null) {
        left.add(announcement.route().prefix().toString());
      }
    }
    desired.addAll(left);
  }
}
