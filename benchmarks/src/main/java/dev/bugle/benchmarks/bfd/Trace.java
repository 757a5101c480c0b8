package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What was sighted so far, in the order of time. One thread adds to it, others wait for it. */
final class Trace {

  private final List<Sighting> sightings = new ArrayList<>();
  private boolean ended;

  synchronized void add(Sighting sighting) {
    sightings.add(sighting);
    notifyAll();
  }

  /** There will be no more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized void clear() {
    sightings.clear();
  }

  /**
   * Waits until the sightings are as they should be.
   *
   * @param claim what they then show, for the exception
   * @return all of them since they were last cleared
   * @throws IOException when the limit has passed, or none will come any more
   */
  synchronized List<Sighting> require(
      Duration limit, String claim, Predicate<List<Sighting>> condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.test(sightings)) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (ended) {
        throw new IOException("the capture ended before this was so: " + claim);
      }
      if (left <= 0) {
        throw new IOException("not so within " + limit.toSeconds() + " s: " + claim);
      }
      wait(left);
    }
    return List.copyOf(sightings);
  }
}
