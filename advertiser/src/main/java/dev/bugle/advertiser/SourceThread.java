package dev.bugle.advertiser;

import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which one source is called, one call at a time, so that it can hang there and harm
 * nobody else. What is handed to it after its end is not done.
 */
final class SourceThread implements Executor {

  /** Longer than a call should ever take. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final ThreadPoolExecutor thread;
  private volatile long busySince = Long.MAX_VALUE;

  /** Begins with the first call. */
  SourceThread(String name, Ticker ticker) {
    this.ticker = ticker;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable call) {
    thread.execute(
        () -> {
          busySince = ticker.nanos();
          try {
            call.run();
          } finally {
            busySince = Long.MAX_VALUE;
          }
        });
  }

  /** That it does not return, if it does not. */
  Optional<String> trouble() {
    long since = busySince;
    long lasts = ticker.nanos() - since;
    return since != Long.MAX_VALUE && lasts > PATIENCE.toNanos()
        ? Optional.of(
            "it has not returned from a call for "
                + DurationText.of(Duration.ofSeconds(Duration.ofNanos(lasts).toSeconds())))
        : Optional.empty();
  }

  /** Does nothing more; a call that hangs is interrupted, and otherwise left to itself. */
  void close() {
    thread.shutdownNow();
  }
}
