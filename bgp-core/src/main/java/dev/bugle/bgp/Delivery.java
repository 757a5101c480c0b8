package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.table.Parcel;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.Recipient;
import dev.bugle.bgp.rib.table.TableReading;
import dev.bugle.bgp.wire.AddressFamily;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What one session is told of the routing tables, as far as its socket takes it. On the thread of
 * the tables; what is to be sent goes to the session's event loop, and no more of it than a bound,
 * until that is written. The rest is not written down anywhere: it is what the table is then.
 */
final class Delivery implements TableFollower {

  /** How many octets may be on the event loop and in the socket's queue. */
  private static final int CREDIT = 1 << 20;

  /** How many pieces of a batch are told in one go, so that others do not wait for long. */
  private static final int BATCH_PIECES = 16;

  private final RoutingTables tables;
  private final Consumer<Batch> loop;
  private final Consumer<Throwable> failure;
  private final Map<AddressFamily, Recipient> recipients = new LinkedHashMap<>();

  /** Those who wait for all that is desired, and for withdrawals only, which nothing may delay. */
  private final Queue<Waiting> waitingForAll = new ArrayDeque<>();

  private final Queue<Waiting> waitingForWithdrawals = new ArrayDeque<>();
  private int outstanding;
  private boolean over;

  /**
   * Whether there is a minimum route advertisement interval; whether it runs; and what begins it.
   */
  private boolean hasInterval;

  private boolean holding;
  private boolean announced;

  /** Whether a part of what is told is a batch, which the interval follows. */
  private boolean batch;

  private int toldPending;
  private boolean toldSynchronised;

  /**
   * For the event loop.
   *
   * @param parcels by family, what to send, in this order
   * @param octets of all of them, which count until {@link Delivery#written}
   * @param beginsInterval whether the minimum route advertisement interval begins with it
   * @param sizes how many paths the peer knows then, by family
   * @param pending about how many destinations are still to be looked at then
   * @param synchronised whether the peer was told all at once, and that this was all
   * @param told who may hear, once it is written, that all that he waits for is
   */
  record Batch(
      Delivery from,
      Map<AddressFamily, Parcel> parcels,
      int octets,
      boolean beginsInterval,
      Map<AddressFamily, Integer> sizes,
      int pending,
      boolean synchronised,
      List<CompletableFuture<Void>> told) {}

  /**
   * Somebody who waits.
   *
   * @param marks what must have been told, by family
   * @param all whether also what was there before any change must have been told
   */
  private record Waiting(Map<Recipient, Long> marks, boolean all, CompletableFuture<Void> flushed) {

    boolean isTold() {
      return marks.entrySet().stream()
          .allMatch(
              one -> one.getKey().hasTold(one.getValue()) && (!all || one.getKey().hasWalked()));
    }

    boolean isWithdrawn() {
      return marks.entrySet().stream().allMatch(one -> one.getKey().hasWithdrawn(one.getValue()));
    }
  }

  /**
   * One that tells nothing yet.
   *
   * @param loop takes what goes to the session's event loop, in order
   * @param failure takes what nobody foresaw, after which the peer is told nothing more
   */
  Delivery(RoutingTables tables, Consumer<Batch> loop, Consumer<Throwable> failure) {
    this.tables = tables;
    this.loop = loop;
    this.failure = failure;
  }

  /** The session has begun. */
  void begin(SessionTerms terms, PathSource source, boolean interval) {
    hasInterval = interval;
    terms
        .families()
        .forEach(
            (family, one) ->
                recipients.put(family, tables.of(family).dissemination().join(one, source)));
    tables.join(this);
  }

  /** The session is over. */
  @Override
  public void end() {
    if (!over) {
      over = true;
      tables.leave(this);
      recipients.values().forEach(Recipient::leave);
    }
  }

  /** So much of what was handed over is written. */
  void written(int octets) {
    outstanding -= octets;
  }

  /** The minimum route advertisement interval has run out. */
  void goOn() {
    holding = false;
  }

  /** The peer wants the routes of a family again. */
  void refresh(AddressFamily family) {
    Recipient recipient = recipients.get(family);
    if (recipient != null && !over) {
      recipient.refresh();
    }
  }

  /** Somebody waits until what has changed is told; without changes, until everything is. */
  void await(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    if (over) {
      return;
    }
    Map<Recipient, Long> marks = new LinkedHashMap<>();
    boolean withdraws = !changes.isEmpty();
    for (LocalRib.Change change : changes) {
      Recipient recipient = recipients.get(change.prefix().family());
      if (recipient != null) {
        marks.put(recipient, recipient.mark());
        withdraws &= recipient.isUnwanted(change.prefix());
      }
    }
    if (changes.isEmpty()) {
      recipients.values().forEach(recipient -> marks.put(recipient, recipient.mark()));
    }
    Waiting waiting = new Waiting(marks, changes.isEmpty(), flushed);
    (withdraws ? waitingForWithdrawals : waitingForAll).add(waiting);
  }

  /** The peer is told on other terms, and hears what differs. */
  void refit(
      SessionTerms terms, boolean interval, boolean running, CompletableFuture<Void> flushed) {
    if (over) {
      return;
    }
    hasInterval = interval;
    holding &= running;
    if (!interval) {
      endBatch();
    }
    terms
        .families()
        .forEach(
            (family, one) -> {
              Recipient recipient = recipients.get(family);
              if (recipient != null) {
                recipient.refit(one);
              }
            });
    await(List.of(), flushed);
  }

  /** What the peer knows from us, in no order; that many paths at most. */
  List<AdvertisedRoute> advertised(int limit) {
    List<AdvertisedRoute> known = new ArrayList<>();
    if (!over) {
      recipients
          .values()
          .forEach(
              recipient ->
                  recipient.forEachKnown(
                      limit - known.size(),
                      (nlri, path) -> known.add(new AdvertisedRoute(nlri, path))));
    }
    return known;
  }

  /** All that the peer knows from us of a family, for somebody who has not heard it. */
  Optional<TableReading> known(AddressFamily family) {
    return over
        ? Optional.empty()
        : Optional.ofNullable(recipients.get(family)).map(Recipient::known);
  }

  private boolean hasNext() {
    if (outstanding >= CREDIT) {
      return false;
    }
    for (Recipient recipient : recipients.values()) {
      if (hasNext(recipient)) {
        return true;
      }
    }
    return false;
  }

  /** What is best is told only once it was selected (RFC 4724 §4.1). */
  private boolean hasNext(Recipient recipient) {
    return recipient.hasNext(!holding) && tables.selection().hasBegun(recipient.family());
  }

  /**
   * Hands over a piece of what there is to tell, or several of a batch, since what changes before
   * it is told has to wait for the next one; returns whether there is more that may go now.
   */
  @Override
  public boolean step() {
    boolean more = piece();
    for (int i = 1; i < BATCH_PIECES && batch && more; i++) {
      more = piece();
    }
    return more;
  }

  private boolean piece() {
    Map<AddressFamily, Parcel> parcels = new LinkedHashMap<>();
    int octets = 0;
    if (hasNext()) {
      beginBatch();
      for (Recipient recipient : recipients.values()) {
        if (hasNext(recipient)) {
          Parcel parcel = recipient.next(!holding);
          if (!parcel.isEmpty()) {
            parcels.put(recipient.family(), parcel);
            octets += parcel.octets();
          }
        }
      }
    }
    announced |= parcels.values().stream().anyMatch(Parcel::announces);
    boolean begins = batch && hasToldBatch();
    if (begins) {
      endBatch();
      begins = announced;
      holding = announced;
    }
    handOver(parcels, octets, begins);
    return hasNext();
  }

  private boolean hasToldBatch() {
    for (Recipient recipient : recipients.values()) {
      if (!recipient.hasToldBatch() && tables.selection().hasBegun(recipient.family())) {
        return false;
      }
    }
    return true;
  }

  /**
   * What there is to tell now is told, then the interval begins, however much changes meanwhile.
   */
  private void beginBatch() {
    if (hasInterval && !holding && !batch) {
      batch = true;
      announced = false;
      recipients.values().forEach(Recipient::beginBatch);
    }
  }

  private void endBatch() {
    batch = false;
    recipients.values().forEach(Recipient::endBatch);
  }

  private void handOver(Map<AddressFamily, Parcel> parcels, int octets, boolean beginsInterval) {
    List<CompletableFuture<Void>> told = told();
    int pending = 0;
    boolean synchronised = true;
    for (Recipient recipient : recipients.values()) {
      pending += recipient.pending();
      synchronised &= recipient.isComplete();
    }
    if (parcels.isEmpty()
        && told.isEmpty()
        && !beginsInterval
        && pending == toldPending
        && synchronised == toldSynchronised) {
      return;
    }
    toldPending = pending;
    toldSynchronised = synchronised;
    outstanding += octets;
    Map<AddressFamily, Integer> sizes = new LinkedHashMap<>();
    recipients.forEach((family, recipient) -> sizes.put(family, recipient.size()));
    loop.accept(
        new Batch(this, parcels, octets, beginsInterval, sizes, pending, synchronised, told));
  }

  @Override
  public void failed(Throwable unforeseen) {
    end();
    failure.accept(unforeseen);
  }

  @Override
  public String toString() {
    return "a session";
  }

  /** Does not look at each: for a peer that does not read there may be very many. */
  private List<CompletableFuture<Void>> told() {
    List<CompletableFuture<Void>> told = new ArrayList<>();
    while (!waitingForAll.isEmpty() && waitingForAll.element().isTold()) {
      told.add(waitingForAll.remove().flushed());
    }
    while (!waitingForWithdrawals.isEmpty() && waitingForWithdrawals.element().isWithdrawn()) {
      told.add(waitingForWithdrawals.remove().flushed());
    }
    return told;
  }
}
