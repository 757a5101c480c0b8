package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends {@code bugle run} in order when a signal, or anything else, ends the process. It is there
 * before the first route: a signal that comes as soon as a router knows of one finds it, also when
 * the start is not over yet. For one thread.
 */
final class OrderlyStop {

  /** Beyond the longest drain. Kubernetes and systemd kill after 30 and 90 seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

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
    boolean inOrder = advertiser.stop(LIMIT.plus(advertiser.longestDrain()));
    door.close(); // Until then it shows how the drain goes on.
    Runtime.getRuntime().halt(inOrder ? Main.OK : Main.FAILED);
  }
}
