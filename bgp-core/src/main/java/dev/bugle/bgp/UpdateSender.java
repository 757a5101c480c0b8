package dev.bugle.bgp;

import dev.bugle.bgp.rib.AdjRibOut;
import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.IdentifiedPath;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.Message;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way from the Adj-RIB-Out of an established session to its socket. It writes while the socket
 * takes it; what the peer is too slow to read waits in the Adj-RIB-Out, where newer state replaces
 * older, and not as bytes. So do announcements while the minimum route advertisement interval runs;
 * withdrawals do not wait for that. Lives on the session's event loop.
 */
final class UpdateSender {

  private final Connection connection;
  private final Negotiated negotiated;
  private final AdjRibOut table;
  private final AdvertisementInterval interval;

  /** Those who wait until the socket has all that is desired. */
  private final List<CompletableFuture<Void>> waitingForAll = new ArrayList<>();

  /** Those who wait for withdrawals only, which no announcement may delay. */
  private final List<CompletableFuture<Void>> waitingForWithdrawals = new ArrayList<>();

  private Export export;
  private boolean loaded;

  /** Whether announcements have been written since the interval ran out. */
  private boolean announced;

  private @Nullable ChannelFuture lastWrite;

  /** One that writes when it is asked to, as also by {@code interval} when that has run out. */
  UpdateSender(
      Connection connection, Negotiated negotiated, Export export, AdvertisementInterval interval) {
    this.connection = connection;
    this.negotiated = negotiated;
    this.table = new AdjRibOut(negotiated.families(), negotiated.codec());
    this.export = export;
    this.interval = interval;
  }

  Connection connection() {
    return connection;
  }

  Negotiated negotiated() {
    return negotiated;
  }

  /** The whole desired set, after which the peer gets End-of-RIB. */
  void load(List<LocalRib.Change> snapshot) {
    apply(snapshot);
    loaded = true;
    table.finishInitialUpdate();
    send();
  }

  /**
   * What changed in the desired set. The stage completes when the socket has it, or the session is
   * over; without changes, when it has everything that is desired now.
   */
  void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    waitingForAll.add(flushed); // first: whatever happens here, the end of the session completes it
    boolean announces = apply(changes);
    if (!announces && !changes.isEmpty()) {
      waitingForAll.remove(waitingForAll.size() - 1);
      waitingForWithdrawals.add(flushed);
    }
    send();
  }

  /** How routes are told from now on; {@link #update} with all of them tells what differs. */
  void export(Export changed, Duration minimumInterval) {
    export = changed;
    interval.change(minimumInterval);
  }

  /** Returns whether the peer is to know a path of any of the destinations. */
  private boolean apply(List<LocalRib.Change> changes) {
    boolean announces = false;
    for (LocalRib.Change change : changes) {
      List<IdentifiedPath> paths = new ArrayList<>(change.candidates().size());
      for (LocalRib.Candidate candidate : change.candidates()) {
        export
            .apply(candidate)
            .ifPresent(path -> paths.add(new IdentifiedPath(candidate.pathIdentifier(), path)));
      }
      table.announce(change.prefix(), paths);
      announces |= !paths.isEmpty();
    }
    return announces;
  }

  /** The next {@link #send} sends everything of this family again. */
  void refresh(AddressFamily family) {
    table.refresh(family);
  }

  /** Writes what is pending while the socket takes it. */
  void send() {
    if (!loaded) {
      return;
    }
    ChannelFuture last = null;
    while (connection.isWritable() && maySend()) {
      announced |= table.hasAnnouncements() && !table.hasWithdrawals();
      Optional<Message> message = table.nextMessage();
      if (message.isPresent()) {
        last = connection.write(message.get());
      }
    }
    if (last != null) {
      lastWrite = last;
      connection.tellWhenSent(last);
    }
    connection.flush();
    if (announced && !table.hasPending()) {
      announced = false;
      interval.begin();
    }
  }

  /**
   * Deviates from RFC 4271 §9.2.1.1: withdrawals do not wait, since a route that is gone attracts
   * traffic.
   */
  private boolean maySend() {
    return interval.isRunning() ? table.hasWithdrawals() : table.hasPending();
  }

  /**
   * Tells those who wait for what the socket has by now. Does not look at each: of a peer that does
   * not read there may be very many.
   */
  void completeWaiting() {
    if (!loaded) {
      return;
    }
    if (!table.hasWithdrawals()) {
      complete(waitingForWithdrawals);
    }
    if (!table.hasPending()) {
      complete(waitingForAll);
    }
  }

  private void complete(List<CompletableFuture<Void>> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    List<CompletableFuture<Void>> ready = List.copyOf(waiting);
    waiting.clear();
    if (lastWrite == null) {
      ready.forEach(flushed -> flushed.complete(null));
    } else { // a write that fails ends the session, and with it the wait
      lastWrite.addListener(written -> ready.forEach(flushed -> flushed.complete(null)));
    }
  }

  /** The session is over: nobody waits for it any more. */
  void end() {
    interval.stop();
    waitingForAll.forEach(flushed -> flushed.complete(null));
    waitingForAll.clear();
    waitingForWithdrawals.forEach(flushed -> flushed.complete(null));
    waitingForWithdrawals.clear();
  }

  /** What the peer knows from us now, in no order; that many paths at most. */
  List<AdvertisedRoute> advertised(int limit) {
    return table.sent(limit).entrySet().stream()
        .map(one -> new AdvertisedRoute(one.getKey(), one.getValue()))
        .toList();
  }

  /** What the peer knows from us now, and what it is still to be told. */
  void tell(SessionCounters counters) {
    counters.synchronised(loaded && table.isInitialUpdateSent());
    negotiated.families().forEach(family -> counters.advertised(family, table.size(family)));
    counters.pending(table.pendingSize());
  }
}
