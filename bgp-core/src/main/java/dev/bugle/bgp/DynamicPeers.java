package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.IpAddress;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peers that are not known before they connect, from a range of addresses. May be used from any
 * thread.
 *
 * <p>A peer of the range is there from its first connection until its last one has ended. One that
 * has no established session after a minute is cut off, so that what merely connects takes nobody's
 * place for long.
 */
public final class DynamicPeers implements AutoCloseable {

  /** How long a peer may go without an established session, at least; twice that at most. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of one peer, the last second's among them, whose ends it may still read. */
  private static final int MAX_CONNECTIONS = 8;

  private static final Logger log = LoggerFactory.getLogger(DynamicPeers.class);

  private final PeerDirectory directory;
  private volatile DynamicPeersConfig config; // written under the directory
  private final PeerListener listener;
  private final PeerProtection protection;
  private final Repetitions beyondLimit = new Repetitions();
  private final Repetitions tooMany = new Repetitions();
  private final Repetitions departures = new Repetitions();

  /** The place of each peer; guarded by the directory, as all that follows. */
  private final Map<Peer, Place> places = new HashMap<>();

  private Optional<Future<?>> inspections = Optional.empty();

  /** What is held for a peer. */
  private static final class Place {
    private int connections;
    private boolean wasNotEstablished;
  }

  DynamicPeers(PeerDirectory directory, DynamicPeersConfig config, PeerListener listener) {
    this.directory = directory;
    this.config = config;
    this.listener = listener;
    this.protection = PeerProtection.ofRange(directory.environment(), config);
  }

  /**
   * From here on nobody of the range connects without what protects it.
   *
   * @throws IllegalStateException naming what cannot be had
   */
  void protect() {
    try {
      protection.begin();
    } catch (ProtectionException refused) {
      throw new IllegalStateException("range " + this + ": " + refused.text(), refused);
    }
  }

  /** Looks after the peers from now on, this often. */
  void start(Duration patience) {
    inspections =
        Optional.of(
            directory
                .environment()
                .eventLoops()
                .scheduleWithFixedDelay(
                    this::inspect, patience.toNanos(), patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** What it is configured with by now. */
  public DynamicPeersConfig config() {
    return config;
  }

  /**
   * Configures the range, and each of its peers, otherwise; what that does to a session is as in
   * {@link Peer#reconfigure}. A lower limit cuts off nobody who is there.
   *
   * @param changed what holds from now on, all of it, for the same range
   * @return completes when the sockets have what the peers are told otherwise; on an event loop
   * @throws IllegalArgumentException when the range is another one, or a value is wrong; then
   *     nothing has changed
   * @throws IllegalStateException when what is to protect connections cannot be had, naming it
   */
  public CompletionStage<Void> reconfigure(DynamicPeersConfig changed) {
    if (!changed.range().equals(config.range())) {
      throw new IllegalArgumentException(
          "range " + this + " cannot become " + changed.range() + "; close it, and add another");
    }
    List<Peer> now;
    synchronized (directory) {
      directory.rehearse(changed);
      try {
        protection.change(changed.template());
      } catch (ProtectionException refused) {
        throw new IllegalStateException("range " + this + ": " + refused.text(), refused);
      }
      config = changed; // who connects from here on has it
      now = peers();
    }
    return CompletableFuture.allOf(
        now.stream()
            .map(peer -> peer.reconfigure(changed.peer(peer.config().peerAddress())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  /** The peers of the range that are connected at this moment. */
  public List<Peer> peers() {
    synchronized (directory) {
      return List.copyOf(places.keySet());
    }
  }

  boolean covers(IpAddress address) {
    return config.range().contains(address);
  }

  boolean has(Peer peer) {
    return places.containsKey(peer);
  }

  boolean isFull() {
    return places.size() >= config.limit();
  }

  /** A peer of this range, which takes its place when it is connected; not started. */
  Peer newPeer(PeerAddress address) {
    return new Peer(directory, config.peer(address), Audience.ofStranger(listener));
  }

  /** The peer, which has a place, has one more connection; or it has too many. */
  Optional<Refusal> connected(Peer peer, Channel connection) {
    Place place = places.computeIfAbsent(peer, added -> new Place());
    if (place.connections == MAX_CONNECTIONS) {
      return Optional.of(
          new Refusal(
              tooMany,
              "beyond " + MAX_CONNECTIONS + " at once of one peer of the range " + config.range(),
              "see why it connects again and again"));
    }
    place.connections++;
    connection
        .closeFuture()
        .addListener(closed -> peer.session().afterwards(() -> disconnected(peer)));
    return Optional.empty();
  }

  private void disconnected(Peer peer) {
    synchronized (directory) {
      Place place = places.get(peer);
      if (place == null || --place.connections > 0) {
        return;
      }
      end(peer, BgpError.PEER_DECONFIGURED);
    }
    String cause = peer.status().cause();
    long times = departures.happened("end", System.nanoTime());
    if (times > 0) {
      log.info("range {}: {} peer(s) gone, the last is {}: {}", config.range(), times, peer, cause);
    }
  }

  /** Twice seen without a session, and one that holds no connection any more: it must go. */
  private void inspect() {
    synchronized (directory) {
      for (Map.Entry<Peer, Place> each : List.copyOf(places.entrySet())) {
        Place place = each.getValue();
        if (each.getKey().status().state() == SessionState.ESTABLISHED) {
          place.wasNotEstablished = false;
        } else if (place.wasNotEstablished) {
          end(each.getKey(), BgpError.HOLD_TIMER_EXPIRED);
        } else {
          place.wasNotEstablished = true;
        }
      }
    }
  }

  /** Ends a peer and frees its place. */
  void end(Peer peer, BgpError error) {
    places.remove(peer);
    directory.remove(peer, error);
  }

  /** Beyond the limit. RFC 4486 §4: Out of Resources is for a session that we had. */
  Refusal full() {
    return new Refusal(
        beyondLimit,
        "beyond the limit of " + config.limit() + " peers of the range " + config.range(),
        "raise the limit of the range if there are to be more, or see in the list of peers who"
            + " takes the places");
  }

  /**
   * Nobody of the range can connect any more; its peers are removed with Cease/Peer De-configured.
   * Does not wait; after the end of the speaker it does nothing.
   */
  @Override
  public void close() {
    directory.remove(this);
  }

  /** Ends all of it; called with the directory held. */
  void endAll() {
    inspections.ifPresent(running -> running.cancel(false));
    protection.end();
    List.copyOf(places.keySet()).forEach(peer -> end(peer, BgpError.PEER_DECONFIGURED));
  }

  /** The range. */
  @Override
  public String toString() {
    return config.range().toString();
  }
}
