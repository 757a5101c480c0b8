package dev.bugle.bgp.rib.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which destinations have changed, in the order of their last change, for readers of different
 * speed. A destination that changes again stands at the end only, so that no more is kept than
 * there are destinations, however slow a reader is, and a reader that lags reads of each once.
 *
 * <p>Changes are numbered by stamps, which only ever grow. A reader is a stamp: all that has a
 * lower one it has read, or never needed.
 */
final class ChangeLog {

  private static final int FIRST_CAPACITY = 64;

  /** The readers, each of which holds what it has not read. */
  private final List<Cursor> cursors = new ArrayList<>();

  /**
   * From {@code begin} to {@code end}, destinations and the stamps of their changes, in ascending
   * order. Where the destination has a higher stamp by now, it is a hole.
   */
  private int[] numbers = new int[FIRST_CAPACITY];

  private long[] stamps = new long[FIRST_CAPACITY];
  private int begin;
  private int end;

  /** How many of these are no holes. */
  private int live;

  /** By destination: the stamp of its last change while there were readers; 0 for none. */
  private PagedLongs last = new PagedLongs();

  /** Of the next change. */
  private long next = 1;

  /** How far one reader has read: all below the stamp. */
  static final class Cursor {
    private long stamp;

    private Cursor(long stamp) {
      this.stamp = stamp;
    }

    long stamp() {
      return stamp;
    }

    void moveTo(long read) {
      stamp = read;
    }
  }

  /** A reader of all that changes from now on. */
  Cursor open() {
    Cursor cursor = new Cursor(next);
    cursors.add(cursor);
    return cursor;
  }

  /** The reader reads no more; {@link #trim} lets go of what only it has held. */
  void close(Cursor cursor) {
    cursors.remove(cursor);
  }

  /** The stamp that the next change gets: a reader with this one has read all. */
  long next() {
    return next;
  }

  /** The stamp of the destination's last change while somebody read; 0 for none. */
  long stampOf(int number) {
    return number < last.length() ? last.get(number) : 0;
  }

  /** The destination has changed; without a reader this is not remembered. */
  void changed(int number) {
    if (cursors.isEmpty()) {
      return;
    }
    last.grow(number + 1);
    boolean holds = holds(number);
    if (end == numbers.length) {
      makeRoom();
    }
    if (!holds) {
      live++;
    }
    numbers[end] = number;
    stamps[end++] = next;
    last.set(number, next++);
  }

  /** Whether there may be a reader that has not read the destination's last change. */
  boolean holds(int number) {
    return begin < end && stampOf(number) >= stamps[begin];
  }

  private boolean isHole(int at) {
    return last.get(numbers[at]) != stamps[at];
  }

  /** Where half are holes these are closed; else there is more room. */
  private void makeRoom() {
    int capacity = 2 * live > numbers.length ? 2 * numbers.length : numbers.length;
    int[] newNumbers = new int[capacity];
    long[] newStamps = new long[capacity];
    int count = 0;
    for (int i = begin; i < end; i++) {
      if (!isHole(i)) {
        newNumbers[count] = numbers[i];
        newStamps[count++] = stamps[i];
      }
    }
    numbers = newNumbers;
    stamps = newStamps;
    begin = 0;
    end = count;
  }

  /** The same up to the newest change. */
  int[] read(long stamp, int limit) {
    return read(stamp, Long.MAX_VALUE, limit);
  }

  /**
   * The destinations that a reader with this stamp reads next, in order.
   *
   * @param until only of changes before this stamp
   * @return as many as asked for at most; with all of them it has read up to {@link #after}
   */
  int[] read(long stamp, long until, int limit) {
    int[] read = new int[Math.min(limit, end - begin)];
    int count = 0;
    for (int i = indexOf(stamp); i < end && stamps[i] < until && count < read.length; i++) {
      if (!isHole(i)) {
        read[count++] = numbers[i];
      }
    }
    return Arrays.copyOf(read, count);
  }

  /** The same for a reader that has read up to the newest change. */
  long after(int[] read, int limit) {
    return after(read, Long.MAX_VALUE, limit);
  }

  /** The stamp of a reader that has read these, which {@link #read} has just returned. */
  long after(int[] read, long until, int limit) {
    return read.length < limit ? Math.min(next, until) : last.get(read[read.length - 1]) + 1;
  }

  /** How many changes a reader with this stamp has not read; some of them may be holes. */
  int unread(long stamp) {
    return Math.min(end - indexOf(stamp), live);
  }

  private int indexOf(long stamp) {
    int at = Arrays.binarySearch(stamps, begin, end, stamp);
    return at < 0 ? -at - 1 : at;
  }

  /**
   * Lets go of what every reader has read.
   *
   * @param forgotten told each destination that is in the log no more
   */
  void trim(IntConsumer forgotten) {
    long slowest = next;
    for (Cursor cursor : cursors) {
      slowest = Math.min(slowest, cursor.stamp);
    }
    while (begin < end && stamps[begin] < slowest) {
      int number = numbers[begin];
      boolean hole = isHole(begin);
      begin++;
      if (!hole) {
        live--;
        forgotten.accept(number);
      }
    }
    if (begin == end) {
      begin = 0;
      end = 0;
      if (numbers.length > 1 << 16) {
        numbers = new int[FIRST_CAPACITY];
        stamps = new long[FIRST_CAPACITY];
      }
    }
    if (cursors.isEmpty()) {
      last = new PagedLongs();
    }
  }

  /** How many changes are kept, holes among them. */
  int size() {
    return end - begin;
  }

  /** For how many changes there is room; for tests. */
  int capacity() {
    return numbers.length;
  }
}
