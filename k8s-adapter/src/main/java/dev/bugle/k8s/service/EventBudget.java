package dev.bugle.k8s.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which complaints are worth an Event: one that is new, or that has not been made for a while; and
 * of one object not many in a short time, however often it changes. For one thread.
 */
final class EventBudget {

  /** After an hour an API server forgets Events. */
  private static final long AGAIN = Duration.ofMinutes(50).toNanos();

  private static final int BURST = 10;
  private static final long REFILL = Duration.ofMinutes(1).toNanos();

  private static final class Account {
    private final Map<Complaint, Long> made = new HashMap<>();
    private double left = BURST;
    private long counted;
  }

  private final Map<String, Account> accounts = new HashMap<>();

  /** Whether the complaint about that object is to be made now; then it counts as made. */
  boolean takes(String uid, Complaint complaint, long now) {
    Account account = accounts.computeIfAbsent(uid, one -> new Account());
    account.left = Math.min(BURST, account.left + (double) (now - account.counted) / REFILL);
    account.counted = now;
    Long last = account.made.get(complaint);
    if ((last != null && now - last < AGAIN) || account.left < 1) {
      return false;
    }
    account.left--;
    account.made.values().removeIf(time -> now - time >= AGAIN);
    account.made.put(complaint, now);
    return true;
  }

  /** It was not made after all. */
  void failed(String uid, Complaint complaint) {
    Account account = accounts.get(uid);
    if (account != null) {
      account.made.remove(complaint);
    }
  }

  /** The objects that there are; others are forgotten. */
  void keep(Set<String> uids) {
    for (String uid : new HashSet<>(accounts.keySet())) {
      if (!uids.contains(uid)) {
        accounts.remove(uid);
      }
    }
  }

  int size() {
    return accounts.size();
  }
}
