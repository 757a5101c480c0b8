package dev.bugle.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Notes when this JVM stood still. The processes that it watches have one host with it, so that
 * some of what they did late is told by it.
 */
final class StandstillWatch implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(10);

  /** A thread that is late by less is no news on a busy host. */
  private static final Duration NOTED = Duration.ofMillis(100);

  private record Standstill(long from, long until) {
    long nanos() {
      return until - from;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d..%d (%.0f ms)", from, until, nanos() / 1e6);
    }
  }

  private final Thread ticker = new Thread(this::tick, "standstill watch");
  private final List<Standstill> noted = new ArrayList<>(); // guarded by this

  private StandstillWatch() {}

  static StandstillWatch start() {
    StandstillWatch watch = new StandstillWatch();
    watch.ticker.setDaemon(true);
    watch.ticker.start();
    return watch;
  }

  private void tick() {
    long last = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(TICK.toMillis());
        long now = System.nanoTime();
        if (now - last > NOTED.toNanos()) {
          note(new Standstill(last, now));
        }
        last = now;
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private synchronized void note(Standstill standstill) {
    noted.add(standstill);
  }

  /** The longest that was not over before then, on the clock of {@link System#nanoTime}. */
  synchronized Duration longestSince(long begin) {
    return Duration.ofNanos(
        noted.stream()
            .filter(one -> one.until() > begin)
            .mapToLong(Standstill::nanos)
            .max()
            .orElse(0));
  }

  /** A line for the message of a failure. */
  @Override
  public synchronized String toString() {
    return noted.stream()
        .map(Standstill::toString)
        .collect(Collectors.joining(", ", "this JVM stood still longer than 100 ms: ", "\n"))
        .replace(": \n", ": never\n");
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
