package dev.bugle.advertiser;

import dev.bugle.advertiser.source.SourceKinds;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.advertiser.source.VipStage;
import dev.bugle.advertiser.time.DurationText;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source, and what it says and hears. Calls into it are made where they can hang and throw
 * without harm; what it has stated last stays. One that does not start is made anew and tried
 * again, later and later. From any thread.
 */
final class SourceDriver implements VipStage {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final String name;
  private final VipSourceConfig config;
  private final Staging.House house;
  private final SourceThread calls;
  private final VerdictFeed feed;
  private final Staging staging;
  private final Retries retries = new Retries(); // on the thread of the calls
  private volatile Optional<Long> stated = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();

  // Under the monitor.
  private SourceRun run;
  private boolean ended;

  /**
   * Makes one that has not started.
   *
   * @throws IllegalStateException when its kind is not there or cannot make it, saying so
   */
  SourceDriver(String name, VipSourceConfig config, Staging.House house) {
    this.name = name;
    this.config = config;
    this.house = house;
    this.run = make();
    this.calls = new SourceThread("bugle-source-" + name, house.ticker());
    this.feed = new VerdictFeed(calls, e -> failed("it did not take what was decided", e));
    this.staging = new Staging(name, house, feed);
  }

  private SourceRun make() {
    return new SourceRun(SourceKinds.found().create(name, config, house.ticker()), this);
  }

  String name() {
    return name;
  }

  VipSourceConfig config() {
    return config;
  }

  VerdictFeed feed() {
    return feed;
  }

  /** Begins, held against those terms. */
  void start(Terms terms) {
    CompletionStage<Void> unused = staging.terms(terms);
    calls.execute(this::begin);
  }

  private void begin() {
    SourceRun mine;
    synchronized (this) {
      mine = run;
      if (ended) {
        return;
      }
    }
    try {
      mine.start();
      retries.succeeded();
      failure = Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      beginLater(mine, e);
    }
  }

  /** What has not started is not started again, since it may have come half of the way. */
  private void beginLater(SourceRun failed, Throwable cause) {
    Duration wait = retries.failed();
    failed.over();
    close(failed);
    failed(
        "it has not started, and is tried again " + DurationText.of(wait) + " after that", cause);
    CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, calls)
        .execute(() -> beginAnew(failed));
  }

  private void beginAnew(SourceRun failed) {
    SourceRun fresh;
    try {
      synchronized (this) {
        if (ended) {
          return;
        }
        fresh = make();
        run = fresh;
      }
    } catch (RuntimeException | LinkageError e) {
      beginLater(failed, e);
      return;
    }
    begin();
  }

  private void close(SourceRun ending) {
    try {
      ending.close();
    } catch (RuntimeException | Error e) {
      failed("it failed when it was closed", e);
    } catch (Exception e) {
      failed("it failed when it was closed", e);
    }
  }

  private void failed(String what, Throwable cause) {
    log.error("source {}: {}; its VIPs stay as it has stated them last", name, what, cause);
    failure = Optional.of(what + ": " + cause);
  }

  @Override
  public synchronized void set(SourcedVips wanted) {
    if (!ended) {
      if (stated.isEmpty()) {
        log.info("source {}: it states its first {} VIPs", name, wanted.vips().size());
      }
      stated = Optional.of(house.ticker().nanos());
      staging.state(wanted);
    }
  }

  @Override
  public Runnable subscribe(Consumer<List<Verdict>> listener) {
    return feed.subscribe(listener);
  }

  @Override
  public Optional<MeterRegistry> meters() {
    return house.registry();
  }

  /** See {@link Staging#terms}. */
  CompletionStage<Void> terms(Terms next) {
    return staging.terms(next);
  }

  /** See {@link Staging#again}. */
  void again() {
    staging.again();
  }

  /** Until when {@link #terms} must have completed. */
  Duration patience() {
    return staging.patience();
  }

  /** What it states and what is decided of it changes nothing any more. */
  void freeze() {
    staging.freeze();
  }

  /** From now on it has no VIPs; completes as {@link #terms}. The source itself is ended before. */
  CompletionStage<Void> retreat(Terms next) {
    synchronized (this) {
      ended = true;
      staging.leave();
    }
    return staging.terms(next);
  }

  /** Ends the source, on a thread of its own: it may be called although another call hangs. */
  Thread closeSource() {
    SourceRun last;
    synchronized (this) {
      ended = true;
      last = run;
    }
    Thread closing = new Thread(() -> close(last), "bugle-source-" + name + "-end");
    closing.setDaemon(true);
    closing.start();
    return closing;
  }

  /** Waits for that, a bounded time. */
  void awaitClosed(Thread closing) {
    try {
      closing.join(CLOSE_LIMIT.toMillis());
      if (closing.isAlive()) {
        log.warn("source {}: it does not end; it is left to itself", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends all that is around the source; what it had in the plan must be gone, or of no interest.
   */
  void close() {
    feed.close();
    calls.close();
    staging.close();
    staging.awaitEnd();
  }

  /** What is known of it now. */
  SourceStatus status() {
    Vetting.Outcome vetted = staging.vetted();
    List<String> troubles = new ArrayList<>();
    calls.trouble().ifPresent(troubles::add);
    failure.ifPresent(troubles::add);
    return new SourceStatus(
        config.type(), stated, vetted.vips().size(), vetted.refused(), troubles);
  }
}
