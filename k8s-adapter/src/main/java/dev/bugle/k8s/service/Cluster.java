package dev.bugle.k8s.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the cluster, and which Services are to be looked at again because of what
 * changed. Thread-safe: two threads fill it, and one takes from it.
 */
final class Cluster {

  /**
   * A Service that is to be looked at.
   *
   * @param service empty if it is not there any more, or none of ours
   */
  record Change(ObjectKey key, Optional<Service> service, Endpoints endpoints) {}

  private final Map<ObjectKey, Service> services = new HashMap<>();
  private final Map<ObjectKey, Slice> slices = new HashMap<>();

  /** The slices of each Service, also of those that are none of ours: they may become so. */
  private final Map<ObjectKey, Map<ObjectKey, Slice>> byService = new HashMap<>();

  private final Set<ObjectKey> changed = new LinkedHashSet<>();
  private boolean knowsServices;
  private boolean knowsSlices;
  private boolean wasTaken;

  /** All Services of ours that there are. */
  synchronized void services(Map<ObjectKey, Service> all) {
    for (ObjectKey gone : List.copyOf(services.keySet())) {
      if (!all.containsKey(gone)) {
        service(gone, Optional.empty());
      }
    }
    all.forEach((key, service) -> service(key, Optional.of(service)));
    knowsServices = true;
    notifyAll();
  }

  /** A Service as it is now; nothing if it is gone, or none of ours. */
  synchronized void service(ObjectKey key, Optional<Service> now) {
    Service before = now.isPresent() ? services.put(key, now.get()) : services.remove(key);
    if (!Objects.equals(before, now.orElse(null))) {
      mark(key);
    }
  }

  /** All slices that there are. */
  synchronized void slices(Map<ObjectKey, Slice> all) {
    for (ObjectKey gone : List.copyOf(slices.keySet())) {
      if (!all.containsKey(gone)) {
        slice(gone, Optional.empty());
      }
    }
    all.forEach((key, slice) -> slice(key, Optional.of(slice)));
    knowsSlices = true;
    notifyAll();
  }

  /** A slice as it is now; nothing if it is gone. */
  synchronized void slice(ObjectKey key, Optional<Slice> now) {
    Slice before = now.isPresent() ? slices.put(key, now.get()) : slices.remove(key);
    if (Objects.equals(before, now.orElse(null))) {
      return;
    }
    if (before != null) {
      Map<ObjectKey, Slice> siblings = byService.get(before.service());
      if (siblings != null) {
        siblings.remove(key);
        if (siblings.isEmpty()) {
          byService.remove(before.service());
        }
      }
      markIfOurs(before.service());
    }
    now.ifPresent(
        slice -> {
          byService.computeIfAbsent(slice.service(), one -> new HashMap<>(2)).put(key, slice);
          markIfOurs(slice.service());
        });
  }

  private void markIfOurs(ObjectKey service) {
    if (services.containsKey(service)) {
      mark(service);
    }
  }

  /** All Services are to be looked at again. */
  synchronized void changedAll() {
    changed.addAll(services.keySet());
    notifyAll();
  }

  /** What holds for all Services has changed: it is to be looked at, though none of them has. */
  synchronized void changedAround() {
    wasTaken = false;
    notifyAll();
  }

  private void mark(ObjectKey key) {
    changed.add(key);
    notifyAll();
  }

  /**
   * Waits until something has changed that has not been taken, and everything is known; that long
   * at most.
   *
   * @return whether that is so
   */
  synchronized boolean await(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!hasNews()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Waits until nothing more has changed for so long; the second at most. */
  synchronized void awaitQuiet(long quietMillis, long longestMillis) throws InterruptedException {
    long end = System.nanoTime() + longestMillis * 1_000_000;
    int before = -1;
    while (changed.size() != before && System.nanoTime() < end) {
      before = changed.size();
      wait(quietMillis);
    }
  }

  private boolean hasNews() {
    return knowsServices && knowsSlices && (!changed.isEmpty() || !wasTaken);
  }

  /** Whether all that there was at the beginning has been heard. */
  synchronized boolean isKnown() {
    return knowsServices && knowsSlices;
  }

  /** What has changed since it was called last; each Service as it is now. */
  synchronized List<Change> take() {
    wasTaken = true;
    List<Change> changes = new ArrayList<>();
    for (ObjectKey key : changed) {
      Optional<Service> service = Optional.ofNullable(services.get(key));
      Endpoints endpoints =
          service.isPresent() && byService.containsKey(key)
              ? Endpoints.of(byService.get(key).values())
              : Endpoints.NONE;
      changes.add(new Change(key, service, endpoints));
    }
    changed.clear();
    return changes;
  }

  /** How many Services of ours there are, and how many slices of any. */
  synchronized String sizes() {
    return services.size() + " services, " + slices.size() + " endpoint slices";
  }
}
