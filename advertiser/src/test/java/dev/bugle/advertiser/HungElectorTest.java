package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.FileLockElector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.LockFiles;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file lock whose thread hangs, as it does in a call to a file system that does not answer. */
@Timeout(60)
class HungElectorTest {

  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration LEASE = Duration.ofSeconds(2);

  private final ManualTicker time = new ManualTicker();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);
  private final List<String> log = new ArrayList<>();
  private final RecordingSink sink = new RecordingSink(log);
  private volatile boolean hangs;
  @TempDir private Path dir;
  private FileLockConfig config;

  @BeforeEach
  void makeTheFile() throws Exception {
    config = new FileLockConfig(LockFiles.established(dir.resolve("vip.lock")), POLL, LEASE);
  }

  /** The clock, where the elector's thread is caught. */
  private long nanos() {
    if (hangs && Thread.currentThread().getName().equals("bugle-lock-vip.lock")) {
      hanging.countDown();
      awaitUninterruptibly(freed);
    }
    return time.nanos();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isHeld(Elector elector) {
    return elector.leadership().isHeldAt(time.nanos());
  }

  @Test
  void itsVipIsWithdrawnWhenTheLeaseRunsOutAndTheLockIsKeptUntilItWorksAgain() throws Exception {
    FileLockElector hung = new FileLockElector(config, this::nanos);
    FileLockElector other = new FileLockElector(config, time);
    Vip vip = new Vip(Route.to("203.0.113.1/32").build(), "a");
    Reconciler reconciler =
        new Reconciler(
            new Plan(List.of(vip), Map.of("a", new Contest(hung, Handover.WITHDRAW_FIRST))),
            new Ports(
                Map::of, () -> new Reach(Reach.State.UP, 0), new Drains(), AddressSink.NONE, sink),
            new Journal(() -> {}),
            time);
    try (hung;
        other) {
      hung.stand(true);
      hung.start(() -> {});
      Eventually.is(() -> isHeld(hung), hung::leadership);
      reconciler.pass();
      assertThat(log).containsExactly("set [203.0.113.1/32]");
      hangs = true;
      hanging.await();
      Leadership last = hung.leadership();

      time.advanceTo(last.heldUntil() - 1);
      reconciler.pass();
      assertThat(log).hasSize(1);
      time.advanceTo(last.heldUntil());
      reconciler.pass();
      sink.completeAll();
      reconciler.pass();

      assertThat(log).containsExactly("set [203.0.113.1/32]", "set []");
      assertThat(hung.leadership().reason()).isEqualTo("released");
      other.stand(true);
      other.start(() -> {});
      Eventually.is(() -> other.leadership().reason().contains("is held by"), other::leadership);

      freed.countDown();
      Eventually.is(() -> isHeld(other), other::leadership);
      assertThat(isHeld(hung)).isFalse();
    } finally {
      freed.countDown();
    }
  }

  @Test
  void closingDoesNotWaitForItForLong() throws Exception {
    FileLockElector hung = new FileLockElector(config, this::nanos);
    hung.stand(true);
    hung.start(() -> {});
    hangs = true;
    hanging.await();
    try {
      hung.close(); // the test's own limit shows that this returns
      assertThat(isHeld(hung)).isFalse();
    } finally {
      freed.countDown();
      hung.close();
    }
  }
}
