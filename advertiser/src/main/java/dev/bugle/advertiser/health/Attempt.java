package dev.bugle.advertiser.health;

import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a probe. The probe runs on its thread; the thread of the checks looks whether there is
 * a result, and cancels when the time is over. A probe that cannot be cancelled, because the system
 * does not return from a call, goes on to the bitter end, and nobody waits for it.
 */
final class Attempt implements Runnable {

  private final Prober prober;
  private final Ticker ticker;
  private final Deadline deadline;
  private final Runnable whenEnded;
  private final long started;
  private volatile String step = "";
  private volatile boolean hasEnded;
  private volatile Optional<Result> result = Optional.empty();

  // Under the monitor.
  private boolean cancelled;
  private @Nullable Thread thread;
  private @Nullable Closeable resource;

  /** When it is over, and how long that is, for people. */
  record Deadline(long at, Duration timeout) {}

  /** An outcome, and when it was there. */
  record Result(Outcome outcome, long at) {}

  /**
   * A run that begins now.
   *
   * @param whenEnded is called on the probe's thread when it is free again
   */
  Attempt(Prober prober, Ticker ticker, Deadline deadline, Runnable whenEnded) {
    this.prober = prober;
    this.ticker = ticker;
    this.deadline = deadline;
    this.whenEnded = whenEnded;
    this.started = ticker.nanos();
  }

  @Override
  public void run() {
    if (begin()) {
      Outcome outcome = outcome();
      result = Optional.of(new Result(outcome, ticker.nanos()));
    }
    end();
    whenEnded.run();
  }

  private Outcome outcome() {
    try {
      return prober.probe(this);
    } catch (IOException e) {
      if (e instanceof SocketTimeoutException || isCancelled()) {
        return Outcome.failed(overdue());
      }
      return Outcome.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (InterruptedException e) {
      return Outcome.failed(overdue());
    } catch (Throwable e) { // Whatever it is, it is no sign of health, and must end here.
      return Outcome.failed("the probe itself failed: " + e);
    }
  }

  private synchronized boolean begin() {
    thread = Thread.currentThread();
    return !cancelled;
  }

  private synchronized void end() {
    thread = null;
    resource = null;
    hasEnded = true;
    boolean unused = Thread.interrupted(); // The thread serves others after this one.
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /** When it began. */
  long started() {
    return started;
  }

  /** Whether its thread is free. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** It will not run, because there is no thread for it. */
  void refuse(String reason) {
    result = Optional.of(new Result(Outcome.failed(reason), ticker.nanos()));
    hasEnded = true;
  }

  Optional<Result> result() {
    return result;
  }

  /** Ends it as far as that can be done. Does not wait. */
  void cancel() {
    Closeable open;
    synchronized (this) {
      cancelled = true;
      open = resource;
      if (thread != null) {
        thread.interrupt();
      }
    }
    if (open != null) {
      closeQuietly(open);
    }
  }

  /** For the probe: what it does now, for the message that it did not come to an end. */
  void step(String doing) {
    step = doing;
  }

  /** For the probe: what ends its waiting when it is closed; in place of what was given before. */
  void opened(Closeable open) throws IOException {
    synchronized (this) {
      if (!cancelled) {
        resource = open;
        return;
      }
    }
    closeQuietly(open);
    throw new SocketTimeoutException(overdue());
  }

  /** For the probe: how long it may still wait, in milliseconds, at least 1. */
  int remainingMillis() throws IOException {
    long remaining = deadline.at() - ticker.nanos();
    if (remaining <= 0) {
      throw new SocketTimeoutException(overdue());
    }
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remaining / 1_000_000));
  }

  /** Why it failed, when its time is over. */
  String overdue() {
    String doing = step;
    return "no answer within "
        + DurationText.of(deadline.timeout())
        + (doing.isEmpty() ? "" : ", while " + doing);
  }

  private static void closeQuietly(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }
}
