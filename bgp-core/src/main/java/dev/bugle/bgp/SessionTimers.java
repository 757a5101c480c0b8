package dev.bugle.bgp;

import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one session, on its event loop and the JVM's monotonic clock.
 *
 * <p>The hold timer starts again with every message. A timer that is started again therefore only
 * moves its deadline; the task that is already scheduled finds that it came too early and goes back
 * to sleep.
 */
final class SessionTimers {

  private final EventLoop loop;
  private final Consumer<Event.TimerExpired> expired;
  private final Map<Event.TimerExpired, Slot> slots = new HashMap<>();

  /** Anything: in the meantime the loop looks at its sockets. */
  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final class Slot {
    /** Nanoseconds of {@link System#nanoTime}. */
    long deadline;

    boolean running;

    /** Whether it has run out and only waits for what has arrived to be read. */
    boolean ranOut;

    @Nullable Future<?> wakeUp;
    long wakeUpAt;
  }

  SessionTimers(EventLoop loop, Consumer<Event.TimerExpired> expired) {
    this.loop = loop;
    this.expired = expired;
  }

  void start(Initiator initiator, Timer timer, Duration delay, boolean jittered) {
    long nanos = delay.toNanos();
    if (jittered) { // RFC 4271 §10
      nanos = (long) (nanos * ThreadLocalRandom.current().nextDouble(0.75, 1.0));
    }
    Event.TimerExpired event = new Event.TimerExpired(initiator, timer);
    Slot slot = slots.computeIfAbsent(event, unused -> new Slot());
    slot.running = true;
    slot.ranOut = false;
    slot.deadline = System.nanoTime() + nanos;
    if (slot.wakeUp == null || slot.wakeUpAt - slot.deadline > 0) {
      sleep(event, slot, nanos);
    }
  }

  void stop(Initiator initiator, Timer timer) {
    Slot slot = slots.get(new Event.TimerExpired(initiator, timer));
    if (slot != null) {
      slot.running = false;
      cancel(slot);
    }
  }

  void stopAll() {
    slots.values().forEach(SessionTimers::cancel);
    slots.clear();
  }

  private void sleep(Event.TimerExpired event, Slot slot, long nanos) {
    cancel(slot);
    slot.wakeUpAt = System.nanoTime() + nanos;
    slot.wakeUp = loop.schedule(() -> wakeUp(event, slot), nanos, TimeUnit.NANOSECONDS);
  }

  private static void cancel(Slot slot) {
    if (slot.wakeUp != null) {
      slot.wakeUp.cancel(false);
      slot.wakeUp = null;
    }
  }

  private static boolean watchesPeer(Timer timer) {
    return timer == Timer.HOLD || timer == Timer.SEND_HOLD;
  }

  private void wakeUp(Event.TimerExpired event, Slot slot) {
    slot.wakeUp = null;
    if (!slot.running) {
      return;
    }
    long left = slot.deadline - System.nanoTime();
    if (left > 0) {
      sleep(event, slot, left);
    } else if (watchesPeer(event.timer()) && !slot.ranOut) {
      // If this loop was held up, what the peer has sent or read by now was not looked at yet.
      slot.ranOut = true;
      sleep(event, slot, LAST_LOOK_NANOS);
    } else {
      slot.running = false;
      expired.accept(event);
    }
  }
}
