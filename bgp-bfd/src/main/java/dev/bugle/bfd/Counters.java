package dev.bugle.bfd;

import dev.bugle.bfd.wire.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts packets. Written by one thread, read by any. */
final class Counters {

  private final AtomicLong flaps = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong notSent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);

  Counters() {
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new AtomicLong());
    }
  }

  void flap() {
    increment(flaps);
  }

  void sent() {
    increment(sent);
  }

  void notSent() {
    increment(notSent);
  }

  void received() {
    increment(received);
  }

  void dropped(DropReason reason) {
    increment(dropCounter(reason));
  }

  private static void increment(AtomicLong counter) {
    counter.lazySet(counter.get() + 1);
  }

  long flapCount() {
    return flaps.get();
  }

  long sentCount() {
    return sent.get();
  }

  long notSentCount() {
    return notSent.get();
  }

  long receivedCount() {
    return received.get();
  }

  long dropCount(DropReason reason) {
    return dropCounter(reason).get();
  }

  private AtomicLong dropCounter(DropReason reason) {
    return Objects.requireNonNull(dropped.get(reason));
  }

  /** Without the reasons that never occurred. */
  Map<DropReason, Long> drops() {
    Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
    dropped.forEach(
        (reason, counter) -> {
          if (counter.get() > 0) {
            all.put(reason, counter.get());
          }
        });
    return all;
  }

  BfdStatus.Counters snapshot() {
    return new BfdStatus.Counters(flaps.get(), sent.get(), notSent.get(), received.get(), drops());
  }
}
