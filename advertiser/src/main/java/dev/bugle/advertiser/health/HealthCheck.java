package dev.bugle.advertiser.health;

import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One check that runs: when it probes, and what becomes of the results. It does nothing but in
 * {@link #step}, which does not block, so it knows when a probe is late without the help of the
 * probe's thread. At most one probe of a check runs: while one hangs beyond its time, the probes
 * that would have been due fail too, each after the time that it would have had.
 */
final class HealthCheck {

  private final Ticker ticker;
  private final Executor threads;
  private final Runnable wake;
  private final Prober prober;
  private HealthCheckConfig config;
  private final HealthFsm fsm;

  private long lastStart;
  private Attempt.Deadline deadline;
  private boolean isAwaiting;
  private Optional<Attempt> attempt = Optional.empty();
  private Optional<Attempt> hanging = Optional.empty();

  /** Where and when checks run, the same for all of them. */
  record Surroundings(Ticker ticker, Executor threads, Runnable wake) {}

  HealthCheck(HealthCheckConfig config, Prober prober, Surroundings surroundings) {
    this.ticker = surroundings.ticker();
    this.threads = surroundings.threads();
    this.wake = surroundings.wake();
    this.config = config;
    this.prober = prober;
    long now = ticker.nanos();
    this.fsm = new HealthFsm(config.timing(), now);
    this.lastStart = now - config.timing().interval().toNanos(); // The first one is due.
    this.deadline = new Attempt.Deadline(now, config.timing().timeout());
  }

  HealthCheckConfig config() {
    return config;
  }

  Health health() {
    return fsm.health();
  }

  /** From now on probes the same with another timing; a probe that is under way keeps its time. */
  void retime(HealthCheckConfig other) {
    config = other;
    fsm.retime(other.timing());
  }

  /** Does what is due, and says when to come again unless a probe ends before. */
  long step(long now) {
    fsm.passTime(now);
    hanging = hanging.filter(old -> !old.hasEnded());
    if (isAwaiting) {
      await(now);
    }
    if (!isAwaiting && now >= due()) {
      Duration timeout = config.timing().timeout();
      deadline = new Attempt.Deadline(now + timeout.toNanos(), timeout);
      lastStart = now;
      isAwaiting = true;
      launch();
    }
    long next = isAwaiting ? deadline.at() : due();
    Health health = fsm.health();
    return health.state() == Health.State.UP ? Math.min(next, health.upUntil()) : next;
  }

  private long due() {
    return lastStart + fsm.untilNext().toNanos();
  }

  private void await(long now) {
    if (attempt.isEmpty()) {
      launch();
    }
    Optional<Attempt.Result> result =
        attempt.flatMap(Attempt::result).filter(found -> found.at() <= deadline.at());
    if (result.isPresent()) {
      settle(now, result.get().outcome());
    } else if (now >= deadline.at()) {
      String reason =
          attempt.map(Attempt::overdue).or(() -> hanging.map(this::stillHangs)).orElse("late");
      attempt.ifPresent(Attempt::cancel);
      hanging = attempt.or(() -> hanging);
      settle(now, Outcome.failed(reason));
    }
  }

  /** Starts the probe that is due, unless the one before hangs. */
  private void launch() {
    if (hanging.isPresent()) {
      return;
    }
    Attempt started = new Attempt(prober, ticker, deadline, wake);
    attempt = Optional.of(started);
    try {
      threads.execute(started);
    } catch (RejectedExecutionException e) {
      started.refuse("too many probes hang, so there is no thread for this one");
    } catch (OutOfMemoryError e) {
      started.refuse("the system has no thread for the probe: " + e.getMessage());
    }
  }

  private void settle(long now, Outcome outcome) {
    if (outcome.hasPassed()) {
      fsm.passed(attempt.map(Attempt::started).orElse(now), now, outcome.reason());
    } else {
      fsm.failed(now, outcome.reason());
    }
    attempt = Optional.empty();
    isAwaiting = false;
  }

  private String stillHangs(Attempt old) {
    Duration since = Duration.ofNanos(ticker.nanos() - old.started());
    return old.overdue() + ", and that still hangs after " + DurationText.of(since);
  }

  /** Ends the probe that is under way, as far as that can be done. Does not wait. */
  void stop() {
    attempt.ifPresent(Attempt::cancel);
  }
}
