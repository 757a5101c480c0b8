package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.linux.SystemCallException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is tried with addresses, why it has failed, and when it may be tried again. */
final class Attempts {

  private final Ticker ticker;
  private final Map<BoundAddress, BackOff> backOffs = new HashMap<>();
  private final Map<BoundAddress, String> failures = new HashMap<>();

  Attempts(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether it may be tried now, which then counts as done. */
  boolean begin(BoundAddress what) {
    BackOff backOff = backOffs.computeIfAbsent(what, any -> new BackOff());
    long now = ticker.nanos();
    if (backOff.isDue(now)) {
      backOff.tried(now);
      return true;
    }
    // If it had not failed, somebody undoes it.
    failures.putIfAbsent(what, "somebody else has undone it, again and again");
    return false;
  }

  void succeeded(BoundAddress what) {
    failures.remove(what);
  }

  void failed(BoundAddress what, String why) {
    failures.put(what, why);
  }

  /** Why it has failed; empty when it has not, or was not tried. */
  Optional<String> failure(BoundAddress what) {
    return Optional.ofNullable(failures.get(what));
  }

  /** Forgets all others. */
  void retain(Set<BoundAddress> these) {
    backOffs.keySet().retainAll(these);
    failures.keySet().retainAll(these);
  }

  /** When something that has failed may be tried again; forever when nothing has. */
  long next() {
    return backOffs.entrySet().stream()
        .filter(tried -> failures.containsKey(tried.getKey()))
        .mapToLong(tried -> tried.getValue().next())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** What the kernel has said, and what to do if it is that. */
  static String explain(SystemCallException e) {
    return e.getMessage() + (e.isBeyondCapabilities() ? "; give the process CAP_NET_ADMIN" : "");
  }
}
