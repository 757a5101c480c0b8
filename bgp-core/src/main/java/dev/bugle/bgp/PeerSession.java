package dev.bugle.bgp;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionFsm;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The driver of one peer's {@link SessionFsm}: feeds it events through a queue and carries its
 * actions out. Everything but the methods marked so runs on the session's event loop.
 */
final class PeerSession implements NeighbourDiscovery.Listener {

  private static final Logger log = LoggerFactory.getLogger(PeerSession.class);

  private final SpeakerEnvironment environment;
  private volatile PeerConfig config; // written on the event loop
  private final PeerProtection protection;
  private final Notifier notifier;
  private final Level attempts;
  private final EventLoop loop;
  private final SessionTimers timers;
  private final Queue<Event> events = new ArrayDeque<>();
  private final Queue<Connection> incoming = new ArrayDeque<>();
  private final Map<Initiator, Connection> connections = new EnumMap<>(Initiator.class);
  private SessionFsm fsm;
  private boolean running;
  private boolean wasEstablished;
  private boolean handling;
  private boolean recovering;
  private @Nullable UpdateSender sender;
  private final StatusBoard board;
  private final Repetitions refusals = new Repetitions();
  private final AtomicInteger lingering = new AtomicInteger();

  /** The router that a peer that is an interface has been found to be; written on the loop. */
  private volatile Optional<Ipv6Address> neighbour = Optional.empty();

  private volatile boolean stopped;

  /** What is logged of a session that is not established has the level of attempts. */
  PeerSession(
      SpeakerEnvironment environment, PeerConfig config, Notifier notifier, Level attempts) {
    this.environment = environment;
    this.config = config;
    this.protection = new PeerProtection(environment, config);
    this.notifier = notifier;
    this.attempts = attempts;
    this.loop = environment.eventLoops().next();
    this.board = new StatusBoard(config);
    this.timers = new SessionTimers(loop, this::handle);
    SessionConfig sessionConfig = sessionConfig(environment.config(), config);
    this.fsm = new SessionFsm(sessionConfig);
    notifier.configured(toString(), sessionConfig);
  }

  private static SessionConfig sessionConfig(SpeakerConfig speaker, PeerConfig peer) {
    return new SessionConfig(
        new SessionConfig.Local(
            peer.localAs(speaker.asn()), speaker.routerId(), speaker.restarting()),
        peer.remoteAs(),
        peer.session(),
        speaker.nlriCodecs());
  }

  /** From any thread. */
  PeerStatus status() {
    return board.status();
  }

  /**
   * From any thread, before the start.
   *
   * @throws IllegalStateException naming what cannot be had
   */
  void protect() {
    try {
      protection.begin();
    } catch (ProtectionException refused) {
      throw new IllegalStateException("peer " + this + ": " + refused.text(), refused);
    }
  }

  /** From any thread. */
  void unprotect() {
    protection.end();
  }

  /** From any thread; see {@link Peer#authentication}. */
  void authentication(TcpAuthentication value) {
    protection.authentication(value);
    try {
      loop.execute(
          () -> {
            List.copyOf(connections.values()).forEach(this::sign);
            List.copyOf(incoming).forEach(this::sign);
          });
    } catch (RejectedExecutionException ended) {
      log.debug("peer {}: the speaker is closed, there is nothing to sign", this);
    }
  }

  private void sign(Connection connection) {
    try {
      protection.sign(connection.channel());
    } catch (ProtectionException refused) {
      connection.lost(refused.text());
      connection.channel().close();
    }
  }

  /** From any thread. */
  StatusBoard board() {
    return board;
  }

  SessionCounters counters() {
    return board.counters();
  }

  /** From any thread. */
  void start() {
    loop.execute(
        () -> {
          notifier.begin(status());
          handle(new Event.Start());
        });
  }

  /** From any thread: the listener hears what follows, and nothing when the speaker has ended. */
  void subscribe(PeerListener listener) {
    executeUnlessEnded(() -> notifier.subscribe(listener, status()), "the new listener");
  }

  /** From any thread. */
  void unsubscribe(PeerListener listener) {
    // Behind the subscription, if that is still to come.
    executeUnlessEnded(() -> notifier.unsubscribe(listener), "a listener that goes");
  }

  /** From the acceptor: the peer has connected to us, and is new. */
  void startWith(Channel channel) {
    start();
    loop.execute(() -> accept(channel));
  }

  /** From discovery's thread: the router behind the interface, with which the session begins. */
  @Override
  public void found(Ipv6Address router) {
    executeUnlessEnded(
        () -> {
          if (stopped || neighbour.equals(Optional.of(router))) {
            return;
          }
          if (fsm.state() == SessionState.ESTABLISHED) {
            otherRouter(router);
            return;
          }
          log.info("peer {}: found the router {}", this, router);
          neighbour = Optional.of(router);
          handle(new Event.Start());
        },
        "the router that was found");
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

  /** From discovery's thread: there is no router behind the interface. */
  @Override
  public void missing(String why) {
    executeUnlessEnded(
        () -> {
          String cause = "waiting for a router on " + config.peerAddress() + ": " + why;
          if (!stopped && neighbour.isEmpty() && !cause.equals(board.cause())) {
            causeChanged(cause);
          }
        },
        "the router that is missing");
  }

  /** From any thread: whether this is the router that was found behind the interface. */
  boolean isWith(IpAddress router) {
    return neighbour.filter(router::equals).isPresent();
  }

  /** From any thread. */
  void stop(BgpError error) {
    stopped = true;
    handleUnlessEnded(new Event.Stop(error));
  }

  /** From any thread. */
  void reset(BgpError error) {
    handleUnlessEnded(new Event.Reset(error));
  }

  /** From any thread. */
  void leaveForRestart(BgpError otherwise) {
    stopped = true;
    loop.execute(() -> handle(new Event.LeaveForRestart(otherwise)));
  }

  /** From any thread. */
  void pathReported(PathState state, String cause) {
    handleUnlessEnded(new Event.PathReported(state, cause));
  }

  /** From its event loop: runs the task behind what the end of a connection brings about. */
  void afterwards(Runnable task) {
    // The first is in front of what the channel tells.
    executeUnlessEnded(() -> executeUnlessEnded(task, "the end"), "the end");
  }

  private void handleUnlessEnded(Event event) {
    executeUnlessEnded(() -> handle(event), event);
  }

  private void executeUnlessEnded(Runnable task, Object what) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      log.debug("peer {}: the speaker is closed, nothing comes of {}", this, what);
    }
  }

  /**
   * From any thread, in the order of the changes: what changed in the desired set. Completes when
   * the socket has it; announcements when it has all that came before, too.
   */
  CompletableFuture<Void> update(List<LocalRib.Change> changes) {
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (sender != null) {
            guarded(sender, established -> established.update(changes, flushed));
          } else {
            flushed.complete(null);
          }
        });
    return flushed;
  }

  /**
   * From any thread, in the order of the calls: what the session is configured with from now on.
   * Completes when the socket has what the peer is told otherwise.
   *
   * @throws IllegalArgumentException when the parts of the configuration do not agree
   * @throws IllegalStateException naming what protects connections and cannot be had
   */
  CompletableFuture<Void> reconfigure(PeerConfig changed) {
    SessionConfig checked = sessionConfig(environment.config(), changed);
    try {
      protection.change(changed);
    } catch (ProtectionException refused) {
      throw new IllegalStateException("peer " + this + ": " + refused.text(), refused);
    }
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    environment.withRib(
        rib -> {
          List<LocalRib.Change> snapshot = rib.snapshot();
          try {
            loop.execute(
                () -> {
                  PeerConfig before = config;
                  config = changed;
                  board.configured(changed);
                  if (changed.keepsSessionOf(before)) {
                    goOn(snapshot, flushed);
                  } else {
                    beginAnew(checked);
                    flushed.complete(null);
                  }
                });
          } catch (RejectedExecutionException ended) {
            flushed.complete(null);
          }
        });
    return flushed;
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

  private void goOn(List<LocalRib.Change> snapshot, CompletableFuture<Void> flushed) {
    handle(new Event.ConnectRetryChanged(config.session().times().connectRetry()));
    if (sender == null) {
      flushed.complete(null);
      return;
    }
    guarded(
        sender,
        established -> {
          established.export(
              export(established.connection(), established.negotiated()),
              config.export().minimumRouteAdvertisementInterval());
          established.update(snapshot, flushed);
        });
  }

  /** From any thread: completes when the socket has everything that was handed over before. */
  CompletableFuture<Void> flush() {
    return update(List.of());
  }

  /** From the acceptor: the peer has connected to us. */
  void accept(Channel channel) {
    try {
      protection.accepted(channel);
    } catch (ProtectionException refused) {
      loop.execute(() -> refused(refused.text())); // known here before the peer can tell
      channel.unsafe().closeForcibly();
      return;
    }
    channel.pipeline().addLast(new Connection(this, Initiator.REMOTE, channel));
    environment.register(loop, channel);
  }

  private void refused(String cause) {
    long times = refusals.happened(cause, System.nanoTime());
    if (times > 0) {
      log.warn("peer {}: refused {} connection(s) of it: {}", this, times, cause);
    }
    if (board.state() != SessionState.ESTABLISHED) {
      board.because("refused its connection: " + cause);
    }
  }

  boolean isRecorded() {
    return notifier.isRecorded();
  }

  /** A message as it was on the wire, which is handled next. */
  void octets(Initiator initiator, Bytes message) {
    notifier.octets(initiator, message);
  }

  /** A connection stands. */
  void opened(Connection connection) {
    if (connection.initiator() == Initiator.REMOTE) {
      incoming.add(connection);
    }
    handle(new Event.ConnectionOpened(connection.initiator()));
  }

  /** The socket takes bytes again. */
  void writable() {
    if (sender != null) {
      guarded(sender, UpdateSender::send);
    }
  }

  /**
   * All that had arrived is read. Only now its requests are answered, the same ones at once: who
   * sends them without end gets no more than he reads, and nobody else waits for his answers.
   */
  void readComplete() {
    writable();
  }

  /** How many connections are closed but wait for the peer to have read why. */
  AtomicInteger lingering() {
    return lingering;
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
      }
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
      connections.values().forEach(Connection::close);
      timers.stopAll();
      return;
    }
    recovering = true;
    log.error("peer {}: internal error, the session is reset", this, unforeseen);
    handle(new Event.Reset(BgpError.CEASE));
  }

  private void guarded(UpdateSender established, Consumer<UpdateSender> operation) {
    try {
      operation.accept(established);
      established.tell(board.counters());
      established.completeWaiting(); // who is told so finds it in the status
    } catch (RuntimeException unforeseen) {
      failed(unforeseen);
    }
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
      connections.put(Initiator.REMOTE, incoming.remove());
    } else if (action instanceof Action.RejectConnection reject) {
      reject(incoming.remove(), reject.error());
    } else if (action instanceof Action.CloseConnection close) {
      close(close.initiator());
    } else if (action instanceof Action.SessionUp up) {
      sessionUp(up.initiator(), up.negotiated());
    } else if (action instanceof Action.SessionDown) {
      sessionDown();
    } else if (action instanceof Action.StateChanged changed) {
      stateChanged(changed.from(), changed.to(), changed.cause());
    } else if (action instanceof Action.CauseChanged changed) {
      causeChanged(changed.cause());
    }
  }

  private void send(Initiator initiator, Message message) {
    Connection connection = connections.get(initiator);
    if (connection == null) {
      return;
    }
    connection.send(message);
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
      environment.connect(
          loop,
          reached,
          protection,
          channel -> {
            Connection connection = new Connection(this, Initiator.LOCAL, channel);
            connections.put(Initiator.LOCAL, connection);
            return connection;
          });
    } catch (UncheckedIOException noInterface) {
      handle(new Event.ConnectionFailed(Initiator.LOCAL, String.valueOf(noInterface.getMessage())));
    }
  }

  private void close(Initiator initiator) {
    Connection connection = connections.remove(initiator);
    if (connection != null) {
      connection.close();
    }
  }

  private void sessionUp(Initiator initiator, Negotiated negotiated) {
    Connection connection = connections.get(initiator);
    if (connection == null) {
      return; // lost in the meantime; its ConnectionFailed is on the way
    }
    connection.context(negotiated.codec());
    UpdateSender established =
        new UpdateSender(
            connection,
            negotiated,
            export(connection, negotiated),
            new AdvertisementInterval(
                loop, config.export().minimumRouteAdvertisementInterval(), this::writable));
    sender = established;
    wasEstablished = true;
    board.up(negotiated, connection);
    environment.withRib(rib -> load(established, rib.snapshot()));
  }

  private Export export(Connection connection, Negotiated negotiated) {
    Map<AddressFamily, IpAddress> nextHops =
        NextHops.of(
            config,
            negotiated.codec().sent().extendedNextHop(),
            connection.localAddress().getAddress());
    for (AddressFamily family : negotiated.families()) {
      if (!nextHops.containsKey(family)) {
        log.warn(
            "peer {}: we have no address to give as next hop of {} routes, so they are not"
                + " announced to it; set the peer's next hop, or give the interface of {} one",
            this,
            family,
            connection.localAddress().getAddress().getHostAddress());
      }
    }
    return new Export(
        new PolicyPeer(config.address(), negotiated.peerAs()),
        config.export().policy(),
        config.ownPath(environment.config().asn()),
        negotiated.codec().external(),
        config.session().offer().role().filter(LocalRole::marksRoutes).isPresent(),
        nextHops);
  }

  /**
   * As a task behind the changes that are in the snapshot already, and before those that follow.
   */
  private void load(UpdateSender established, List<LocalRib.Change> snapshot) {
    loop.execute(
        () -> {
          if (sender == established) {
            guarded(established, fresh -> fresh.load(snapshot));
          }
        });
  }

  private void sessionDown() {
    if (sender != null) {
      sender.end();
      sender = null;
    }
    board.down();
  }

  private void refreshReceived(RouteRefreshMessage refresh) {
    if (refresh.subtype() == RouteRefreshMessage.REQUEST) {
      if (sender != null) {
        guarded(sender, established -> established.refresh(refresh.family()));
      }
    } else {
      notifier.routeRefreshReceived(refresh);
    }
  }

  private void updateReceived(UpdateMessage update) {
    if (!update.faults().isEmpty()) {
      log.warn("peer {}: faulty UPDATE, handled as RFC 7606 says: {}", this, update);
    }
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
