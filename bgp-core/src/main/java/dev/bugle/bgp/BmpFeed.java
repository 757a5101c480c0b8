package dev.bugle.bgp;

import static dev.bugle.bgp.BmpTable.ADJ_RIB_IN_POST_POLICY;
import static dev.bugle.bgp.BmpTable.ADJ_RIB_IN_PRE_POLICY;
import static dev.bugle.bgp.BmpTable.ADJ_RIB_OUT_POST_POLICY;
import static dev.bugle.bgp.BmpTable.ADJ_RIB_OUT_PRE_POLICY;

import dev.bugle.bgp.bmp.BmpMessage;
import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.PeerDown;
import dev.bugle.bgp.bmp.PeerUp;
import dev.bugle.bgp.bmp.Statistic;
import dev.bugle.bgp.bmp.StatisticsReport;
import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.session.Agreement;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.message.MessageType;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the station is told of one session (RFC 7854 §5). On the session's event loop, but for the
 * methods that say soon.
 *
 * <p>Messages go to the station as they come and go. Where there are routing tables, they go by
 * their thread, each behind the change that it makes, so that they stand in order with what {@link
 * BmpViews} tells out of the tables. Where there are none, the peer is asked for its routes again
 * (RFC 2918) for a station that connects while the session stands.
 */
final class BmpFeed {

  private static final int TYPE_AT = 18;
  private static final int POST_POLICY_OUT = BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY;

  private final BmpStation station;
  private final SpeakerConfig speaker;
  private final Optional<RoutingTables> tables;
  private final SessionDriver driver;
  private final Map<Initiator, Bytes> opensSent = new EnumMap<>(Initiator.class);
  private final Map<Initiator, Bytes> opensReceived = new EnumMap<>(Initiator.class);
  private @Nullable BmpSession session;
  private @Nullable BmpLink told;
  private @Nullable BmpViews views;
  private long treatedAsWithdraw;

  /** The UPDATE that is handled next; told when the tables are given it. */
  private @Nullable Bytes update;

  BmpFeed(BmpStation station, SpeakerEnvironment environment, SessionDriver driver) {
    this.station = station;
    this.speaker = environment.config();
    this.tables = environment.routingTables();
    this.driver = driver;
  }

  /** The peer has sent this, which is handled next. */
  void received(Initiator initiator, Bytes message) {
    int type = message.octet(TYPE_AT);
    if (type == MessageType.OPEN.code()) {
      opensReceived.put(initiator, message);
    }
    BmpSession current = session;
    if (current == null || initiator != current.connection().initiator()) {
      return;
    }
    if (type == MessageType.NOTIFICATION.code()) {
      current.ends(PeerDown.PEER_NOTIFIED, message);
    } else if (type == MessageType.UPDATE.code()) {
      update = message;
    }
  }

  /** An UPDATE of the peer, read, after the tables were given it. */
  void received(UpdateMessage read) {
    if (read.isTreatAsWithdraw()) {
      treatedAsWithdraw++;
    }
    Bytes octets = update;
    update = null;
    if (octets != null && station.tells(ADJ_RIB_IN_PRE_POLICY)) {
      monitor(0, octets);
    }
  }

  /** We have written this; the buffer is left as it is. */
  void sent(Initiator initiator, MessageType type, ByteBuf octets) {
    BmpSession current = session;
    switch (type) {
      case OPEN -> opensSent.put(initiator, bytes(octets));
      case NOTIFICATION -> {
        if (current != null && initiator == current.connection().initiator()) {
          current.ends(PeerDown.WE_NOTIFIED, bytes(octets));
        }
      }
      case UPDATE -> {
        if (told != null && station.tells(ADJ_RIB_OUT_POST_POLICY)) {
          monitor(POST_POLICY_OUT, bytes(octets));
        }
      }
      case KEEPALIVE, ROUTE_REFRESH -> {}
    }
  }

  /** We have written these; the buffer is left as it is. */
  void sent(Initiator initiator, PackedUpdates updates) {
    updates.forEach(octets -> sent(initiator, MessageType.UPDATE, octets));
  }

  private static Bytes bytes(ByteBuf octets) {
    return Bytes.readAll(octets.slice());
  }

  private void monitor(int flags, Bytes octets) {
    BmpLink link = told;
    if (session != null && link != null) {
      BmpViews older = views;
      BmpMessage message = session.monitoring(flags, octets);
      inOrder(
          () -> {
            if (older != null) { // else it would undo what follows it here
              older.finishPiece();
            }
            link.send(message);
          });
    }
  }

  private void send(BmpLink link, BmpMessage message) {
    inOrder(() -> link.send(message));
  }

  /** Behind what the tables were given before, and in front of what they are given then. */
  private void inOrder(Runnable task) {
    tables.ifPresentOrElse(all -> all.execute(task), task);
  }

  /** The session stands; before a route is exchanged, and after its feeds have begun. */
  void up(Connection connection, Negotiated negotiated) {
    session = BmpSession.of(connection, negotiated).orElse(null); // or else it is about to end
    if (session != null) {
      station.add(this).ifPresent(link -> begin(link, true));
    }
  }

  /** From any thread: there is a station, which knows nothing yet. */
  void beginSoon(BmpLink link) {
    soon(() -> begin(link, false));
  }

  private void soon(Runnable task) {
    try {
      driver.loop().execute(task);
    } catch (RejectedExecutionException ended) {
      told = null;
    }
  }

  private void begin(BmpLink link, boolean fresh) {
    BmpSession current = session;
    if (current == null || told == link || link.isClosed()) {
      return;
    }
    Optional<Endpoints> ends = current.connection().endpoints();
    Bytes sent = opensSent.get(current.connection().initiator());
    Bytes received = opensReceived.get(current.connection().initiator());
    if (ends.isEmpty() || sent == null || received == null) {
      return; // about to end
    }
    endViews();
    told = link;
    IpAddress local = IpAddress.of(ends.get().local().getAddress());
    PeerUp.Ends ports =
        new PeerUp.Ends(local, ends.get().local().getPort(), ends.get().remote().getPort());
    send(link, new PeerUp(current.peer(), ports, sent, received, List.of()));
    if (tables.isPresent()) {
      beginViews(tables.get(), link, current, fresh);
    } else if (!fresh) {
      wholeState(current);
    }
  }

  /** What the session has said already, and what is not said on it. */
  private void beginViews(RoutingTables all, BmpLink link, BmpSession current, boolean fresh) {
    Optional<PathSource> from = driver.learned().flatMap(LearnedFeed::source);
    if (from.isEmpty()) {
      return;
    }
    PathSource source = from.get();
    BmpViews begun = new BmpViews(all, link, current);
    List<AddressFamily> families = current.negotiated().families();
    if (station.tells(ADJ_RIB_IN_PRE_POLICY) && !fresh) {
      all.execute(() -> families.forEach(family -> begun.addReceived(family, source)));
    }
    if (station.tells(ADJ_RIB_IN_POST_POLICY)) {
      all.execute(() -> families.forEach(family -> begun.addAccepted(family, source)));
    }
    if (station.tells(ADJ_RIB_OUT_PRE_POLICY)) {
      SessionTerms terms = unfiltered(current);
      all.execute(() -> begun.addUnfiltered(terms, source));
    }
    if (station.tells(ADJ_RIB_OUT_POST_POLICY) && !fresh) {
      driver
          .delivery()
          .ifPresent(
              told ->
                  all.execute(
                      () ->
                          families.forEach(
                              family -> told.known(family).ifPresent(begun::addKnown))));
    }
    all.execute(() -> all.join(begun));
    views = begun;
  }

  private SessionTerms unfiltered(BmpSession of) {
    return SessionTerms.unfiltered(speaker, driver.config(), of.connection(), of.negotiated());
  }

  private void endViews() {
    BmpViews over = views;
    views = null;
    if (over != null) {
      inOrder(over::end);
    }
  }

  /** The peer is told otherwise from now on. */
  void refit() {
    BmpViews current = views;
    if (session != null && current != null && station.tells(ADJ_RIB_OUT_PRE_POLICY)) {
      SessionTerms terms = unfiltered(session);
      inOrder(() -> current.refit(terms));
    }
  }

  /** Without routing tables. */
  private void wholeState(BmpSession current) {
    if (!station.tells(ADJ_RIB_OUT_POST_POLICY)) {
      askAgain(current);
      return;
    }
    BmpLink link = told;
    CompletableFuture<List<AdvertisedRoute>> known = new CompletableFuture<>();
    known.thenAccept(
        routes -> {
          if (session == current && told == link) {
            BmpAdjRibOut.packed(current.negotiated(), routes)
                .forEach(octets -> monitor(POST_POLICY_OUT, octets));
            askAgain(current);
          }
        });
    driver.advertised(Integer.MAX_VALUE, known);
  }

  private void askAgain(BmpSession current) {
    if (station.tells(ADJ_RIB_IN_PRE_POLICY) && current.negotiated().has(Agreement.ROUTE_REFRESH)) {
      for (AddressFamily family : current.negotiated().families()) {
        current.connection().send(new RouteRefreshMessage(family, RouteRefreshMessage.REQUEST));
      }
    }
  }

  /** The session is over, because the connection was lost, or for another reason. */
  void down(boolean connectionLost) {
    station.remove(this);
    endViews();
    if (session != null && told != null) {
      send(told, session.ending(connectionLost));
    }
    session = null;
    told = null;
    update = null;
  }

  /** From any thread: it is time for numbers. */
  void reportSoon(BmpLink link) {
    soon(() -> report(link));
  }

  private void report(BmpLink link) {
    BmpSession current = session;
    if (current == null || told != link) {
      return;
    }
    List<Statistic> statistics = new ArrayList<>();
    statistics.add(Statistic.counter(Statistic.TREATED_AS_WITHDRAW, treatedAsWithdraw));
    Map<AddressFamily, FamilyCounts> counts = driver.counters().familyCounts();
    long all = counts.values().stream().mapToLong(FamilyCounts::advertised).sum();
    statistics.add(Statistic.gauge(Statistic.ADJ_RIB_OUT, all));
    for (AddressFamily family : current.negotiated().families()) {
      FamilyCounts some = counts.get(family);
      if (some != null) {
        statistics.add(Statistic.gauge(Statistic.ADJ_RIB_OUT_OF_FAMILY, family, some.advertised()));
      }
    }
    Map<AddressFamily, PathPool> received =
        driver.learned().map(LearnedFeed::pools).orElse(Map.of());
    inOrder(
        () -> {
          received(received, statistics);
          link.send(new StatisticsReport(current.now(), statistics));
        });
  }

  /** On the thread of the tables, where there are any. */
  private static void received(Map<AddressFamily, PathPool> received, List<Statistic> statistics) {
    if (!received.isEmpty()) {
      long all = received.values().stream().mapToLong(PathPool::uses).sum();
      statistics.add(Statistic.gauge(Statistic.ADJ_RIB_IN, all));
      received.forEach(
          (family, pool) ->
              statistics.add(Statistic.gauge(Statistic.ADJ_RIB_IN_OF_FAMILY, family, pool.uses())));
    }
  }
}
