package dev.bugle.bgp;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the routes of one family. Written by one thread, read by any. */
final class FamilyCounter {

  private final AtomicLong advertised = new AtomicLong();
  private final Routes sent = new Routes();
  private final Routes received = new Routes();

  /** One direction. */
  static final class Routes {
    private final AtomicLong announced = new AtomicLong();
    private final AtomicLong withdrawn = new AtomicLong();

    void announced(int count) {
      announced.lazySet(announced.get() + count);
    }

    void withdrawn(int count) {
      withdrawn.lazySet(withdrawn.get() + count);
    }

    RouteCounts snapshot() {
      return new RouteCounts(announced.get(), withdrawn.get());
    }
  }

  Routes sent() {
    return sent;
  }

  Routes received() {
    return received;
  }

  void advertised(int now) {
    advertised.lazySet(now);
  }

  long advertised() {
    return advertised.get();
  }

  FamilyCounts snapshot() {
    return new FamilyCounts(advertised.get(), sent.snapshot(), received.snapshot());
  }
}
