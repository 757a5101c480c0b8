package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.addresses.Binding.State;
import dev.bugle.advertiser.time.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it stands with the addresses, for everybody to read. Each address that is wanted is in it
 * from the moment on in which it is. Thread-safe.
 */
final class Bindings {

  private static final Logger log = LoggerFactory.getLogger(Bindings.class);

  private final Ticker ticker;
  private Set<BoundAddress> wanted = Set.of(); // guarded by this
  private volatile Map<BoundAddress, Binding> current = Map.of();

  Bindings(Ticker ticker) {
    this.ticker = ticker;
  }

  Map<BoundAddress, Binding> current() {
    return current;
  }

  synchronized Set<BoundAddress> wanted() {
    return wanted;
  }

  /** These are wanted from now on. */
  synchronized void want(Set<BoundAddress> these) {
    wanted = these;
    Map<BoundAddress, Binding> next = new HashMap<>(current);
    addAbsent(next);
    current = Map.copyOf(next);
  }

  /** What was found out. Returns whether a state or a reason has changed. */
  synchronized boolean found(Map<BoundAddress, Outcome> outcomes) {
    Map<BoundAddress, Binding> next = new HashMap<>();
    outcomes.forEach((what, outcome) -> next.put(what, binding(what, outcome)));
    addAbsent(next);
    boolean isNews = !next.equals(current);
    current.forEach(
        (what, before) -> {
          if (!next.containsKey(what)) {
            log.info("address {}: {} -> gone, no longer wanted", what, before.state());
          }
        });
    current = Map.copyOf(next);
    return isNews;
  }

  /** Wanted meanwhile, or not looked at yet. */
  private void addAbsent(Map<BoundAddress, Binding> next) {
    for (BoundAddress what : wanted) {
      next.putIfAbsent(what, new Binding(State.ABSENT, ticker.nanos(), "is to be put there"));
    }
  }

  private Binding binding(BoundAddress what, Outcome outcome) {
    Binding before = current.get(what);
    if (before != null && before.state() == outcome.state()) {
      if (!before.reason().equals(outcome.reason())) {
        log.info("address {}: {}, now because it {}", what, before.state(), outcome.reason());
      }
      return new Binding(before.state(), before.since(), outcome.reason());
    }
    State from = before == null ? State.ABSENT : before.state();
    if (outcome.state() == State.FAILED) {
      log.warn("address {}: {} -> FAILED, {}", what, from, outcome.reason());
    } else {
      log.info("address {}: {} -> {}, {}", what, from, outcome.state(), outcome.reason());
    }
    return new Binding(outcome.state(), ticker.nanos(), outcome.reason());
  }
}
