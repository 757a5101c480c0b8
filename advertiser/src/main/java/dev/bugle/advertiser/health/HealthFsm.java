package dev.bugle.advertiser.health;

import dev.bugle.advertiser.health.Health.State;
import dev.bugle.advertiser.health.HealthTiming.Damping;
import dev.bugle.advertiser.time.DurationText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The state of a check, as a function of results and time: no clock, no thread, no socket. All
 * times are readings of one ticker. Not safe for several threads.
 *
 * <p>A state is left after {@code rise} or {@code fall} results in a row. What is up stays up only
 * for as long as it could take to notice that it is not, so an {@code UP} that nobody renews ends
 * by itself.
 */
final class HealthFsm {

  private HealthTiming timing;
  private Health health;
  private int passes;
  private int failures;

  // Losses of UP that have not led to holding down, and how often it was held down in a row.
  private final Deque<Long> losses = new ArrayDeque<>();
  private int holds;
  private long heldUntil;

  HealthFsm(HealthTiming timing, long now) {
    this.timing = timing;
    this.health = Health.unknown(now, "not probed yet");
  }

  Health health() {
    return health;
  }

  /** From now on counts by that timing; what it knows stays. */
  void retime(HealthTiming other) {
    timing = other;
    if (other.damping().isEmpty()) {
      losses.clear();
      holds = 0;
      heldUntil = 0;
    }
  }

  /** How long after the start of the last probe the next is to start. */
  Duration untilNext() {
    boolean isChanging =
        switch (health.state()) {
          case UNKNOWN -> true;
          case UP -> failures > 0;
          case DOWN -> passes > 0 && passes < timing.rise();
        };
    return isChanging ? timing.fastInterval() : timing.interval();
  }

  /** Time has passed. */
  void passTime(long now) {
    if (health.state() == State.UP && now >= health.upUntil()) {
      passes = 0;
      lose(now, State.UNKNOWN, "no result came in time");
    }
  }

  /**
   * A probe has passed.
   *
   * @param started when it began, because it may have looked just then
   */
  void passed(long started, long now, String reason) {
    passTime(now);
    long upUntil = started + timing.upFor().toNanos();
    if (now >= upUntil) {
      return; // It speaks of a time that is too long ago.
    }
    failures = 0;
    passes = Math.min(passes + 1, timing.rise());
    if (health.state() == State.UP) {
      health = Health.up(Math.max(upUntil, health.upUntil()), health.since(), reason);
    } else if (passes < timing.rise()) {
      health = health.because(reason + " (" + passes + " of " + timing.rise() + " in a row)");
    } else if (now < heldUntil) {
      health = health.because(reason + held(now));
    } else {
      health = Health.up(upUntil, now, reason);
    }
  }

  /** A probe has failed, or has not ended in time. */
  void failed(long now, String reason) {
    passTime(now);
    passes = 0;
    failures = Math.min(failures + 1, timing.fall());
    if (health.state() == State.DOWN) {
      health = health.because(reason + held(now));
    } else if (failures < timing.fall()) {
      health = health.because(reason + " (" + failures + " of " + timing.fall() + " in a row)");
    } else if (health.state() == State.UP) {
      lose(now, State.DOWN, reason);
    } else {
      health = Health.down(now, reason);
    }
  }

  private void lose(long now, State to, String reason) {
    String more =
        timing.damping().map(damping -> holdDown(now, now - health.since(), damping)).orElse("");
    health = new Health(to, 0, now, reason + more);
  }

  /** Says what is added to the reason. */
  private String holdDown(long now, long wasUpFor, Damping damping) {
    long within = damping.within().toNanos();
    if (wasUpFor >= within) {
      holds = 0;
    }
    losses.addLast(now);
    losses.removeIf(loss -> now - loss > within);
    if (holds == 0 && losses.size() < damping.flaps()) {
      return "";
    }
    Duration hold = damping.holdDownAfter(holds);
    holds++;
    heldUntil = now + hold.toNanos();
    losses.clear();
    return "; held down for " + DurationText.of(hold) + ", because it goes up and down";
  }

  private String held(long now) {
    long rest = heldUntil - now;
    return rest <= 0
        ? ""
        : "; held down for another "
            + DurationText.of(Duration.ofMillis(Math.max(1, rest / 1_000_000)));
  }
}
