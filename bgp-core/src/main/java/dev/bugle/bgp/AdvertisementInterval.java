package dev.bugle.bgp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The MinRouteAdvertisementIntervalTimer of one session (RFC 4271 §9.2.1.1): one for all
 * destinations, as the RFC allows. Lives on the session's event loop.
 */
final class AdvertisementInterval {

  private final EventLoop loop;
  private final Runnable over;
  private Duration interval;
  private @Nullable Future<?> running;

  /**
   * An interval that does not run.
   *
   * @param over called whenever it has run out
   */
  AdvertisementInterval(EventLoop loop, Duration interval, Runnable over) {
    this.loop = loop;
    this.interval = interval;
    this.over = over;
  }

  /** Whether announcements have to wait. */
  boolean isRunning() {
    return running != null;
  }

  /** Whether there is one at all. */
  boolean isSet() {
    return !interval.isZero();
  }

  /** Announcements have been sent: the next ones have to wait. */
  void begin() {
    stop();
    if (!interval.isZero()) {
      double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.0); // RFC 4271 §10
      running =
          loop.schedule(this::runOut, (long) (interval.toNanos() * jitter), TimeUnit.NANOSECONDS);
    }
  }

  private void runOut() {
    running = null;
    over.run();
  }

  /** Has this length from now on; if another one is running, it ends here. */
  void change(Duration length) {
    if (!length.equals(interval)) {
      interval = length;
      stop();
    }
  }

  /** Does not run any more, and {@code over} is not called. */
  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
