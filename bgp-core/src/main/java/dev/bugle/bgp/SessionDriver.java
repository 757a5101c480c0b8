package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionFsm;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.session.Timer;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The driver of one peer's {@link SessionFsm}: feeds it events through a queue and carries its
 * actions out. Everything but the methods marked so runs on the session's event loop; {@link
 * PeerSession} is the way there from other threads.
 */
final class SessionDriver {

  private static final Logger log = LoggerFactory.getLogger(SessionDriver.class);

  /** After that long it is looked whether a peer that was not read is silent. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final PeerProtection protection;
  private final Notifier notifier;
  private final Level attempts;
  private final EventLoop loop;
  private final SessionTimers timers;
  private final StatusBoard board;
  private final Queue<Event> events = new ArrayDeque<>();
  private final SessionConnections connections;
  private final OutboundRoutes routes;
  private final Optional<LearnedFeed> learned;
  private final Optional<BmpFeed> monitor;
  private final Repetitions refusals = new Repetitions();
  private volatile PeerConfig config; // written on the event loop

  /** The router that a peer that is an interface has been found to be; written on the loop. */
  private volatile Optional<Ipv6Address> neighbour = Optional.empty();

  private SessionFsm fsm;
  private boolean running;
  private boolean wasEstablished;
  private boolean handling;
  private boolean recovering;

  /** Whether what is handled now is the loss of a connection. */
  private boolean connectionLost;

  /** What is logged of a session that is not established has the level of attempts. */
  SessionDriver(
      SpeakerEnvironment environment,
      PeerProtection protection,
      Notifier notifier,
      Level attempts) {
    this.protection = protection;
    this.notifier = notifier;
    this.attempts = attempts;
    this.config = protection.config();
    this.loop = environment.eventLoops().next();
    this.board = new StatusBoard(config);
    this.timers = new SessionTimers(loop, this::expired);
    this.connections = new SessionConnections(this, environment, protection);
    this.learned =
        environment
            .routingTables()
            .map(tables -> new LearnedFeed(tables, environment.config(), this));
    this.monitor = environment.station().map(station -> new BmpFeed(station, environment, this));
    this.routes =
        learned
            .<OutboundRoutes>map(
                feed ->
                    new TableFeed(
                        environment.config(),
                        environment.routingTables().orElseThrow(),
                        this,
                        feed))
            .orElseGet(() -> new RouteFeed(environment, this, loop));
    SessionConfig sessionConfig = sessionConfig(environment.config(), config);
    this.fsm = new SessionFsm(sessionConfig);
    notifier.configured(toString(), sessionConfig);
  }

  static SessionConfig sessionConfig(SpeakerConfig speaker, PeerConfig peer) {
    PeerStanding standing = peer.standing(speaker);
    PeerKind unused = standing.kind(); // which has the parts checked against each other
    return new SessionConfig(
        new SessionConfig.Local(standing.localAs(), speaker.routerId(), speaker.restarting()),
        standing.remoteAs(),
        peer.session(),
        speaker.codecs());
  }

  /** From any thread. */
  EventLoop loop() {
    return loop;
  }

  /** From any thread. */
  StatusBoard board() {
    return board;
  }

  SessionCounters counters() {
    return board.counters();
  }

  /** From here on the first listener hears what happens. */
  void begin() {
    notifier.begin(board.status());
  }

  void start() {
    begin();
    handle(new Event.Start());
  }

  /** The router behind the interface, with which the session begins. */
  void found(Ipv6Address router) {
    if (neighbour.equals(Optional.of(router))) {
      return;
    }
    if (fsm.state() == SessionState.ESTABLISHED) {
      otherRouter(router);
      return;
    }
    log.info("peer {}: found the router {}", this, router);
    neighbour = Optional.of(router);
    handle(new Event.Start());
  }

  private void otherRouter(Ipv6Address router) {
    long times = refusals.happened(router, System.nanoTime());
    if (times > 0) {
      log.warn(
          "peer {}: there is another router, {}, behind it; the session with {} stays while it"
              + " stands, and if both are to be peers, configure each by its address",
          this,
          router,
          neighbour.map(Ipv6Address::toString).orElse("a router"));
    }
  }

  /** There is no router behind the interface. */
  void missing(String why) {
    String cause = "waiting for a router on " + config.peerAddress() + ": " + why;
    if (neighbour.isEmpty() && !cause.equals(board.cause())) {
      causeChanged(cause);
    }
  }

  /** From any thread: whether this is the router that was found behind the interface. */
  boolean isWith(IpAddress router) {
    return neighbour.filter(router::equals).isPresent();
  }

  /** What changed in the desired set; the stage is completed as {@link UpdateSender} says. */
  void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    routes.update(changes, flushed);
  }

  /** Completes with what the peer knows from us now, in no order; that many paths at most. */
  void advertised(int limit, CompletableFuture<List<AdvertisedRoute>> known) {
    routes.advertised(limit, known);
  }

  /** What is told of the routing tables. */
  Optional<Delivery> delivery() {
    return routes.delivery();
  }

  /** What is learned, where that is kept. */
  Optional<LearnedFeed> learned() {
    return learned;
  }

  /** How the peer is configured by now. */
  PeerConfig config() {
    return config;
  }

  /** The session goes on with this configuration, or begins anew. */
  void configure(
      PeerConfig changed,
      SessionConfig checked,
      List<LocalRib.Change> snapshot,
      CompletableFuture<Void> flushed) {
    PeerConfig before = config;
    config = changed;
    board.configured(changed);
    if (changed.keepsSessionOf(before)) {
      handle(new Event.ConnectRetryChanged(changed.session().times().connectRetry()));
      learned.ifPresent(feed -> feed.refit(changed));
      routes.refit(changed, snapshot, flushed);
      monitor.ifPresent(BmpFeed::refit);
    } else {
      beginAnew(checked);
      flushed.complete(null);
    }
  }

  /** What the two ends agreed on, or the transport, is to be another one: another machine. */
  private void beginAnew(SessionConfig changed) {
    boolean shallRun = running;
    handle(new Event.Stop(BgpError.OTHER_CONFIGURATION_CHANGE));
    notifier.machineReplaced();
    fsm = new SessionFsm(wasEstablished ? changed.notRestarting() : changed);
    PathStatus path = board.status().path();
    if (!path.equals(PathStatus.UNKNOWN)) {
      handle(new Event.PathReported(path.state(), path.cause()));
    }
    if (shallRun) {
      handle(new Event.Start());
    }
  }

  /** The connections that there are get the key that is in force. */
  void sign() {
    connections.sign();
  }

  /** A connection of the peer could not be protected, and is closed. */
  void refused(String cause) {
    long times = refusals.happened(cause, System.nanoTime());
    if (times > 0) {
      log.warn("peer {}: refused {} connection(s) of it: {}", this, times, cause);
    }
    if (board.state() != SessionState.ESTABLISHED) {
      board.because("refused its connection: " + cause);
    }
  }

  boolean isRecorded() {
    return notifier.isRecorded() || monitor.isPresent();
  }

  /** A message as it was on the wire, which is handled next. */
  void octets(Initiator initiator, Bytes message) {
    notifier.octets(initiator, message);
    monitor.ifPresent(feed -> feed.received(initiator, message));
  }

  /** A message that was handed to a connection, and its octets. */
  void written(Initiator initiator, Message message, ByteBuf octets) {
    monitor.ifPresent(feed -> feed.sent(initiator, message.type(), octets));
  }

  /** UPDATEs that were handed to a connection. */
  void written(Initiator initiator, PackedUpdates updates) {
    monitor.ifPresent(feed -> feed.sent(initiator, updates));
  }

  /** A connection stands. */
  void opened(Connection connection) {
    if (connection.initiator() == Initiator.REMOTE) {
      connections.arrived(connection);
    }
    handle(new Event.ConnectionOpened(connection.initiator()));
  }

  /** The socket takes bytes again. */
  void writable() {
    routes.send();
  }

  /**
   * All that had arrived is read. Only now its requests are answered, the same ones at once: who
   * sends them without end gets no more than he reads, and nobody else waits for his answers.
   */
  void readComplete() {
    routes.send();
  }

  /** How many connections are closed but wait for the peer to have read why. */
  AtomicInteger lingering() {
    return connections.lingering();
  }

  private void expired(Event.TimerExpired event) {
    if (event.timer() == Timer.HOLD && learned.filter(LearnedFeed::isPaused).isPresent()) {
      // What the peer has sent lies in its socket because we leave it there.
      timers.start(event.initiator(), Timer.HOLD, LOOK_AGAIN, false);
    } else {
      handle(event);
    }
  }

  /** Takes an event; those that its actions bring about follow after it, in order. */
  void handle(Event event) {
    events.add(event);
    if (handling) {
      return;
    }
    handling = true;
    try {
      for (Event next = events.poll(); next != null; next = events.poll()) {
        handleOne(next);
      }
    } finally {
      handling = false;
    }
  }

  private void handleOne(Event event) {
    try {
      if (event instanceof Event.MessageReceived received) {
        received(received.message());
      } else if (event instanceof Event.PathReported report) {
        board.path(report.state(), report.cause());
      } else if (event instanceof Event.Start) {
        running = true;
      } else if (event instanceof Event.Stop || event instanceof Event.LeaveForRestart) {
        running = false;
        learned.ifPresent(LearnedFeed::forget);
      }
      connectionLost = event instanceof Event.ConnectionFailed;
      List<Action> actions = fsm.handle(event);
      notifier.handled(event, actions);
      actions.forEach(this::execute);
      recovering = false;
    } catch (RuntimeException unforeseen) {
      failed(unforeseen);
    }
  }

  /** What nobody foresaw ends this session, and nothing else. */
  void failed(Throwable unforeseen) {
    if (recovering) { // the reset failed too; the other sessions must not pay for it
      log.error("peer {}: internal error, the session stays down", this, unforeseen);
      connections.closeAll();
      timers.stopAll();
      return;
    }
    recovering = true;
    log.error("peer {}: internal error, the session is reset", this, unforeseen);
    handle(new Event.Reset(BgpError.CEASE));
  }

  private void received(Message message) {
    if (message instanceof NotificationMessage notification) {
      board.received(notification.error());
      notifier.notificationReceived(notification);
    } else if (message instanceof OpenMessage open) {
      board.received(open);
    }
  }

  private void execute(Action action) {
    if (action instanceof Action.Send send) {
      send(send.initiator(), send.message());
    } else if (action instanceof Action.StartTimer start) {
      timers.start(start.initiator(), start.timer(), start.delay(), start.jittered());
    } else if (action instanceof Action.StopTimer stop) {
      timers.stop(stop.initiator(), stop.timer());
    } else if (action instanceof Action.DeliverUpdate deliver) {
      updateReceived(deliver.update());
    } else if (action instanceof Action.DeliverRouteRefresh refresh) {
      refreshReceived(refresh.refresh());
    } else if (action instanceof Action.OpenConnection) {
      connect();
    } else if (action instanceof Action.AcceptConnection) {
      connections.accept();
    } else if (action instanceof Action.RejectConnection reject) {
      reject(connections.reject(), reject.error());
    } else if (action instanceof Action.CloseConnection close) {
      connections.close(close.initiator());
    } else if (action instanceof Action.SessionUp up) {
      sessionUp(up.initiator(), up.negotiated());
    } else if (action instanceof Action.SessionDown down) {
      sessionDown(down.mayReturn());
    } else if (action instanceof Action.StateChanged changed) {
      stateChanged(changed.from(), changed.to(), changed.cause());
    } else if (action instanceof Action.CauseChanged changed) {
      causeChanged(changed.cause());
    }
  }

  private void send(Initiator initiator, Message message) {
    Optional<Connection> connection = connections.of(initiator);
    if (connection.isEmpty()) {
      return;
    }
    connection.get().send(message);
    if (message instanceof NotificationMessage notification) {
      notificationSent(notification);
    } else if (message instanceof OpenMessage open) {
      board.sent(open);
    }
  }

  private void reject(Connection connection, BgpError error) {
    long times = refusals.happened(error, System.nanoTime());
    if (times > 0) {
      log.info("peer {}: refused {} connection(s) of it: {}", this, times, error);
    }
    NotificationMessage notification = new NotificationMessage(error);
    connection.write(notification);
    connection.close();
    notificationSent(notification);
  }

  private void notificationSent(NotificationMessage notification) {
    board.sent(notification.error());
    notifier.notificationSent(notification);
  }

  private void connect() {
    PeerConfig known = protection.config();
    PeerConfig reached =
        neighbour
            .map(router -> known.toBuilder().address(known.peerAddress().of(router)).build())
            .orElse(known);
    try {
      connections.open(loop, reached);
    } catch (UncheckedIOException noInterface) {
      handle(new Event.ConnectionFailed(Initiator.LOCAL, String.valueOf(noInterface.getMessage())));
    }
  }

  private void sessionUp(Initiator initiator, Negotiated negotiated) {
    // Else it was lost in the meantime; its ConnectionFailed is on the way.
    connections.of(initiator).ifPresent(connection -> sessionUp(connection, negotiated));
  }

  private void sessionUp(Connection connection, Negotiated negotiated) {
    connection.context(negotiated.codec());
    learned.ifPresent(feed -> feed.begin(connection, negotiated, config));
    routes.begin(connection, negotiated, config);
    monitor.ifPresent(feed -> feed.up(connection, negotiated));
    wasEstablished = true;
    board.up(negotiated, connection);
  }

  private void sessionDown(boolean mayReturn) {
    routes.end();
    learned.ifPresent(feed -> feed.end(mayReturn));
    monitor.ifPresent(feed -> feed.down(connectionLost));
    board.down();
  }

  private void refreshReceived(RouteRefreshMessage refresh) {
    if (refresh.subtype() == RouteRefreshMessage.REQUEST) {
      routes.refresh(refresh.family());
    } else {
      notifier.routeRefreshReceived(refresh);
    }
  }

  private void updateReceived(UpdateMessage update) {
    if (!update.faults().isEmpty()) {
      log.warn("peer {}: faulty UPDATE, handled as RFC 7606 says: {}", this, update);
    }
    learned.ifPresent(feed -> feed.received(update));
    monitor.ifPresent(feed -> feed.received(update));
    notifier.updateReceived(update);
  }

  private void stateChanged(SessionState from, SessionState to, String cause) {
    Level level = Level.DEBUG;
    if (from == SessionState.ESTABLISHED || to == SessionState.ESTABLISHED) {
      level = Level.INFO;
    } else if (!cause.equals(board.cause())) {
      level = attempts;
    }
    board.entered(to, cause);
    log.atLevel(level).log("peer {}: {} -> {}: {}", this, from, to, cause);
    notifier.stateChanged(from, to, cause);
  }

  private void causeChanged(String cause) {
    board.because(cause);
    log.atLevel(attempts).log("peer {}: {}: {}", this, board.state(), cause);
    notifier.causeChanged(board.state(), cause);
  }

  @Override
  public String toString() {
    String name = config.description().isEmpty() ? "" : " (" + config.description() + ")";
    return config.peerAddress() + name;
  }
}
