package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One session as a reader of one table (its Adj-RIB-Out, RFC 4271 §3.2): how far it has come, and
 * what the peer knows. It costs its place in the log and a bit for each destination, however long
 * it does not read; then it is told the newest state only.
 *
 * <p>Whoever has it asks {@link #next} for as much as the session can take.
 */
public final class Recipient implements TableReading {

  /** How many destinations are looked at in one go. */
  static final int WINDOW = 4096;

  private static final List<Message> NO_MARKS = List.of();

  private final RoutingTable table;
  private final Dissemination dissemination;
  private final PeerKnowledge knowledge;
  private final ChangeLog log;
  private final ChangeLog.Cursor cursor;
  private @Nullable Walk walk;
  private Optional<PeerTerms> changed = Optional.empty();
  private boolean refreshAsked;
  private boolean complete;
  private boolean walkedLast;

  /** As far as this the log was read for what is to be withdrawn. */
  private long withdrawnTo;

  /** What changes from here on is not announced before the batch is over. */
  private long batchEnd = Long.MAX_VALUE;

  /**
   * The session has begun: it is told everything.
   *
   * @param source the session as a source of paths: what came from it is not told to it
   */
  Recipient(Dissemination dissemination, RoutingTable table, PeerTerms terms, PathSource source) {
    this.dissemination = dissemination;
    this.table = table;
    this.knowledge = new PeerKnowledge(dissemination, table, terms, source);
    this.log = dissemination.log(knowledge.group().severalPaths());
    this.cursor = log.open();
    this.walk = walk(Walk.Purpose.INITIAL);
  }

  private Walk walk(Walk.Purpose purpose) {
    return new Walk(purpose, table.destinations().limit(), cursor.stamp());
  }

  /** The family of the table. */
  public AddressFamily family() {
    return table.family();
  }

  /** The session has ended. */
  @Override
  public void leave() {
    knowledge.end();
    log.close(cursor);
    dissemination.trim();
  }

  /** The peer wants to hear everything again (RFC 2918 §4, RFC 7313 §4). */
  public void refresh() {
    refreshAsked = true;
  }

  /** The peer is told on these terms from now on. */
  public void refit(PeerTerms other) {
    boolean isInitial = walk != null && walk.purpose() == Walk.Purpose.INITIAL;
    if (walk == null || (isInitial && !knowledge.isChanging())) {
      change(other);
    } else {
      changed = Optional.of(other); // what the peer knows until then is on two different terms
    }
  }

  private void change(PeerTerms other) {
    changed = Optional.empty();
    if (!other.equals(knowledge.terms())) {
      knowledge.change(other);
      walk = walk(complete ? Walk.Purpose.REFIT : Walk.Purpose.INITIAL);
    }
  }

  /**
   * What has changed by now is a batch, and later changes are not announced until {@link
   * #endBatch}. Else a destination that never comes to rest would be announced without end within
   * one minimum route advertisement interval (RFC 4271 §9.2.1.1).
   */
  public void beginBatch() {
    batchEnd = log.next();
  }

  /** Whether the peer has been told the whole batch. */
  public boolean hasToldBatch() {
    return cursor.stamp() >= batchEnd;
  }

  /** Everything may be announced again. */
  public void endBatch() {
    batchEnd = Long.MAX_VALUE;
  }

  @Override
  public boolean hasNext() {
    return hasNext(true);
  }

  @Override
  public Parcel next() {
    return next(true);
  }

  /** Whether {@link #next} may have something. */
  public boolean hasNext(boolean mayAnnounce) {
    return walk != null
        || (mayAnnounce && !hasWalked())
        || hasChanges(mayAnnounce)
        || hasWithdrawals();
  }

  private boolean hasChanges(boolean mayAnnounce) {
    return cursor.stamp() < Math.min(log.next(), until(mayAnnounce));
  }

  private boolean hasWithdrawals() {
    return Math.max(withdrawnTo, cursor.stamp()) < log.next() && knowledge.size() > 0;
  }

  /** The stamp up to which changes are announced now; what a walk has to end with is, too. */
  private long until(boolean mayAnnounce) {
    long until = mayAnnounce ? batchEnd : cursor.stamp();
    return walk == null ? until : Math.max(until, walk.mark());
  }

  /** Whether the peer has been told all that there is to tell. */
  public boolean isQuiet() {
    return hasWalked() && cursor.stamp() >= log.next();
  }

  /** Whether the peer has been told what was there already, and nothing of that again. */
  public boolean hasWalked() {
    return walk == null && changed.isEmpty() && !refreshAsked;
  }

  /** A place in what changes: {@link #hasTold} of it says whether all up to now is told. */
  public long mark() {
    return log.next();
  }

  /** Whether the peer has been told all that had changed when the mark was set. */
  public boolean hasTold(long mark) {
    return cursor.stamp() >= mark;
  }

  /** Whether the peer has been told all that had to be withdrawn when the mark was set. */
  public boolean hasWithdrawn(long mark) {
    return Math.max(withdrawnTo, cursor.stamp()) >= mark;
  }

  /** Whether the peer was told everything at once, and its End-of-RIB. */
  public boolean isComplete() {
    return complete;
  }

  /** How many paths the peer knows from us, once everything returned has reached it. */
  public int size() {
    return knowledge.size();
  }

  /** About how many destinations are still to be looked at. */
  public int pending() {
    return log.unread(cursor.stamp()) + (walk == null ? 0 : walk.left());
  }

  /**
   * What the peer is told next; it counts as told. It may be empty though there is more.
   *
   * @param mayAnnounce whether changes may be announced now, or only withdrawn; what is there
   *     already is announced to a peer that is just told all of it
   */
  public Parcel next(boolean mayAnnounce) {
    if (mayAnnounce) {
      beginWalk();
    }
    List<Message> before = begin();
    List<PackedUpdates> updates;
    boolean hasChanges = hasChanges(mayAnnounce);
    boolean hasOthers = hasChanges || hasWithdrawals();
    if (walk != null && walk.hasDestinations() && !(hasOthers && walkedLast)) {
      walkedLast = true;
      updates = pass(walk);
    } else {
      walkedLast = false;
      updates = hasChanges ? read(until(mayAnnounce)) : withdrawals();
    }
    return new Parcel(before, updates, end());
  }

  private void beginWalk() {
    if (walk == null && changed.isPresent()) {
      change(changed.get());
    }
    if (walk == null && refreshAsked) {
      refreshAsked = false;
      boolean marked = knowledge.terms().codec().enhancedRouteRefresh();
      walk = walk(marked ? Walk.Purpose.MARKED_REFRESH : Walk.Purpose.REFRESH);
    }
  }

  private List<Message> begin() {
    return walk != null && walk.begins() && walk.purpose() == Walk.Purpose.MARKED_REFRESH
        ? List.of(new RouteRefreshMessage(family(), RouteRefreshMessage.BORR))
        : NO_MARKS;
  }

  private List<Message> end() {
    Walk over = walk;
    if (over == null) {
      return NO_MARKS;
    }
    if (!over.hasDestinations()) {
      over.passed(log.next());
    }
    if (!over.isOver(cursor.stamp())) {
      return NO_MARKS;
    }
    walk = null;
    knowledge.changed();
    return switch (over.purpose()) {
      case INITIAL -> {
        complete = true;
        yield List.of(UpdateMessage.endOfRib(family()));
      }
      case MARKED_REFRESH -> List.of(new RouteRefreshMessage(family(), RouteRefreshMessage.EORR));
      case REFRESH, REFIT -> NO_MARKS;
    };
  }

  /** What has changed before that stamp. */
  private List<PackedUpdates> read(long until) {
    long stamp = cursor.stamp();
    UpdateGroup group = knowledge.group();
    Window window =
        group.window(
            stamp,
            known -> known.next() > stamp && known.next() <= until,
            () -> readWindow(group, stamp, until));
    cursor.moveTo(window.next());
    // What has changed again since the window was made stands further behind in the log.
    return knowledge.told(window, number -> log.stampOf(number) >= window.next(), true);
  }

  private Window readWindow(UpdateGroup group, long stamp, long until) {
    int[] numbers = log.read(stamp, until, WINDOW);
    return group.window(numbers, log.after(numbers, until, WINDOW));
  }

  /** What is there already. */
  private List<PackedUpdates> pass(Walk current) {
    int from = current.at();
    long now = log.next();
    UpdateGroup group = knowledge.group();
    // As a position it is negative, which no stamp is.
    Window window =
        group.window(
            -1L - from,
            known -> known.next() == now,
            () -> group.window(table.numbers(from, WINDOW), now));
    boolean last = window.size() < WINDOW;
    current.moveTo(last ? Integer.MAX_VALUE : window.number(WINDOW - 1) + 1);
    return knowledge.told(window, number -> log.stampOf(number) >= current.since(), false);
  }

  /** Only what has to be withdrawn of what has changed; the rest is read later. */
  private List<PackedUpdates> withdrawals() {
    if (!hasWithdrawals()) {
      return List.of();
    }
    int[] numbers = log.read(Math.max(withdrawnTo, cursor.stamp()), WINDOW);
    withdrawnTo = log.after(numbers, WINDOW);
    return knowledge.withdrawn(numbers);
  }

  /** Whether the peer shall know no path to the destination. */
  public boolean isUnwanted(Nlri destination) {
    int number = table.destinations().find(destination);
    return number == DestinationIndex.NONE || knowledge.isUnwanted(number);
  }

  /**
   * What the peer knows from us, in no order: that many paths at most. Of a destination that has
   * changed since, what it is going to know.
   */
  public void forEachKnown(int limit, BiConsumer<Nlri, Path> each) {
    knowledge.forEachKnown(limit, each);
  }

  /** All that the peer knows from us, for somebody who has not heard it. */
  public TableReading known() {
    return new KnownReading(table, knowledge);
  }
}
