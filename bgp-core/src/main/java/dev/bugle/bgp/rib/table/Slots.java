package dev.bugle.bgp.rib.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The paths to each destination of a table, by its number. */
final class Slots {

  private static final LearnedPath[] NONE = {};

  /**
   * Null; one path, which is best; or several in an array, of which the first is best, or null when
   * none can be used, and the others are in the order they came. In pages as of {@link PagedLongs}.
   */
  private @Nullable Object[][] pages = {};

  private int length() {
    return pages.length << PagedLongs.PAGE_BITS;
  }

  private @Nullable Object slot(int number) {
    int page = number >> PagedLongs.PAGE_BITS;
    return page < pages.length ? pages[page][number & PagedLongs.PAGE_MASK] : null;
  }

  private void put(int number, @Nullable Object slot) {
    int before = pages.length;
    if (PagedLongs.pages(number + 1) > before) {
      pages = Arrays.copyOf(pages, PagedLongs.pages(number + 1));
      for (int page = before; page < pages.length; page++) {
        pages[page] = new Object[1 << PagedLongs.PAGE_BITS];
      }
    }
    pages[number >> PagedLongs.PAGE_BITS][number & PagedLongs.PAGE_MASK] = slot;
  }

  /** Whether there is no path. */
  boolean isEmpty(int number) {
    return slot(number) == null;
  }

  /** The best path. */
  @Nullable LearnedPath best(int number) {
    Object slot = slot(number);
    return slot instanceof LearnedPath[] several ? several[0] : (LearnedPath) slot;
  }

  /** All paths, the best one first if one can be used. */
  LearnedPath[] paths(int number) {
    Object slot = slot(number);
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
    Object slot = slot(number);
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
    put(number, paths.length == 0 ? null : inOrder(paths, best));
  }

  /** This is the only path from now on. */
  void set(int number, LearnedPath path, boolean isBest) {
    put(number, isBest ? path : new LearnedPath[] {null, path});
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
    int[] numbers = new int[Math.min(count, Math.max(0, length() - from))];
    int found = 0;
    for (int number = from; number < length() && found < numbers.length; number++) {
      if (slot(number) != null) {
        numbers[found++] = number;
      }
    }
    return Arrays.copyOf(numbers, found);
  }

  /** There is no destination any more, and no need for memory. */
  void clear() {
    pages = new Object[0][];
  }
}
