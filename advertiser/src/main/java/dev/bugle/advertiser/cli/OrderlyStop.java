package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends {@code bugle run} in order when a signal, or anything else, ends the process. It is there
 * before the first route: a signal that comes as soon as a router knows of one finds it, also when
 * the start is not over yet. For one thread.
 */
final class OrderlyStop {

  /** Beyond the longest drain. Kubernetes and systemd kill after 30 and 90 seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Beyond that, for a start that is not over yet, and that may hang. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AdminDoor door;
  private Optional<Thread> hook = Optional.empty();

  /** One that stops nothing yet. */
  OrderlyStop(AdminDoor door) {
    this.door = door;
  }

  /**
   * From now on the end of the process is that of the advertiser, which may still be starting.
   *
   * @throws IllegalStateException when the process ends already
   */
  void arm(Advertiser advertiser) {
    Thread thread = new Thread(() -> stopAndHalt(advertiser), "bugle-stop");
    Runtime.getRuntime().addShutdownHook(thread);
    hook = Optional.of(thread);
  }

  /** Leaves the exit code to who ends the process, since there is nothing to stop. */
  void disarm() {
    try {
      hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
    } catch (IllegalStateException e) {
      // The process ends already, and finds that all is over.
    }
  }

  /**
   * A process that ends by a signal has the exit code 128 + signal, whatever its hooks do. Halting
   * after the orderly stop makes it 0, which is what service managers take for success.
   */
  private void stopAndHalt(Advertiser advertiser) {
    Duration limit = LIMIT.plus(advertiser.longestDrain());
    AtomicBoolean inOrder = new AtomicBoolean();
    Thread stopping =
        new Thread(
            () -> {
              boolean stopped = advertiser.stop(limit);
              door.close(); // Until then it shows how the drain goes on.
              inOrder.set(stopped);
            },
            "bugle-stopping");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(limit.plus(PATIENCE).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(inOrder.get() ? Main.OK : Main.FAILED);
  }
}
