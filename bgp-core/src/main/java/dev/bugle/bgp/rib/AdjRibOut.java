package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
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
 * <p>Callers say what is desired; {@link #nextMessage} makes the difference into UPDATEs, with as
 * many destinations of one path in each as fit. A destination that changes several times before it
 * is sent is sent once, in its newest form. Withdrawals go first.
 */
public final class AdjRibOut {

  private final CodecContext context;
  private final List<AddressFamily> families;

  /**
   * What the peer knows: destinations are prefixes, with a path identifier where the peer takes
   * several paths.
   */
  private final Map<Nlri, Path> sent = new HashMap<>();

  /** Of families of which the peer takes several paths: the identifiers that are desired. */
  private final Map<Prefix, List<Long>> identifiers = new HashMap<>();

  /** How many paths of each family are in {@code sent}. */
  private final Map<AddressFamily, Integer> sizes = new HashMap<>();

  /** Destinations in {@code sent} that the peer wants to hear of again. */
  private final Set<Nlri> refreshDue = new HashSet<>();

  /** What is pending for a destination: the batch that has it among its destinations. */
  private final Map<Nlri, Batch> pending = new HashMap<>();

  private final Map<AddressFamily, Batch> withdrawals = new LinkedHashMap<>();
  private final Map<BatchKey, Batch> announcements = new LinkedHashMap<>();
  private final Set<AddressFamily> endOfRibDue = new LinkedHashSet<>();

  /** Families whose End-of-RIB was sent. */
  private final Set<AddressFamily> complete = new HashSet<>();

  /** Families that the peer wants to hear of again, without marks. */
  private final Set<AddressFamily> refreshAsked = new LinkedHashSet<>();

  /** Families that the peer wants to hear of again, with marks, once they are complete. */
  private final Set<AddressFamily> markedRefreshDue = new LinkedHashSet<>();

  private final Set<AddressFamily> endOfRefreshDue = new LinkedHashSet<>();
  private final Set<Nlri> tooLarge = new LinkedHashSet<>();

  /** Destinations of one family and path may share an UPDATE. */
  private record BatchKey(AddressFamily family, Path path) {}

  /** An empty table for the families that the session negotiated. */
  public AdjRibOut(Collection<AddressFamily> families, CodecContext context) {
    this.families = families.stream().distinct().toList();
    this.context = context;
  }

  /**
   * The peer shall know this path and no other; a family that was not negotiated is passed over.
   */
  public void announce(Prefix prefix, Path path) {
    announce(prefix, List.of(new IdentifiedPath(1, path)));
  }

  /**
   * The peer shall know these paths, or the first of them if it takes only one; a family that was
   * not negotiated is passed over.
   */
  public void announce(Prefix prefix, List<IdentifiedPath> paths) {
    if (!families.contains(prefix.family())) {
      return;
    }
    if (takesSeveral(prefix.family())) {
      announceAll(prefix, paths);
    } else if (paths.isEmpty()) {
      withdrawOne(prefix);
    } else {
      announceOne(prefix, paths.get(0).path());
    }
  }

  /** The peer shall know no path to this destination. */
  public void withdraw(Prefix prefix) {
    announce(prefix, List.of());
  }

  private boolean takesSeveral(AddressFamily family) {
    return context.sent().pathIdentifiers().contains(family);
  }

  private void announceAll(Prefix prefix, List<IdentifiedPath> paths) {
    List<Long> desired = paths.stream().map(IdentifiedPath::pathIdentifier).toList();
    for (long known : identifiers.getOrDefault(prefix, List.of())) {
      if (!desired.contains(known)) {
        withdrawOne(new PathNlri(known, prefix));
      }
    }
    paths.forEach(each -> announceOne(new PathNlri(each.pathIdentifier(), prefix), each.path()));
    if (desired.isEmpty()) {
      identifiers.remove(prefix);
    } else {
      identifiers.put(prefix, desired);
    }
  }

  private void announceOne(Nlri nlri, Path path) {
    tooLarge.remove(nlri);
    unschedule(nlri);
    if (refreshDue.contains(nlri) || !path.equals(sent.get(nlri))) {
      scheduleAnnouncement(nlri, path);
    }
  }

  private void withdrawOne(Nlri nlri) {
    tooLarge.remove(nlri);
    unschedule(nlri);
    if (sent.containsKey(nlri)) {
      scheduleWithdrawal(nlri);
    }
  }

  /**
   * Everything of this family is to be sent again (RFC 2918 §4); with marks before and behind it
   * where both sides have enhanced route refresh, and then not before the family's End-of-RIB (RFC
   * 7313 §4). To ask again before {@link #nextMessage} has begun with it costs nothing.
   */
  public void refresh(AddressFamily family) {
    (context.enhancedRouteRefresh() ? markedRefreshDue : refreshAsked).add(family);
  }

  private void sendAgain(AddressFamily family) {
    sent.forEach(
        (nlri, path) -> {
          if (prefix(nlri).family().equals(family)) {
            refreshDue.add(nlri);
            if (!pending.containsKey(nlri)) {
              scheduleAnnouncement(nlri, path);
            }
          }
        });
  }

  private static Prefix prefix(Nlri nlri) {
    return (Prefix) (nlri instanceof PathNlri path ? path.nlri() : nlri);
  }

  /** After what is pending now, the End-of-RIB marker of every family is due (RFC 4724 §2). */
  public void finishInitialUpdate() {
    endOfRibDue.addAll(families);
  }

  /**
   * Whether {@link #nextMessage} may have something to return. It may still turn out that nothing
   * that is pending fits in an UPDATE.
   */
  public boolean hasPending() {
    return !pending.isEmpty()
        || !endOfRibDue.isEmpty()
        || !endOfRefreshDue.isEmpty()
        || !refreshAsked.isEmpty()
        || markedRefreshDue.stream().anyMatch(complete::contains);
  }

  /** Whether there is something to withdraw, which {@link #nextMessage} returns first. */
  public boolean hasWithdrawals() {
    return !withdrawals.isEmpty();
  }

  /** Whether there is something to announce. */
  public boolean hasAnnouncements() {
    return !announcements.isEmpty() || !refreshAsked.isEmpty();
  }

  /** How many paths the peer knows from us, once everything returned has reached it. */
  public int size() {
    return sent.size();
  }

  /** How many of these paths are of this family. */
  public int size(AddressFamily family) {
    return sizes.getOrDefault(family, 0);
  }

  /**
   * What the peer knows from us, once everything returned has reached it: that many paths at most,
   * in no order.
   */
  public Map<Nlri, Path> sent(int limit) {
    Map<Nlri, Path> known = new HashMap<>();
    for (Map.Entry<Nlri, Path> one : sent.entrySet()) {
      if (known.size() >= limit) {
        break;
      }
      known.put(one.getKey(), one.getValue());
    }
    return known;
  }

  /** Whether the peer was told everything at once, and its End-of-RIB, in every family. */
  public boolean isInitialUpdateSent() {
    return complete.containsAll(families);
  }

  /** How many paths are still to be announced, changed or withdrawn. */
  public int pendingSize() {
    return pending.size();
  }

  /**
   * The destinations that are desired and that the peer is not told of, because a path with its
   * attributes does not fit in an UPDATE (RFC 4271 §9.2). {@link #nextMessage} finds them.
   */
  public Set<Nlri> tooLarge() {
    return Set.copyOf(tooLarge);
  }

  private void scheduleAnnouncement(Nlri nlri, Path path) {
    add(
        nlri,
        announcements.computeIfAbsent(
            new BatchKey(prefix(nlri).family(), path),
            key -> Batch.announcing(key.family(), path)));
  }

  private void scheduleWithdrawal(Nlri nlri) {
    add(nlri, withdrawals.computeIfAbsent(prefix(nlri).family(), Batch::withdrawing));
  }

  private void add(Nlri nlri, Batch batch) {
    batch.destinations().add(nlri);
    pending.put(nlri, batch);
  }

  private void unschedule(Nlri nlri) {
    Batch batch = pending.remove(nlri);
    if (batch != null) {
      batch.destinations().remove(nlri);
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
   * The next message to send, an UPDATE or a mark of enhanced route refresh; it counts as sent.
   * Empty when the peer has been told everything that can be told.
   */
  public Optional<Message> nextMessage() {
    refreshAsked.forEach(this::sendAgain);
    refreshAsked.clear();
    return nextBeginOfRefresh()
        .or(this::nextUpdate)
        .or(this::nextEndOfRib)
        .or(this::nextEndOfRefresh);
  }

  private Optional<Message> nextBeginOfRefresh() {
    Optional<AddressFamily> due = markedRefreshDue.stream().filter(complete::contains).findFirst();
    due.ifPresent(
        family -> {
          markedRefreshDue.remove(family);
          endOfRefreshDue.add(family);
          sendAgain(family);
        });
    return due.map(family -> new RouteRefreshMessage(family, RouteRefreshMessage.BORR));
  }

  private Optional<Message> nextUpdate() {
    while (!pending.isEmpty()) {
      Map<?, Batch> first = withdrawals.isEmpty() ? announcements : withdrawals;
      Batch batch = first.values().iterator().next();
      List<Nlri> taken = batch.take(context);
      if (taken.isEmpty()) {
        giveUpFirst(batch);
      } else {
        taken.forEach(nlri -> markSent(nlri, batch.path()));
      }
      dropIfEmpty(batch);
      if (!taken.isEmpty()) {
        return Optional.of(batch.message(taken));
      }
    }
    return Optional.empty();
  }

  private Optional<Message> nextEndOfRib() {
    Optional<AddressFamily> due = takeFirst(endOfRibDue);
    due.ifPresent(complete::add);
    return due.map(UpdateMessage::endOfRib);
  }

  private Optional<Message> nextEndOfRefresh() {
    return takeFirst(endOfRefreshDue)
        .map(family -> new RouteRefreshMessage(family, RouteRefreshMessage.EORR));
  }

  private static Optional<AddressFamily> takeFirst(Set<AddressFamily> families) {
    Optional<AddressFamily> first = families.stream().findFirst();
    first.ifPresent(families::remove);
    return first;
  }

  private void markSent(Nlri nlri, Optional<Path> path) {
    pending.remove(nlri);
    refreshDue.remove(nlri);
    Path before = path.isPresent() ? sent.put(nlri, path.get()) : sent.remove(nlri);
    int more = (path.isPresent() ? 1 : 0) - (before == null ? 0 : 1);
    if (more != 0) {
      sizes.merge(prefix(nlri).family(), more, Integer::sum);
    }
  }

  /** A route that fits in no UPDATE is not advertised (RFC 4271 §9.2), nor the one before it. */
  private void giveUpFirst(Batch batch) {
    Iterator<Nlri> destinations = batch.destinations().iterator();
    Nlri nlri = destinations.next();
    destinations.remove();
    pending.remove(nlri);
    tooLarge.add(nlri);
    if (sent.containsKey(nlri)) {
      scheduleWithdrawal(nlri);
    }
  }
}
