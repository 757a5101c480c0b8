package dev.bugle.bgp;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts things of a few known kinds. Written by one thread, read by any. */
final class Tally<K> {

  private final Map<K, AtomicLong> counters;

  Tally(List<K> kinds) {
    counters = kinds.stream().collect(Collectors.toMap(Function.identity(), k -> new AtomicLong()));
  }

  /** One more of this kind. */
  void count(K kind) {
    count(kind, 1);
  }

  /** So many more of this kind. */
  void count(K kind, int more) {
    AtomicLong counter = counter(kind);
    counter.lazySet(counter.get() + more);
  }

  /** How many there were of this kind. */
  long of(K kind) {
    return counter(kind).get();
  }

  private AtomicLong counter(K kind) {
    return Objects.requireNonNull(counters.get(kind), () -> kind + " is not counted");
  }
}
