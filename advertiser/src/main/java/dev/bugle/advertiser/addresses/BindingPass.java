package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.addresses.Verdict.Standing;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.linux.AddressTable;
import dev.bugle.bgp.linux.SystemCallException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the addresses on the interfaces what they are to be. A pass looks at all of them anew,
 * plans, notes what it is about to do, and does it. What is put there comes before what is taken
 * away, so that an address that moves is never nowhere. For the binder's thread.
 */
final class BindingPass {

  private final AddressTable table;
  private final Ledger ledger;
  private final Attempts adding;
  private final Attempts removing;

  BindingPass(AddressTable table, Ledger ledger, Ticker ticker) {
    this.table = table;
    this.ledger = ledger;
    this.adding = new Attempts(ticker);
    this.removing = new Attempts(ticker);
  }

  /**
   * Does it once.
   *
   * @return how what is wanted stands, and what is not wanted and could not be taken away
   * @throws SystemCallException when the system cannot be read
   * @throws IllegalArgumentException when what the system says is not sound
   */
  Map<BoundAddress, Outcome> run(Set<BoundAddress> wanted) {
    Plan plan = Plan.of(wanted, ledger.entries(), Sight.of(table));
    Set<LedgerEntry> ours = plan.ours();
    adding.retain(wanted);
    Set<BoundAddress> added = add(plan.missing(), ours);
    Map<BoundAddress, Outcome> outcomes = new HashMap<>(remove(plan.surplus(), ours));
    removing.retain(Set.copyOf(outcomes.keySet()));
    note(ours); // If that fails they are noted still, and looked at again in the next pass.
    plan.verdicts().forEach((what, verdict) -> outcomes.put(what, outcome(what, verdict, added)));
    return outcomes;
  }

  /** When something can be tried again that could not be done. */
  long next() {
    return Math.min(adding.next(), removing.next());
  }

  private Set<BoundAddress> add(Map<BoundAddress, LedgerEntry> missing, Set<LedgerEntry> ours) {
    missing.keySet().removeIf(what -> !adding.begin(what));
    Set<LedgerEntry> before = new HashSet<>(ours);
    before.addAll(missing.values());
    Optional<String> unnoted = missing.isEmpty() ? Optional.empty() : note(before);
    Set<BoundAddress> added = new HashSet<>();
    missing.forEach(
        (what, entry) ->
            unnoted
                .or(() -> add(entry))
                .ifPresentOrElse(
                    why -> adding.failed(what, why),
                    () -> {
                      added.add(what);
                      ours.add(entry);
                    }));
    return added;
  }

  private Optional<String> add(LedgerEntry entry) {
    try {
      table.add(entry.address());
      return Optional.empty();
    } catch (SystemCallException e) {
      return Optional.of("cannot be put there: " + Attempts.explain(e));
    }
  }

  private Map<BoundAddress, Outcome> remove(Set<LedgerEntry> surplus, Set<LedgerEntry> ours) {
    Map<BoundAddress, Outcome> left = new HashMap<>();
    for (LedgerEntry entry : surplus) {
      BoundAddress what = new BoundAddress(entry.interfaceName(), entry.prefix());
      if (removing.begin(what)) {
        remove(entry)
            .ifPresentOrElse(why -> removing.failed(what, why), () -> removing.succeeded(what));
      }
      removing
          .failure(what)
          .ifPresentOrElse(why -> left.put(what, Outcome.failed(why)), () -> ours.remove(entry));
    }
    return left;
  }

  private Optional<String> remove(LedgerEntry entry) {
    try {
      table.remove(entry.address());
      return Optional.empty();
    } catch (SystemCallException e) {
      return e.isNotThere()
          ? Optional.empty()
          : Optional.of("cannot be taken away: " + Attempts.explain(e));
    }
  }

  /** Why it could not be noted; empty when it is. */
  private Optional<String> note(Set<LedgerEntry> entries) {
    try {
      ledger.note(entries);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("is not put there, since it cannot be noted: " + e);
    }
  }

  private Outcome outcome(BoundAddress what, Verdict verdict, Set<BoundAddress> added) {
    if (verdict.standing() == Standing.MISSING && !added.contains(what)) {
      return Outcome.failed(adding.failure(what).orElse("is to be put there"));
    }
    adding.succeeded(what);
    if (verdict.obstacle().isPresent()) {
      return Outcome.failed(verdict.obstacle().get());
    }
    return Outcome.bound(
        verdict.standing() == Standing.THEIRS
            ? "somebody else has put it there, and it stays"
            : "bugle has put it there");
  }
}
