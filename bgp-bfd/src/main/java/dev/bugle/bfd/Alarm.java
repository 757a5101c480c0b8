package dev.bugle.bfd;

/** Something that is due at a time, once. In one {@link AlarmQueue} at most. */
abstract class Alarm {

  private static final int NOT_SET = -1;

  /** When it is due, of {@link System#nanoTime}; kept by the queue. */
  long due;

  /** Its place in the queue; kept by the queue. */
  int place = NOT_SET;

  final boolean isSet() {
    return place != NOT_SET;
  }

  final void unset() {
    place = NOT_SET;
  }

  /** It is due; it is not set any more. */
  abstract void ring();
}
