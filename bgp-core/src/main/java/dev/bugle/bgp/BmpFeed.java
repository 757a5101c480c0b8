package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.PeerDown;
import dev.bugle.bgp.bmp.PeerUp;
import dev.bugle.bgp.bmp.RouteMonitoring;
import dev.bugle.bgp.bmp.Statistic;
import dev.bugle.bgp.bmp.StatisticsReport;
import dev.bugle.bgp.rib.AdjRibOut;
import dev.bugle.bgp.rib.IdentifiedPath;
import dev.bugle.bgp.session.Agreement;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.MessageType;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
 * <p>Messages go to the station as they come and go. One that connects while the session stands is
 * told what the peer knows from us; the peer is asked for its routes again (RFC 2918), since they
 * are kept nowhere as they came.
 */
final class BmpFeed {

  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;

  private final BmpStation station;
  private final SessionDriver driver;
  private final Map<Initiator, Bytes> opensSent = new EnumMap<>(Initiator.class);
  private final Map<Initiator, Bytes> opensReceived = new EnumMap<>(Initiator.class);
  private @Nullable Session session;
  private @Nullable BmpLink told;
  private long treatedAsWithdraw;

  /** The session that stands, and how it has ended, if it has. */
  private static final class Session {
    final Connection connection;
    final Negotiated negotiated;
    final BmpPeer peer;
    int reason = PeerDown.PEER_CLOSED;
    Bytes data = Bytes.EMPTY;

    Session(Connection connection, Negotiated negotiated, BmpPeer peer) {
      this.connection = connection;
      this.negotiated = negotiated;
      this.peer = peer;
    }

    void ended(int why, Bytes what) {
      reason = why;
      data = what;
    }
  }

  BmpFeed(BmpStation station, SessionDriver driver) {
    this.station = station;
    this.driver = driver;
  }

  /** The peer has sent this, which is handled next. */
  void received(Initiator initiator, Bytes message) {
    int type = message.octet(TYPE_AT);
    if (type == MessageType.OPEN.code()) {
      opensReceived.put(initiator, message);
    }
    Session current = session;
    if (current == null || initiator != current.connection.initiator()) {
      return;
    }
    if (type == MessageType.NOTIFICATION.code()) {
      current.ended(PeerDown.PEER_NOTIFIED, message);
    } else if (type == MessageType.UPDATE.code() && station.tells(BmpTable.ADJ_RIB_IN)) {
      monitor(current, 0, message);
    }
  }

  /** We have written this; the buffer is left as it is. */
  void sent(Initiator initiator, MessageType type, ByteBuf octets) {
    Session current = session;
    switch (type) {
      case OPEN -> opensSent.put(initiator, bytes(octets));
      case NOTIFICATION -> {
        if (current != null && initiator == current.connection.initiator()) {
          current.ended(PeerDown.WE_NOTIFIED, bytes(octets));
        }
      }
      case UPDATE -> {
        if (current != null && told != null && station.tells(BmpTable.ADJ_RIB_OUT)) {
          monitor(current, BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY, bytes(octets));
        }
      }
      case KEEPALIVE, ROUTE_REFRESH -> {}
    }
  }

  /** We have written these; the buffer is left as it is. */
  void sent(Initiator initiator, PackedUpdates updates) {
    Session current = session;
    if (current == null || told == null || !station.tells(BmpTable.ADJ_RIB_OUT)) {
      return;
    }
    ByteBuf octets = updates.bytes();
    int at = octets.readerIndex();
    while (at < octets.writerIndex()) {
      int length = octets.getUnsignedShort(at + LENGTH_AT);
      sent(initiator, MessageType.UPDATE, octets.slice(at, length));
      at += length;
    }
  }

  private static Bytes bytes(ByteBuf octets) {
    return Bytes.readAll(octets.slice());
  }

  private void monitor(Session current, int flags, Bytes update) {
    if (told != null) {
      told.send(new RouteMonitoring(current.peer.with(flags).at(Instant.now()), update));
    }
  }

  /** An UPDATE of the peer, read. */
  void received(UpdateMessage update) {
    if (update.isTreatAsWithdraw()) {
      treatedAsWithdraw++;
    }
  }

  /** The session stands; before a route is exchanged. */
  void up(Connection connection, Negotiated negotiated) {
    Optional<Endpoints> ends = connection.endpoints();
    if (ends.isEmpty()) {
      return; // the connection is gone, and the session is about to be
    }
    int flags = negotiated.codec().fourOctetAs() ? 0 : BmpPeer.TWO_OCTET_AS;
    IpAddress address = IpAddress.of(ends.get().remote().getAddress());
    BmpPeer peer =
        BmpPeer.global(
            flags,
            address,
            negotiated.peerAs(),
            negotiated.peerIdentifier(),
            BmpPeer.micros(Instant.now()));
    session = new Session(connection, negotiated, peer);
    station.add(this).ifPresent(link -> begin(link, true));
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
    Session current = session;
    if (current == null || told == link || link.isClosed()) {
      return;
    }
    Optional<Endpoints> ends = current.connection.endpoints();
    Bytes sent = opensSent.get(current.connection.initiator());
    Bytes received = opensReceived.get(current.connection.initiator());
    if (ends.isEmpty() || sent == null || received == null) {
      return; // about to end
    }
    told = link;
    IpAddress local = IpAddress.of(ends.get().local().getAddress());
    link.send(
        new PeerUp(
            current.peer,
            new PeerUp.Ends(local, ends.get().local().getPort(), ends.get().remote().getPort()),
            sent,
            received,
            List.of()));
    if (!fresh) {
      wholeState(current);
    }
  }

  private void wholeState(Session current) {
    if (station.tells(BmpTable.ADJ_RIB_OUT)) {
      tellKnown(current);
    } else {
      askAgain(current);
    }
  }

  private void askAgain(Session current) {
    if (station.tells(BmpTable.ADJ_RIB_IN) && current.negotiated.has(Agreement.ROUTE_REFRESH)) {
      for (AddressFamily family : current.negotiated.families()) {
        current.connection.send(new RouteRefreshMessage(family, RouteRefreshMessage.REQUEST));
      }
    }
  }

  /** In its place among the UPDATEs: those that the answer does not know come behind it. */
  private void tellKnown(Session current) {
    BmpLink link = told;
    CompletableFuture<List<AdvertisedRoute>> known = new CompletableFuture<>();
    known.thenAccept(
        routes -> {
          if (driver.loop().inEventLoop()) {
            tellKnown(current, link, routes);
          } else {
            soon(() -> tellKnown(current, link, routes));
          }
        });
    driver.advertised(Integer.MAX_VALUE, known);
  }

  private void tellKnown(Session current, @Nullable BmpLink link, List<AdvertisedRoute> routes) {
    if (session == current && told == link) {
      int flags = BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY;
      packed(current, routes).forEach(update -> monitor(current, flags, update));
      askAgain(current);
    }
  }

  /** What the peer knows from us, packed as if it were told now, with the End-of-RIB markers. */
  private static List<Bytes> packed(Session current, List<AdvertisedRoute> routes) {
    Map<Prefix, List<IdentifiedPath>> paths = new LinkedHashMap<>();
    for (AdvertisedRoute route : routes) {
      Nlri nlri = route.destination();
      long identifier = nlri instanceof PathNlri path ? path.pathIdentifier() : 1;
      Prefix prefix = (Prefix) (nlri instanceof PathNlri path ? path.nlri() : nlri);
      paths
          .computeIfAbsent(prefix, unused -> new ArrayList<>(1))
          .add(new IdentifiedPath(identifier, route.path()));
    }
    AdjRibOut table = new AdjRibOut(current.negotiated.families(), current.negotiated.codec());
    paths.forEach(table::announce);
    table.finishInitialUpdate();
    List<Bytes> updates = new ArrayList<>();
    for (Optional<Message> next = table.nextMessage();
        next.isPresent();
        next = table.nextMessage()) {
      ByteBuf octets = Unpooled.buffer();
      MessageCodec.encode(next.get(), octets, current.negotiated.codec());
      updates.add(Bytes.readAll(octets));
    }
    return updates;
  }

  /** The session is over, because the connection was lost, or for another reason. */
  void down(boolean connectionLost) {
    station.remove(this);
    Session over = session;
    if (over != null && over.data.isEmpty() && !connectionLost) {
      over.ended(PeerDown.WE_CLOSED, PeerDown.event(0)); // without a word
    }
    if (over != null && told != null) {
      told.send(new PeerDown(over.peer.at(Instant.now()), over.reason, over.data));
    }
    session = null;
    told = null;
  }

  /** From any thread: it is time for numbers. */
  void reportSoon(BmpLink link) {
    soon(() -> report(link));
  }

  private void report(BmpLink link) {
    Session current = session;
    if (current == null || told != link) {
      return;
    }
    List<Statistic> statistics = new ArrayList<>();
    statistics.add(Statistic.counter(Statistic.TREATED_AS_WITHDRAW, treatedAsWithdraw));
    Map<AddressFamily, FamilyCounts> families = driver.counters().familyCounts();
    long all = families.values().stream().mapToLong(FamilyCounts::advertised).sum();
    statistics.add(Statistic.gauge(Statistic.ADJ_RIB_OUT, all));
    for (AddressFamily family : current.negotiated.families()) {
      FamilyCounts counts = families.get(family);
      if (counts != null) {
        statistics.add(
            Statistic.gauge(Statistic.ADJ_RIB_OUT_OF_FAMILY, family, counts.advertised()));
      }
    }
    link.send(new StatisticsReport(current.peer.at(Instant.now()), statistics));
  }
}
