package dev.bugle.bfd.session;

import java.time.Duration;
import java.util.PriorityQueue;

/** Time that passes only when a test says so. */
final class SimulatedClock {

  private record Task(long at, long order, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long order;

  long now() {
    return now;
  }

  void at(long time, Runnable action) {
    tasks.add(new Task(Math.max(now, time), order++, action));
  }

  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task task = tasks.remove();
      now = task.at();
      task.action().run();
    }
    now = end;
  }
}
