package dev.bugle.k8s.service;

import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.k8s.service.Cluster.Change;
import dev.bugle.k8s.service.Outcome.Account;
import dev.bugle.k8s.service.Outcome.Offer;
import dev.bugle.k8s.service.Writes.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what became of each Service, so that of thousands only those that changed are looked at
 * again. Thread-safe; nothing in here waits.
 */
final class Desk {

  private static final Logger log = LoggerFactory.getLogger(Desk.class);

  private final Translation translation;
  private final Map<ObjectKey, Outcome> outcomes = new HashMap<>();

  /** What the advertiser could not take, by the name of the VIP. */
  private final Map<String, String> refused = new HashMap<>();

  private Map<ObjectKey, Complaint> overruled = Map.of();
  private SourcedVips stated = SourcedVips.NONE;
  private long complaints;

  Desk(Translation translation) {
    this.translation = translation;
  }

  /**
   * Looks at what has changed, and says what is to be announced.
   *
   * @param touched gets the Services of which there is something else to be told
   */
  synchronized SourcedVips pass(
      List<Change> changes, long now, Circumstances here, Set<ObjectKey> touched) {
    for (Change change : changes) {
      touched.add(change.key());
      Optional<Outcome> outcome =
          change.service().map(service -> translate(service, change.endpoints()));
      Outcome before =
          outcome.isPresent()
              ? outcomes.put(change.key(), outcome.get())
              : outcomes.remove(change.key());
      tell(change.key(), Optional.ofNullable(before), outcome);
    }
    Assembly assembly = Assembly.of(outcomes.values(), stated, now, here);
    touched.addAll(differing(overruled, assembly.overruled()));
    overruled = assembly.overruled();
    stated = assembly.vips();
    return stated;
  }

  /** What nobody has thought of must not harm other Services. */
  private Outcome translate(Service service, Endpoints endpoints) {
    try {
      return translation.of(service, endpoints);
    } catch (RuntimeException e) {
      log.error("service {}: cannot be understood, and is not announced", service.key(), e);
      Complaint complaint = new Complaint("InternalError", "it cannot be understood: " + e);
      return new Outcome(
          service,
          List.of(),
          Map.of(),
          Map.of(),
          new Account(
              Optional.empty(),
              new Condition(false, complaint.reason(), complaint.message()),
              List.of(complaint)));
    }
  }

  private void tell(ObjectKey key, Optional<Outcome> before, Optional<Outcome> after) {
    List<Complaint> known = before.map(one -> one.account().complaints()).orElse(List.of());
    for (Complaint complaint : after.map(one -> one.account().complaints()).orElse(List.of())) {
      if (!known.contains(complaint)) {
        complaints++;
        log.warn("service {}: not announced: {}", key, complaint.message());
      }
    }
  }

  private static Set<ObjectKey> differing(
      Map<ObjectKey, Complaint> before, Map<ObjectKey, Complaint> after) {
    Set<ObjectKey> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    return keys;
  }

  /**
   * Hears what the advertiser has decided.
   *
   * @return the Services of which there is something else to be told
   */
  synchronized Set<ObjectKey> decided(List<Verdict> verdicts) {
    Set<String> names = new HashSet<>();
    for (Verdict verdict : verdicts) {
      boolean isRefused = verdict.state() == Verdict.State.REFUSED;
      String before =
          isRefused ? refused.put(verdict.vip(), verdict.reason()) : refused.remove(verdict.vip());
      if (!Objects.equals(before, isRefused ? verdict.reason() : null)) {
        names.add(verdict.vip());
      }
    }
    Set<ObjectKey> keys = new HashSet<>();
    if (!names.isEmpty()) {
      outcomes.forEach(
          (key, outcome) -> {
            if (outcome.offers().stream().anyMatch(offer -> names.contains(offer.vip().name()))) {
              keys.add(key);
            }
          });
    }
    return keys;
  }

  /** All that there is to tell of a Service; empty if it is none of ours. */
  synchronized Optional<Subject> subject(ObjectKey key) {
    return Optional.ofNullable(outcomes.get(key)).map(this::subject);
  }

  private Subject subject(Outcome outcome) {
    List<Complaint> more = new ArrayList<>();
    Optional.ofNullable(overruled.get(outcome.service().key())).ifPresent(more::add);
    for (Offer offer : outcome.offers()) {
      Optional.ofNullable(refused.get(offer.vip().name()))
          .ifPresent(why -> more.add(new Complaint("Refused", offer.vip().name() + ": " + why)));
    }
    return new Subject(outcome, more);
  }

  /** How many Services there are that are ours. */
  synchronized int size() {
    return outcomes.size();
  }

  /** How many of them something is wrong with. */
  synchronized long faulty() {
    return outcomes.values().stream()
        .filter(outcome -> !outcome.account().complaints().isEmpty())
        .count();
  }

  /** How many complaints there have been. */
  synchronized long complaints() {
    return complaints;
  }
}
