package dev.bugle.bgp;

import dev.bugle.bgp.recording.EventLog;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.IpAddress;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A BGP speaker (RFC 4271): holds sessions with peers and announces routes to all of them.
 *
 * <p>What is announced is a desired set: a peer that comes, or comes back, gets all of it. Peers
 * and announcements come and go at any time without touching other sessions. Methods may be called
 * from any thread; none waits, except {@link #open} and {@link #close}.
 */
public final class BgpSpeaker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BgpSpeaker.class);

  /** How long peers that read slowly can hold up the end. */
  private static final long SHUTDOWN_FLUSH_MILLIS = 2000;

  /** IPv4 before IPv6, and then by the octets. */
  private static final Comparator<IpAddress> BY_ADDRESS =
      Comparator.comparing(IpAddress::isIpv4, Comparator.reverseOrder())
          .thenComparing(address -> address.toInetAddress().getAddress(), Arrays::compareUnsigned);

  private final SpeakerEnvironment environment;
  private final PeerDirectory directory;
  private final List<InetSocketAddress> listenAddresses = new ArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private BgpSpeaker(SpeakerConfig config, Transport transport) {
    this.environment = new SpeakerEnvironment(config, transport);
    this.directory = new PeerDirectory(environment);
  }

  /**
   * Opens a speaker.
   *
   * @throws java.io.UncheckedIOException when it cannot listen where it should, naming the address;
   *     nothing is left open then
   */
  public static BgpSpeaker open(SpeakerConfig config) {
    return open(config, Transport.best());
  }

  static BgpSpeaker open(SpeakerConfig config, Transport transport) {
    BgpSpeaker speaker = new BgpSpeaker(config, transport);
    try {
      speaker.listen();
    } catch (RuntimeException notOpened) {
      speaker.close();
      throw notOpened;
    }
    return speaker;
  }

  private void listen() {
    Acceptor acceptor = new Acceptor(environment, directory::take);
    for (InetSocketAddress address : environment.config().listen()) {
      InetSocketAddress bound = acceptor.listen(address);
      log.info("listening on {} port {}", bound.getAddress().getHostAddress(), bound.getPort());
      listenAddresses.add(bound);
    }
    environment.station().ifPresent(BmpStation::start);
  }

  SpeakerEnvironment environment() {
    return environment;
  }

  PeerDirectory directory() {
    return directory;
  }

  /** What it was opened with. */
  public SpeakerConfig config() {
    return environment.config();
  }

  /** Where it listens; a port 0 of the configuration is resolved. */
  public List<InetSocketAddress> listenAddresses() {
    return List.copyOf(listenAddresses);
  }

  /**
   * Adds a peer and starts its session.
   *
   * @throws IllegalArgumentException when there is a peer with this address, or a value is wrong
   * @throws IllegalStateException when a protection that is configured cannot be had, naming it and
   *     what to do
   */
  public Peer peer(PeerConfig config) {
    return peer(config, PeerListener.NONE);
  }

  /**
   * Adds a peer and starts its session.
   *
   * @param listener hears everything of the session from its start, on its event loop
   * @throws IllegalArgumentException when there is a peer with this address, or a value is wrong
   * @throws IllegalStateException when a protection that is configured cannot be had, naming it and
   *     what to do
   * @throws UnsupportedOperationException when the peer is an interface, and routers behind
   *     interfaces cannot be found here, saying why
   */
  public Peer peer(PeerConfig config, PeerListener listener) {
    return peer(config, listener, EventLog.NONE);
  }

  /**
   * Adds a peer and starts its session.
   *
   * @param listener hears everything of the session from its start, on its event loop
   * @param eventLog takes all that goes into and comes out of the session's machine, typically a
   *     {@link dev.bugle.bgp.recording.SessionRecorder}; it belongs to the caller, who closes it
   *     after the peer or the speaker
   * @throws IllegalArgumentException when there is a peer with this address, or a value is wrong
   * @throws IllegalStateException when a protection that is configured cannot be had, naming it and
   *     what to do
   * @throws UnsupportedOperationException when the peer is an interface, and routers behind
   *     interfaces cannot be found here, saying why
   */
  public Peer peer(PeerConfig config, PeerListener listener, EventLog eventLog) {
    return directory.add(config, Audience.of(listener, eventLog));
  }

  /**
   * Tries whether a peer can be configured so here, and changes nothing: for who wants to know
   * before anything is changed.
   *
   * @throws IllegalArgumentException when a value is wrong
   * @throws IllegalStateException when a protection that is configured cannot be had, naming it and
   *     what to do
   */
  public void rehearse(PeerConfig config) {
    directory.rehearse(config);
  }

  /**
   * Tries whether a range can be had here, and changes nothing.
   *
   * @throws IllegalArgumentException when a value is wrong
   * @throws IllegalStateException when the speaker listens nowhere, or a protection cannot be had
   */
  public void rehearse(DynamicPeersConfig config) {
    requireListening(config);
    directory.rehearse(config);
  }

  /**
   * Lets any peer of a range connect. What connects from there, and has no peer of its own address,
   * is a peer while it is connected; of several ranges the longest decides. It can be had only
   * where the speaker listens.
   *
   * @param listener hears everything of every peer of the range, each on its own event loop
   * @throws IllegalArgumentException when the range is there already, or a value is wrong
   * @throws IllegalStateException when the speaker listens nowhere
   */
  public DynamicPeers dynamicPeers(DynamicPeersConfig config, PeerListener listener) {
    return dynamicPeers(config, listener, DynamicPeers.PATIENCE);
  }

  DynamicPeers dynamicPeers(DynamicPeersConfig config, PeerListener listener, Duration patience) {
    requireListening(config);
    return directory.add(config, listener, patience);
  }

  private void requireListening(DynamicPeersConfig config) {
    if (listenAddresses.isEmpty()) {
      throw new IllegalStateException(
          "nobody of "
              + config.range()
              + " can connect: the speaker listens nowhere; give it a"
              + " listen address");
    }
  }

  /** The peers at this moment. */
  public List<Peer> peers() {
    return directory.peers();
  }

  /** How it and its peers are now. Never blocks. */
  public SpeakerStatus status() {
    return new SpeakerStatus(
        config().asn(),
        config().routerId(),
        listenAddresses(),
        environment.desiredRoutes(),
        directory.peers().stream()
            .map(Peer::status)
            .sorted(Comparator.comparing(one -> one.peer().address(), BY_ADDRESS))
            .toList());
  }

  /**
   * What the peers have announced, and what is best of it.
   *
   * @throws IllegalStateException when the speaker has no routing table, see {@link
   *     SpeakerConfig.Builder#routingTable}
   */
  public RoutingView learned() {
    return environment
        .routingTables()
        .map(RoutingView::new)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the speaker keeps nothing of what its peers announce; open it with a routing"
                        + " table (SpeakerConfig.Builder.routingTable)"));
  }

  /** Announces a route to every peer, until the announcement is closed. */
  public Announcement announce(Route route) {
    return announce(route, RoutePolicy.ACCEPT_ALL);
  }

  /**
   * Announces a route to the peers that a policy of its own accepts, with the changes that it makes
   * for them, until the announcement is closed. The export policy of each peer comes after it.
   */
  public Announcement announce(Route route, RoutePolicy policy) {
    return new Announcement(this, route, policy);
  }

  CompletionStage<Void> add(Announcement announcement) {
    directory.requireOpen();
    return change(
        rib ->
            List.of(
                rib.add(announcement, announcement.route().toLocalRoute(), announcement.policy())));
  }

  CompletionStage<Void> remove(Announcement announcement) {
    return change(rib -> rib.remove(announcement, announcement.route().prefix()).stream().toList());
  }

  /**
   * Completes when every change so far has been handed to the socket of every peer that is
   * established now; on an event loop.
   */
  public CompletionStage<Void> flush() {
    return change(rib -> List.of());
  }

  /** Changes the desired set, tells the sessions, and completes when their sockets have it. */
  private CompletableFuture<Void> change(Function<LocalRib, List<LocalRib.Change>> operation) {
    List<CompletableFuture<Void>> flushed = new ArrayList<>();
    if (!environment.eventLoops().isShuttingDown()) { // else the end has withdrawn everything
      environment.withRib(
          rib -> {
            List<LocalRib.Change> changes = operation.apply(rib);
            environment.routingTables().ifPresent(tables -> tables.originate(changes));
            for (Peer peer : directory.peers()) {
              flushed.add(peer.session().update(changes));
            }
          });
    }
    return CompletableFuture.allOf(flushed.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Ends the speaker: withdraws every route, flushes, tells each peer Cease/Administrative Shutdown
   * with a text (RFC 9003), and closes. A peer that does not read is given two seconds.
   *
   * @param text for the peers' operators; may be empty; cut to 255 octets of UTF-8
   * @return completes when no socket or buffer of the speaker is left and its event loops have
   *     ended
   */
  public CompletionStage<Void> shutdown(String text) {
    if (!directory.beginEnd()) {
      return ended;
    }
    CompletableFuture<Void> withdrawn = change(LocalRib::clear);
    environment
        .eventLoops()
        .schedule(() -> withdrawn.complete(null), SHUTDOWN_FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    withdrawn.thenRun(
        () -> endSessions(session -> session.stop(BgpError.administrativeShutdown(text))));
    return ended;
  }

  /**
   * Ends the speaker so that the peers that agreed to graceful restart keep its routes for their
   * restart time: it withdraws nothing, says nothing to them, and closes (RFC 4724 §4.2). A peer
   * that did not agree is told Cease/Administrative Reset with the text. To come back, open a
   * speaker that is {@link SpeakerConfig.Builder#restarting}.
   *
   * @param text for the operators of peers without graceful restart; may be empty; cut to 255
   *     octets of UTF-8
   * @return completes when no socket or buffer of the speaker is left and its event loops have
   *     ended
   */
  public CompletionStage<Void> leaveForRestart(String text) {
    if (!directory.beginEnd()) {
      return ended;
    }
    endSessions(session -> session.leaveForRestart(BgpError.administrativeReset(text)));
    return ended;
  }

  private void endSessions(Consumer<PeerSession> end) {
    List<Peer> peers = directory.peers();
    peers.forEach(peer -> end.accept(peer.session()));
    // Behind the stop on every session's loop, so that what it sends is on its way.
    CompletableFuture<?>[] stopped =
        peers.stream().map(peer -> peer.session().flush()).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(stopped).thenRun(() -> environment.end().thenRun(this::ended));
  }

  private void ended() {
    directory.ended();
    ended.complete(null);
  }

  /**
   * Ends the speaker as {@link #shutdown} does, without a text unless that was called before, and
   * waits until no thread, socket or buffer of it is left.
   *
   * @throws IllegalStateException on an event loop of the speaker, which cannot wait for itself
   */
  @Override
  public void close() {
    for (var executor : environment.eventLoops()) {
      if (executor instanceof EventLoop loop && loop.inEventLoop()) {
        throw new IllegalStateException(
            "close() waits and must not be called by a listener; call shutdown(text) instead");
      }
    }
    shutdown("").toCompletableFuture().join();
    environment.awaitThreads();
  }
}
