package dev.bugle.bfd;

import java.util.Arrays;

/**
 * The alarms that are set, the next one first: a binary heap in which each alarm knows its place.
 * Setting, moving and clearing allocate nothing once it has grown.
 */
final class AlarmQueue {

  /** What {@link #next} says when no alarm is set. */
  static final long NEVER = Long.MAX_VALUE;

  private Alarm[] heap = new Alarm[16];
  private int size;

  /** How long from now until the next one is due; negative when it is late. */
  long next(long now) {
    return size == 0 ? NEVER : heap[0].due - now;
  }

  /** Sets an alarm, or moves it when it is set. */
  void set(Alarm alarm, long due) {
    alarm.due = due;
    if (!alarm.isSet()) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      alarm.place = size++;
      heap[alarm.place] = alarm;
    }
    settle(alarm);
  }

  /** Clears an alarm, set or not. */
  void clear(Alarm alarm) {
    if (!alarm.isSet()) {
      return;
    }
    int hole = alarm.place;
    alarm.unset();
    Alarm last = heap[--size];
    heap = release(heap, size);
    if (last != alarm) {
      last.place = hole;
      heap[hole] = last;
      settle(last);
    }
  }

  private static Alarm[] release(Alarm[] heap, int place) {
    Arrays.fill(heap, place, place + 1, null); // nothing of a removed session is kept
    return heap;
  }

  /** Lets every alarm ring that is due, the earliest first. */
  void ring(long now) {
    while (size > 0 && heap[0].due - now <= 0) {
      ringNext();
    }
  }

  /** Lets the first alarm ring, due or not. */
  void ringNext() {
    if (size > 0) {
      Alarm first = heap[0];
      clear(first);
      first.ring();
    }
  }

  private void settle(Alarm alarm) {
    int place = alarm.place;
    while (place > 0 && alarm.due - heap[(place - 1) / 2].due < 0) {
      place = move((place - 1) / 2, place);
    }
    for (int child = earlierChild(place);
        child < size && heap[child].due - alarm.due < 0;
        child = earlierChild(place)) {
      place = move(child, place);
    }
    heap[place] = alarm;
    alarm.place = place;
  }

  private int move(int from, int to) {
    heap[to] = heap[from];
    heap[to].place = to;
    return from;
  }

  private int earlierChild(int place) {
    int left = 2 * place + 1;
    boolean rightIsEarlier = left + 1 < size && heap[left + 1].due - heap[left].due < 0;
    return rightIsEarlier ? left + 1 : left;
  }
}
