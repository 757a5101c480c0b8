package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.table.Parcel;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.PackedUpdates;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the peer of one session is told where the speaker has routing tables: their best paths, our
 * own announcements among them. Everything is found and written down by the thread of the tables
 * ({@link Delivery}); here it is only handed to the socket, so that nothing of it ever delays the
 * session.
 */
final class TableFeed implements OutboundRoutes {

  private final SpeakerConfig speaker;
  private final RoutingTables tables;
  private final SessionDriver driver;
  private final LearnedFeed learned;
  private @Nullable Session session;

  TableFeed(
      SpeakerConfig speaker, RoutingTables tables, SessionDriver driver, LearnedFeed learned) {
    this.speaker = speaker;
    this.tables = tables;
    this.driver = driver;
    this.learned = learned;
  }

  /** What belongs to one session while it stands. */
  private static final class Session {
    final Connection connection;
    final Negotiated negotiated;
    final AdvertisementInterval interval;
    final Delivery delivery;

    /** Those who wait until the socket has something. */
    final Set<CompletableFuture<Void>> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Families of which the delivery has not seen yet that they are asked for; of any thread. */
    final Set<AddressFamily> refreshAsked = ConcurrentHashMap.newKeySet();

    @Nullable ChannelFuture lastWrite;

    Session(
        Connection connection,
        Negotiated negotiated,
        AdvertisementInterval interval,
        Delivery delivery) {
      this.connection = connection;
      this.negotiated = negotiated;
      this.interval = interval;
      this.delivery = delivery;
    }
  }

  @Override
  public void begin(Connection connection, Negotiated negotiated, PeerConfig config) {
    PathSource source = learned.source().orElseThrow(); // begins before
    SessionTerms terms = SessionTerms.of(speaker, config, connection, negotiated);
    EventLoop loop = driver.loop();
    Delivery delivery =
        new Delivery(
            tables,
            batch -> onLoop(loop, batch),
            unforeseen -> failedSoon(loop, connection, unforeseen));
    AdvertisementInterval interval =
        new AdvertisementInterval(
            loop,
            config.export().minimumRouteAdvertisementInterval(),
            () -> tables.execute(delivery::goOn));
    session = new Session(connection, negotiated, interval, delivery);
    boolean holds = interval.isSet();
    tables.execute(() -> delivery.begin(terms, source, holds));
  }

  /** On the thread of the tables. */
  private void onLoop(EventLoop loop, Delivery.Batch batch) {
    try {
      loop.execute(() -> deliver(batch));
    } catch (RejectedExecutionException ended) {
      release(batch);
    }
  }

  private void failedSoon(EventLoop loop, Connection of, Throwable unforeseen) {
    try {
      loop.execute(() -> failed(of, unforeseen));
    } catch (RejectedExecutionException ended) {
      // The speaker ends, and with it the session.
    }
  }

  /** What the peer knows is not what the tables say: the session begins anew. */
  private void failed(Connection of, Throwable unforeseen) {
    if (session != null && session.connection == of) {
      driver.failed(unforeseen);
    }
  }

  private static void release(Delivery.Batch batch) {
    batch.parcels().values().forEach(parcel -> parcel.updates().forEach(PackedUpdates::release));
  }

  private void deliver(Delivery.Batch batch) {
    Session current = session;
    if (current == null || current.delivery != batch.from()) {
      release(batch);
      return;
    }
    try {
      tell(batch); // first: who hears of it from the peer finds it in the status
      write(current, batch);
      complete(current, batch.told());
    } catch (RuntimeException unforeseen) {
      driver.failed(unforeseen);
    }
  }

  private void write(Session current, Delivery.Batch batch) {
    Connection connection = current.connection;
    ChannelFuture last = null;
    for (var entry : batch.parcels().entrySet()) {
      Parcel parcel = entry.getValue();
      for (Message mark : parcel.before()) {
        last = connection.write(mark);
      }
      for (PackedUpdates updates : parcel.updates()) {
        last = connection.write(entry.getKey(), updates);
        connection.tellWhenSent(last);
      }
      for (Message mark : parcel.after()) {
        last = connection.write(mark);
      }
    }
    if (batch.beginsInterval()) {
      current.interval.begin();
    }
    if (last == null) {
      return;
    }
    current.lastWrite = last;
    connection.tellWhenSent(last);
    int octets = batch.octets();
    last.addListener(
        written -> {
          if (written.isSuccess()) {
            tables.execute(() -> batch.from().written(octets));
          }
        });
    connection.flush();
  }

  private void tell(Delivery.Batch batch) {
    SessionCounters counters = driver.counters();
    batch.sizes().forEach(counters::advertised);
    counters.pending(batch.pending());
    counters.synchronised(batch.synchronised());
  }

  /** Who is told so finds it in the status. */
  @SuppressWarnings("CollectionUndefinedEquality") // it is identity that is meant
  private static void complete(Session current, List<CompletableFuture<Void>> told) {
    if (told.isEmpty()) {
      return;
    }
    told.forEach(current.waiting::remove);
    if (current.lastWrite == null) {
      told.forEach(flushed -> flushed.complete(null));
    } else { // a write that fails ends the session, and with it the wait
      current.lastWrite.addListener(written -> told.forEach(flushed -> flushed.complete(null)));
    }
  }

  @Override
  public void end() {
    Session over = session;
    session = null;
    if (over != null) {
      over.interval.stop();
      over.waiting.forEach(flushed -> flushed.complete(null));
      over.waiting.clear();
      tables.execute(over.delivery::end);
    }
  }

  @Override
  public void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    Session current = session;
    if (current == null) {
      flushed.complete(null);
      return;
    }
    current.waiting.add(flushed);
    tables.execute(() -> current.delivery.await(changes, flushed));
  }

  @Override
  public void refit(
      PeerConfig config, List<LocalRib.Change> snapshot, CompletableFuture<Void> flushed) {
    Session current = session;
    if (current == null) {
      flushed.complete(null);
      return;
    }
    SessionTerms terms = SessionTerms.of(speaker, config, current.connection, current.negotiated);
    current.interval.change(config.export().minimumRouteAdvertisementInterval());
    boolean holds = current.interval.isSet();
    boolean running = current.interval.isRunning();
    current.waiting.add(flushed);
    tables.execute(() -> current.delivery.refit(terms, holds, running, flushed));
  }

  @Override
  public void advertised(int limit, CompletableFuture<List<AdvertisedRoute>> known) {
    Session current = session;
    if (current == null) {
      known.complete(List.of());
    } else {
      tables.execute(() -> known.complete(current.delivery.advertised(limit)));
    }
  }

  @Override
  public Optional<Delivery> delivery() {
    return Optional.ofNullable(session).map(current -> current.delivery);
  }

  @Override
  public void refresh(AddressFamily family) {
    Session current = session;
    if (current != null && current.refreshAsked.add(family)) {
      tables.execute(
          () -> {
            current.refreshAsked.remove(family);
            current.delivery.refresh(family);
          });
    }
  }

  @Override
  public void send() {
    // The thread of the tables goes on when what it has handed over is written.
  }
}
