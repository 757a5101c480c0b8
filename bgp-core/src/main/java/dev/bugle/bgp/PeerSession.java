package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Offer;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The session with one peer, for other threads: what they want is done by its {@link SessionDriver}
 * on the session's event loop, in the order of the calls. After the end of the speaker nothing
 * comes of it.
 */
final class PeerSession implements NeighbourDiscovery.Listener {

  private static final Logger log = LoggerFactory.getLogger(PeerSession.class);

  private final SpeakerEnvironment environment;
  private final PeerProtection protection;
  private final Notifier notifier;
  private final SessionDriver driver;
  private final EventLoop loop;

  /** What is found when it is not to run any more does not start it again. */
  private volatile boolean stopped;

  /** What is logged of a session that is not established has the level of attempts. */
  PeerSession(
      SpeakerEnvironment environment, PeerConfig config, Notifier notifier, Level attempts) {
    this.environment = environment;
    this.protection = new PeerProtection(environment, config);
    this.notifier = notifier;
    this.driver = new SessionDriver(environment, protection, notifier, attempts);
    this.loop = driver.loop();
  }

  SessionDriver driver() {
    return driver;
  }

  PeerStatus status() {
    return board().status();
  }

  StatusBoard board() {
    return driver.board();
  }

  /**
   * Before the start.
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

  void unprotect() {
    protection.end();
  }

  /** See {@link Peer#authentication}. */
  void authentication(TcpAuthentication value) {
    protection.authentication(value);
    executeUnlessEnded(driver::sign, "the new key");
  }

  void start() {
    loop.execute(driver::start);
  }

  /** It starts when the router behind the interface is found. */
  void startWhenFound(NeighbourDiscovery discovery) {
    loop.execute(driver::begin);
    discovery.watch(protection.config().peerAddress().toString(), this);
  }

  /** The listener hears what follows, and nothing when the speaker has ended. */
  void subscribe(PeerListener listener) {
    executeUnlessEnded(() -> notifier.subscribe(listener, status()), "the new listener");
  }

  void unsubscribe(PeerListener listener) {
    // Behind the subscription, if that is still to come.
    executeUnlessEnded(() -> notifier.unsubscribe(listener), "a listener that goes");
  }

  /** The peer has connected to us, and is new. */
  void startWith(Channel channel) {
    start();
    loop.execute(() -> accept(channel));
  }

  @Override
  public void found(Ipv6Address router) {
    unlessStopped(() -> driver.found(router), "the router that was found");
  }

  @Override
  public void missing(String why) {
    unlessStopped(() -> driver.missing(why), "the router that is missing");
  }

  private void unlessStopped(Runnable task, String what) {
    executeUnlessEnded(
        () -> {
          if (!stopped) {
            task.run();
          }
        },
        what);
  }

  /** Whether this is the router that was found behind the interface. */
  boolean isWith(IpAddress router) {
    return driver.isWith(router);
  }

  /** After a restart its routes are waited for (RFC 4724 §4.1). */
  void await(PeerConfig config) {
    environment
        .routingTables()
        .ifPresent(
            tables ->
                tables.execute(() -> tables.selection().expect(driver, announcedAgain(config))));
  }

  /** Only who hears of graceful restart from us says when he has announced everything. */
  private static List<AddressFamily> announcedAgain(PeerConfig config) {
    Offer offer = config.session().offer();
    return offer.gracefulRestart().isPresent() || offer.retention().isPresent()
        ? offer.families()
        : List.of();
  }

  void stop(BgpError error) {
    stopped = true;
    environment
        .routingTables()
        .ifPresent(tables -> tables.execute(() -> tables.selection().forget(driver)));
    handleUnlessEnded(new Event.Stop(error));
  }

  void reset(BgpError error) {
    handleUnlessEnded(new Event.Reset(error));
  }

  void leaveForRestart(BgpError otherwise) {
    stopped = true;
    handleUnlessEnded(new Event.LeaveForRestart(otherwise));
  }

  void pathReported(PathState state, String cause) {
    handleUnlessEnded(new Event.PathReported(state, cause));
  }

  /** From its event loop: runs the task behind what the end of a connection brings about. */
  void afterwards(Runnable task) {
    // The first is in front of what the channel tells.
    executeUnlessEnded(() -> executeUnlessEnded(task, "the end"), "the end");
  }

  private void handleUnlessEnded(Event event) {
    executeUnlessEnded(() -> driver.handle(event), event);
  }

  private void executeUnlessEnded(Runnable task, Object what) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      log.debug("peer {}: the speaker is closed, nothing comes of {}", this, what);
    }
  }

  /**
   * What changed in the desired set. Completes when the socket has it; announcements when it has
   * all that came before, too.
   */
  CompletableFuture<Void> update(List<LocalRib.Change> changes) {
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    loop.execute(() -> driver.update(changes, flushed));
    return flushed;
  }

  /** Completes when the socket has everything that was handed over before. */
  CompletableFuture<Void> flush() {
    return update(List.of());
  }

  /**
   * What the session is configured with from now on. Completes when the socket has what the peer is
   * told otherwise.
   *
   * @throws IllegalArgumentException when the parts of the configuration do not agree
   * @throws IllegalStateException naming what protects connections and cannot be had
   */
  CompletableFuture<Void> reconfigure(PeerConfig changed) {
    SessionConfig checked = SessionDriver.sessionConfig(environment.config(), changed);
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
            loop.execute(() -> driver.configure(changed, checked, snapshot, flushed));
          } catch (RejectedExecutionException ended) {
            flushed.complete(null);
          }
        });
    return flushed;
  }

  /** See {@link Peer#advertised}. */
  CompletableFuture<List<AdvertisedRoute>> advertised(int limit) {
    CompletableFuture<List<AdvertisedRoute>> known = new CompletableFuture<>();
    try {
      loop.execute(() -> driver.advertised(limit, known));
    } catch (RejectedExecutionException ended) {
      known.complete(List.of());
    }
    return known;
  }

  /** See {@link Peer#received}. */
  CompletableFuture<List<LearnedRoute>> learned(PeerInquiry.Question question) {
    LearnedFeed feed =
        driver
            .learned()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the speaker keeps nothing of what its peers announce; open it with a"
                            + " routing table (SpeakerConfig.Builder.routingTable)"));
    CompletableFuture<List<LearnedRoute>> known = new CompletableFuture<>();
    try {
      loop.execute(() -> feed.routes(question, known));
    } catch (RejectedExecutionException ended) {
      known.complete(List.of());
    }
    return known;
  }

  /** The peer has connected to us. */
  void accept(Channel channel) {
    try {
      protection.accepted(channel);
    } catch (ProtectionException refused) {
      loop.execute(() -> driver.refused(refused.text())); // known here before the peer can tell
      channel.unsafe().closeForcibly();
      return;
    }
    channel.pipeline().addLast(new Connection(driver, Initiator.REMOTE, channel));
    environment.register(loop, channel);
  }

  @Override
  public String toString() {
    return driver.toString();
  }
}
