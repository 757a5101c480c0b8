package dev.bugle.k8s.lease;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a Lease says of its election, in the meaning that client-go gives to it. The two times are
 * of somebody's clock on the wall: they are written for people, and are compared only for being the
 * same.
 *
 * @param holder who has it; empty when nobody has, since it was released or never taken
 * @param leaseSeconds how long a record that does not change keeps others out; empty when it says
 *     nothing that could be meant
 * @param acquired when the holder came to have it, in microseconds
 * @param renewed when the holder last said that it has it, in microseconds
 * @param transitions how often it went from one holder to another
 */
record LeaseRecord(
    Optional<String> holder,
    Optional<Integer> leaseSeconds,
    Optional<Instant> acquired,
    Optional<Instant> renewed,
    int transitions) {

  /** A released Lease keeps nobody out, also those who count from when they saw it. */
  private static final int RELEASED_SECONDS = 1;

  /** Takes no sense from nonsense. */
  LeaseRecord {
    holder = holder.filter(name -> !name.isEmpty());
    leaseSeconds = leaseSeconds.filter(seconds -> seconds > 0);
    transitions = Math.max(0, transitions);
  }

  /** One that says nothing. */
  static LeaseRecord blank() {
    return new LeaseRecord(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /**
   * The record once that holder has taken it over.
   *
   * @param since when the holder began to try
   */
  LeaseRecord takenBy(String next, int seconds, Instant since, Instant wall) {
    return new LeaseRecord(
        Optional.of(next),
        Optional.of(seconds),
        Optional.of(since),
        Optional.of(wall),
        transitions == Integer.MAX_VALUE ? transitions : transitions + 1);
  }

  /** The same, in a Lease that had no holder before: there was nobody to take it over from. */
  LeaseRecord asFirst() {
    return new LeaseRecord(holder, leaseSeconds, acquired, renewed, 0);
  }

  /** The record once its holder has said again that it has it; it always differs from this one. */
  LeaseRecord renewedAt(Instant wall, int seconds) {
    boolean stands = renewed.filter(wall::equals).isPresent();
    Instant next = stands ? wall.plus(1, ChronoUnit.MICROS) : wall;
    return new LeaseRecord(holder, Optional.of(seconds), acquired, Optional.of(next), transitions);
  }

  /** The record once its holder has given it up. */
  LeaseRecord releasedAt(Instant wall) {
    return new LeaseRecord(
        Optional.empty(),
        Optional.of(RELEASED_SECONDS),
        Optional.of(wall),
        Optional.of(wall),
        transitions);
  }
}
