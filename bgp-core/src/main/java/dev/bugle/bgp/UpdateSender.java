package dev.bugle.bgp;

import dev.bugle.bgp.rib.AdjRibOut;
import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.IdentifiedPath;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.Message;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way from the Adj-RIB-Out of an established session to its socket. It writes while the socket
 * takes it; what the peer is too slow to read waits in the Adj-RIB-Out, where newer state replaces
 * older, and not as bytes. Lives on the session's event loop.
 */
final class UpdateSender {

  private final Connection connection;
  private final List<AddressFamily> families;
  private final AdjRibOut table;
  private final Export export;
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private boolean loaded;
  private @Nullable ChannelFuture lastWrite;

  UpdateSender(Connection connection, Negotiated negotiated, Export export) {
    this.connection = connection;
    this.families = negotiated.families();
    this.table = new AdjRibOut(negotiated.families(), negotiated.codec());
    this.export = export;
  }

  /** The whole desired set, after which the peer gets End-of-RIB. */
  void load(List<LocalRib.Change> snapshot) {
    apply(snapshot);
    loaded = true;
    table.finishInitialUpdate();
    send();
  }

  /** What changed in the desired set. */
  void update(List<LocalRib.Change> changes) {
    apply(changes);
    send();
  }

  private void apply(List<LocalRib.Change> changes) {
    for (LocalRib.Change change : changes) {
      List<IdentifiedPath> paths = new ArrayList<>(change.candidates().size());
      for (LocalRib.Candidate candidate : change.candidates()) {
        export
            .apply(candidate.route())
            .ifPresent(path -> paths.add(new IdentifiedPath(candidate.pathIdentifier(), path)));
      }
      table.announce(change.prefix(), paths);
    }
  }

  /** Sends everything of this family again. */
  void refresh(AddressFamily family) {
    table.refresh(family);
    send();
  }

  /** Writes what is pending while the socket takes it. */
  void send() {
    if (!loaded) {
      return;
    }
    ChannelFuture last = null;
    while (connection.isWritable() && table.hasPending()) {
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
    if (!table.hasPending()) {
      completeWaiting();
    }
  }

  /** Completes the stage when everything that is desired now has been handed to the socket. */
  void whenFlushed(CompletableFuture<Void> flushed) {
    waiting.add(flushed);
    if (loaded && !table.hasPending()) {
      completeWaiting();
    }
  }

  private void completeWaiting() {
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
    waiting.forEach(flushed -> flushed.complete(null));
    waiting.clear();
  }

  /** What the peer knows from us now, and what it is still to be told. */
  void tell(SessionCounters counters) {
    families.forEach(family -> counters.advertised(family, table.size(family)));
    counters.pending(table.pendingSize());
  }
}
