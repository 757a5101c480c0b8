package dev.bugle.advertiser.health;

import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks that run, each under its name.
 *
 * <p>One thread decides when each check probes and what the results mean; it never waits for a
 * probe. Any thread may call any method.
 */
public final class HealthChecks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /** The longest that the thread sleeps, lest an error in its reckoning lasts. */
  private static final long LONGEST_SLEEP = Duration.ofSeconds(1).toNanos();

  /** How many probes may hang that belong to checks which are no more. */
  private static final int SPARE_THREADS = 16;

  private final Ticker ticker;
  private final Runnable changed;
  private final Function<Probe, Prober> probers;
  private final ThreadPoolExecutor threads;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Map<String, Health> snapshot = Map.of();

  // Under the monitor, which nobody holds for long: nothing that is done under it waits.
  private final Map<String, HealthCheck> checks = new TreeMap<>();

  /** Checks that have not started. */
  HealthChecks(Ticker ticker, Runnable changed, Function<Probe, Prober> probers) {
    this.ticker = ticker;
    this.changed = changed;
    this.probers = probers;
    AtomicInteger count = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            SPARE_THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "bugle-probe-" + count.incrementAndGet()));
    this.thread = daemon(this::run, "bugle-health");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to probe.
   *
   * @param configs the checks by name
   * @param ticker the clock of all times
   * @param changed is called after each change of a state, from a thread of the checks; it returns
   *     at once. That an UP lasts longer than was known is not told.
   */
  public static HealthChecks start(
      Map<String, HealthCheckConfig> configs, Ticker ticker, Runnable changed) {
    HealthChecks checks = new HealthChecks(ticker, changed, Prober::of);
    checks.update(configs);
    checks.thread.start();
    return checks;
  }

  /**
   * What is known of each check now. It does not block, and costs nothing. What is up is so only
   * until the time that it says.
   */
  public Map<String, Health> snapshot() {
    return snapshot;
  }

  /**
   * From now on there are these checks. One that is as before, or differs only in its timing, keeps
   * its state; one whose probe is another starts anew, as does one that is new; the rest end. Does
   * not wait for any.
   */
  public void update(Map<String, HealthCheckConfig> configs) {
    synchronized (this) {
      if (closed) {
        return;
      }
      checks.entrySet().removeIf(old -> hasEnded(old.getValue(), configs.get(old.getKey())));
      threads.setMaximumPoolSize(configs.size() + SPARE_THREADS);
      HealthCheck.Surroundings here =
          new HealthCheck.Surroundings(ticker, threads, () -> LockSupport.unpark(thread));
      configs.forEach(
          (name, config) ->
              checks
                  .computeIfAbsent(
                      name, k -> new HealthCheck(config, probers.apply(config.probe()), here))
                  .retime(config));
      publish();
    }
    LockSupport.unpark(thread);
  }

  private static boolean hasEnded(HealthCheck check, @Nullable HealthCheckConfig config) {
    if (config != null && config.probe().equals(check.config().probe())) {
      return false;
    }
    check.stop();
    return true;
  }

  private void run() {
    while (!closed) {
      long rest = step() - ticker.nanos();
      if (rest > 0) {
        LockSupport.parkNanos(this, Math.min(rest, LONGEST_SLEEP));
      }
    }
  }

  /**
   * Does all that is due, and says when to come again. Called by the thread; by tests without it.
   */
  long step() {
    long next = Long.MAX_VALUE;
    boolean isNews;
    synchronized (this) {
      for (Map.Entry<String, HealthCheck> check : checks.entrySet()) {
        next = Math.min(next, step(check.getKey(), check.getValue()));
      }
      isNews = !closed && publish();
    }
    if (isNews) {
      try {
        changed.run();
      } catch (RuntimeException e) {
        log.error("health: whoever wanted to know of the change did not take it", e);
      }
    }
    return next;
  }

  /** An error of ours in one check must not end the others; that check then ends by its time. */
  private long step(String name, HealthCheck check) {
    try {
      return check.step(ticker.nanos());
    } catch (RuntimeException e) {
      log.error("health {}: the check has an error, and is tried again", name, e);
      return ticker.nanos() + LONGEST_SLEEP;
    }
  }

  /** Whether a state has changed. */
  private boolean publish() {
    Map<String, Health> before = snapshot;
    Map<String, Health> after = new LinkedHashMap<>();
    checks.forEach((name, check) -> after.put(name, check.health()));
    snapshot = Collections.unmodifiableMap(after);
    boolean isNews = false;
    for (Map.Entry<String, Health> now : after.entrySet()) {
      Health old = before.get(now.getKey());
      if (old != null && old.since() != now.getValue().since()) {
        isNews = true;
        log.info(
            "health {}: {} -> {}: {}",
            now.getKey(),
            old.state(),
            now.getValue().state(),
            now.getValue().reason());
      }
    }
    return isNews;
  }

  /**
   * Ends all checks, their threads and the programs that they run, and waits for that a bounded
   * time: a thread that the system does not return to, in looking up a name, say, is left behind.
   * Then nothing is known of any check. May be called again.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      checks.values().forEach(HealthCheck::stop);
      checks.clear();
      long now = ticker.nanos();
      Map<String, Health> last = new LinkedHashMap<>();
      snapshot.keySet().forEach(name -> last.put(name, Health.unknown(now, "stopped")));
      snapshot = Collections.unmodifiableMap(last);
    }
    threads.shutdownNow();
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_LIMIT.toMillis());
      if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("health: {} probes hang in the system; they are left", threads.getActiveCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
