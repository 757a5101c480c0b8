package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Adj-RIB-Out of one session (RFC 4271 §3.2): what the peer has been told, and what it must
 * still be told.
 *
 * <p>Callers say what is desired; {@link #nextUpdate} makes the difference into UPDATEs, with as
 * many destinations of one path in each as fit. A destination that changes several times before it
 * is sent is sent once, in its newest form. Withdrawals go first.
 */
public final class AdjRibOut {

  private final CodecContext context;
  private final List<AddressFamily> families;
  private final Map<Prefix, Path> sent = new HashMap<>();

  /** Destinations in {@code sent} that the peer wants to hear of again. */
  private final Set<Prefix> refreshDue = new HashSet<>();

  /** What is pending for a destination: the batch that has it among its destinations. */
  private final Map<Prefix, Batch> pending = new HashMap<>();

  private final Map<AddressFamily, Batch> withdrawals = new LinkedHashMap<>();
  private final Map<BatchKey, Batch> announcements = new LinkedHashMap<>();
  private final Set<AddressFamily> endOfRibDue = new LinkedHashSet<>();
  private final Set<Prefix> tooLarge = new LinkedHashSet<>();

  /** Destinations of one family and path may share an UPDATE. */
  private record BatchKey(AddressFamily family, Path path) {}

  /** An empty table for the families that the session negotiated. */
  public AdjRibOut(Collection<AddressFamily> families, CodecContext context) {
    this.families = families.stream().distinct().toList();
    this.context = context;
  }

  /** The peer shall know this path; a family that was not negotiated is passed over. */
  public void announce(Prefix prefix, Path path) {
    if (!families.contains(prefix.family())) {
      return;
    }
    tooLarge.remove(prefix);
    unschedule(prefix);
    if (refreshDue.contains(prefix) || !path.equals(sent.get(prefix))) {
      scheduleAnnouncement(prefix, path);
    }
  }

  /** The peer shall know no path to this destination. */
  public void withdraw(Prefix prefix) {
    tooLarge.remove(prefix);
    unschedule(prefix);
    if (sent.containsKey(prefix)) {
      scheduleWithdrawal(prefix);
    }
  }

  /** Everything of this family is to be sent again (RFC 2918 §4). */
  public void refresh(AddressFamily family) {
    sent.forEach(
        (prefix, path) -> {
          if (prefix.family().equals(family)) {
            refreshDue.add(prefix);
            if (!pending.containsKey(prefix)) {
              scheduleAnnouncement(prefix, path);
            }
          }
        });
  }

  /** After what is pending now, the End-of-RIB marker of every family is due (RFC 4724 §2). */
  public void finishInitialUpdate() {
    endOfRibDue.addAll(families);
  }

  /**
   * Whether {@link #nextUpdate} may have something to return. It may still turn out that nothing
   * that is pending fits in an UPDATE.
   */
  public boolean hasPending() {
    return !pending.isEmpty() || !endOfRibDue.isEmpty();
  }

  /** How many destinations the peer knows from us, once everything returned has reached it. */
  public int size() {
    return sent.size();
  }

  /** How many destinations are still to be announced, changed or withdrawn. */
  public int pendingSize() {
    return pending.size();
  }

  /**
   * The destinations that are desired and that the peer is not told of, because a path with its
   * attributes does not fit in an UPDATE (RFC 4271 §9.2). {@link #nextUpdate} finds them.
   */
  public Set<Prefix> tooLarge() {
    return Set.copyOf(tooLarge);
  }

  private void scheduleAnnouncement(Prefix prefix, Path path) {
    add(
        prefix,
        announcements.computeIfAbsent(
            new BatchKey(prefix.family(), path), key -> Batch.announcing(key.family(), path)));
  }

  private void scheduleWithdrawal(Prefix prefix) {
    add(prefix, withdrawals.computeIfAbsent(prefix.family(), Batch::withdrawing));
  }

  private void add(Prefix prefix, Batch batch) {
    batch.destinations().add(prefix);
    pending.put(prefix, batch);
  }

  private void unschedule(Prefix prefix) {
    Batch batch = pending.remove(prefix);
    if (batch != null) {
      batch.destinations().remove(prefix);
      dropIfEmpty(batch);
    }
  }

  private void dropIfEmpty(Batch batch) {
    if (batch.destinations().isEmpty()) {
      batch
          .path()
          .ifPresentOrElse(
              path -> announcements.remove(new BatchKey(batch.family(), path)),
              () -> withdrawals.remove(batch.family()));
    }
  }

  /**
   * The next UPDATE to send; it counts as sent. Empty when the peer has been told everything that
   * can be told.
   */
  public Optional<UpdateMessage> nextUpdate() {
    while (!pending.isEmpty()) {
      Map<?, Batch> first = withdrawals.isEmpty() ? announcements : withdrawals;
      Batch batch = first.values().iterator().next();
      List<Prefix> taken = batch.take(context);
      if (taken.isEmpty()) {
        giveUpFirst(batch);
      } else {
        taken.forEach(prefix -> markSent(prefix, batch.path()));
      }
      dropIfEmpty(batch);
      if (!taken.isEmpty()) {
        return Optional.of(batch.message(taken));
      }
    }
    Iterator<AddressFamily> due = endOfRibDue.iterator();
    if (!due.hasNext()) {
      return Optional.empty();
    }
    AddressFamily family = due.next();
    due.remove();
    return Optional.of(UpdateMessage.endOfRib(family));
  }

  private void markSent(Prefix prefix, Optional<Path> path) {
    pending.remove(prefix);
    refreshDue.remove(prefix);
    path.ifPresentOrElse(known -> sent.put(prefix, known), () -> sent.remove(prefix));
  }

  /** A route that fits in no UPDATE is not advertised (RFC 4271 §9.2), nor the one before it. */
  private void giveUpFirst(Batch batch) {
    Iterator<Prefix> destinations = batch.destinations().iterator();
    Prefix prefix = destinations.next();
    destinations.remove();
    pending.remove(prefix);
    tooLarge.add(prefix);
    if (sent.containsKey(prefix)) {
      scheduleWithdrawal(prefix);
    }
  }
}
