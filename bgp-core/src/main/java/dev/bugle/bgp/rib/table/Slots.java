package dev.bugle.bgp.rib.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The paths to each destination of a table, by its number. */
final class Slots {

  private static final int FIRST_CAPACITY = 64;
  private static final LearnedPath[] NONE = {};

  /**
   * Null; one path, which is best; or several in an array, of which the first is best, or null when
   * none can be used, and the others are in the order they came.
   */
  private @Nullable Object[] slots = new Object[FIRST_CAPACITY];

  /** Whether there is no path. */
  boolean isEmpty(int number) {
    return number >= slots.length || slots[number] == null;
  }

  /** The best path. */
  @Nullable LearnedPath best(int number) {
    Object slot = number < slots.length ? slots[number] : null;
    return slot instanceof LearnedPath[] several ? several[0] : (LearnedPath) slot;
  }

  /** All paths, the best one first if one can be used. */
  LearnedPath[] paths(int number) {
    Object slot = number < slots.length ? slots[number] : null;
    if (slot == null) {
      return NONE;
    }
    if (slot instanceof LearnedPath path) {
      return new LearnedPath[] {path};
    }
    LearnedPath[] several = (LearnedPath[]) slot;
    return several[0] == null ? Arrays.copyOfRange(several, 1, several.length) : several;
  }

  /** Whether one of the paths is of this pool. */
  boolean has(int number, PathPool pool) {
    Object slot = number < slots.length ? slots[number] : null;
    if (slot instanceof LearnedPath[] several) {
      for (LearnedPath path : several) {
        if (path != null && path.pool() == pool) {
          return true;
        }
      }
      return false;
    }
    return slot != null && ((LearnedPath) slot).pool() == pool;
  }

  /**
   * These are the paths from now on: none, or several.
   *
   * @param best one of them
   */
  void set(int number, LearnedPath[] paths, @Nullable LearnedPath best) {
    makeRoom(number);
    slots[number] = paths.length == 0 ? null : inOrder(paths, best);
  }

  /** This is the only path from now on. */
  void set(int number, LearnedPath path, boolean isBest) {
    makeRoom(number);
    slots[number] = isBest ? path : new LearnedPath[] {null, path};
  }

  private void makeRoom(int number) {
    if (number >= slots.length) {
      slots = Arrays.copyOf(slots, number + (number >> 1) + 1);
    }
  }

  /** The best one first, or null if there is none; the others behind it. */
  private static @Nullable LearnedPath[] inOrder(LearnedPath[] paths, @Nullable LearnedPath best) {
    @Nullable LearnedPath[] ordered = new LearnedPath[paths.length + (best == null ? 1 : 0)];
    ordered[0] = best;
    int next = 1;
    for (LearnedPath path : paths) {
      if (path != best) {
        ordered[next++] = path;
      }
    }
    return ordered;
  }

  /** The numbers with a path, from this one on: that many at most, ascending. */
  int[] numbers(int from, int count) {
    int[] numbers = new int[Math.min(count, Math.max(0, slots.length - from))];
    int found = 0;
    for (int number = from; number < slots.length && found < numbers.length; number++) {
      if (slots[number] != null) {
        numbers[found++] = number;
      }
    }
    return Arrays.copyOf(numbers, found);
  }

  /** There is no destination any more, and no need for memory. */
  void clear() {
    slots = new Object[FIRST_CAPACITY];
  }
}
