package dev.bugle.advertiser.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The queue between those who publish, on any thread, and one reader on the event loop. It is
 * bounded in events and in octets; when it is full, it is over.
 */
final class Subscription {

  static final int MAX_EVENTS = 256;
  static final int MAX_OCTETS = 256 * 1024;

  private final Runnable wake;
  private final Consumer<Subscription> forget;
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private Optional<byte[]> snapshot = Optional.empty();
  private int octets;
  private boolean woken;
  private boolean overflowed;

  Subscription(Runnable wake, Consumer<Subscription> forget) {
    this.wake = wake;
    this.forget = forget;
  }

  /** Adds the snapshot, before whatever was published meanwhile; it may be of any length. */
  synchronized void first(byte[] text) {
    snapshot = Optional.of(text);
  }

  /** Adds an event; wakes the reader unless it has been woken and did not come yet. */
  void offer(byte[] event) {
    synchronized (this) {
      if (overflowed) {
        return;
      }
      if (queue.size() >= MAX_EVENTS || octets + event.length > MAX_OCTETS) {
        overflowed = true;
        queue.clear();
      } else {
        queue.addLast(event);
        octets += event.length;
      }
      if (woken) {
        return;
      }
      woken = true;
    }
    wake.run();
  }

  /** The reader has come. */
  synchronized void awake() {
    woken = false;
  }

  /** The next event, if there is one. */
  synchronized Optional<byte[]> poll() {
    if (snapshot.isPresent()) {
      Optional<byte[]> first = snapshot;
      snapshot = Optional.empty();
      return first;
    }
    byte[] next = queue.pollFirst();
    if (next != null) {
      octets -= next.length;
    }
    return Optional.ofNullable(next);
  }

  /** Whether the reader was too slow; then there is nothing more for it. */
  synchronized boolean hasOverflowed() {
    return overflowed;
  }

  void cancel() {
    forget.accept(this);
  }
}
