package dev.bugle.bgp;

import dev.bugle.bgp.wire.BgpError;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The peers of a speaker, those that were configured and those that came from a range, and who of
 * those that connect is one. From any thread; its lock is that of all that changes them.
 */
final class PeerDirectory {

  /** Nobody's address. */
  private static final PeerAddress NOBODY = PeerAddress.parse("::");

  private final SpeakerEnvironment environment;
  private final Map<PeerAddress, Peer> peers = new ConcurrentHashMap<>();
  private final List<DynamicPeers> ranges = new CopyOnWriteArrayList<>();
  private final Repetitions strangers = new Repetitions();
  private boolean ending; // guarded by this
  private Optional<NeighbourDiscovery> discovery = Optional.empty(); // guarded by this

  PeerDirectory(SpeakerEnvironment environment) {
    this.environment = environment;
  }

  SpeakerEnvironment environment() {
    return environment;
  }

  /** The peers at this moment. */
  List<Peer> peers() {
    return List.copyOf(peers.values());
  }

  /** Adds a peer and starts its session. */
  synchronized Peer add(PeerConfig config, Audience audience) {
    requireOpen();
    Peer peer = new Peer(this, config, audience);
    PeerAddress address = config.peerAddress();
    endDynamicPeer(address);
    if (peers.containsKey(address)) { // nobody else adds one: we hold the lock
      throw new IllegalArgumentException("there is a peer " + address + " already");
    }
    Optional<NeighbourDiscovery> finding =
        address.isInterface() ? Optional.of(discovery()) : Optional.empty();
    peer.session().protect(); // before the first connection of it can be accepted
    peers.put(address, peer);
    peer.added();
    peer.session().await(config);
    finding.ifPresentOrElse(peer.session()::startWhenFound, peer.session()::start);
    return peer;
  }

  /** Tries whether a peer can be configured so, and changes nothing. */
  void rehearse(PeerConfig config) {
    SessionDriver.sessionConfig(environment.config(), config);
    try {
      new PeerProtection(environment, config).rehearse();
    } catch (ProtectionException refused) {
      throw new IllegalStateException(
          "peer " + config.peerAddress() + ": " + refused.text(), refused);
    }
  }

  /** The same for a range; it is not asked whether the speaker listens. */
  void rehearse(DynamicPeersConfig config) {
    SessionDriver.sessionConfig(environment.config(), config.peer(NOBODY));
    try {
      PeerProtection.ofRange(environment, config).rehearse();
    } catch (ProtectionException refused) {
      throw new IllegalStateException("range " + config.range() + ": " + refused.text(), refused);
    }
  }

  private NeighbourDiscovery discovery() {
    NeighbourDiscovery open = discovery.orElseGet(NeighbourDiscovery::open);
    if (discovery.isEmpty()) {
      environment.startThread(open);
      discovery = Optional.of(open);
    }
    return open;
  }

  /** A peer that is configured takes the place of one that merely connected from a range. */
  private void endDynamicPeer(PeerAddress address) {
    Peer before = peers.get(address);
    if (before != null) {
      rangeOf(before).ifPresent(range -> range.end(before, BgpError.PEER_DECONFIGURED));
    }
  }

  private Optional<DynamicPeers> rangeOf(Peer peer) {
    return ranges.stream().filter(range -> range.has(peer)).findFirst();
  }

  /** Alone, so that the keys of a peer that is added again for the address are not taken off. */
  synchronized void remove(Peer peer, BgpError error) {
    PeerAddress address = peer.config().peerAddress();
    if (peers.remove(address, peer)) {
      if (address.isInterface()) {
        discovery.ifPresent(open -> open.unwatch(address.toString()));
      }
      peer.session().unprotect();
      peer.removed();
      peer.session().stop(error);
    }
  }

  /**
   * Lets any peer of a range connect.
   *
   * @param patience how often it is looked for peers without a session
   */
  synchronized DynamicPeers add(
      DynamicPeersConfig config, PeerListener listener, Duration patience) {
    requireOpen();
    if (ranges.stream().anyMatch(range -> range.config().range().equals(config.range()))) {
      throw new IllegalArgumentException("there is a range " + config.range() + " already");
    }
    DynamicPeers range = new DynamicPeers(this, config, listener);
    range.newPeer(NOBODY); // only to have the values checked
    range.protect(); // before the first of them can be accepted
    range.start(patience);
    ranges.add(range);
    return range;
  }

  synchronized void remove(DynamicPeers range) {
    if (ranges.remove(range)) {
      range.endAll();
    }
  }

  /** Gives a connection to the peer that has the address, or else to the longest range. */
  synchronized Optional<Refusal> take(InetAddress remote, Channel connection) {
    PeerAddress from = PeerAddress.of(remote).orElse(NOBODY); // whose link is gone
    Peer known = peers.containsKey(from) ? peers.get(from) : behindInterface(from);
    if (known != null) {
      Optional<Refusal> refusal =
          rangeOf(known).flatMap(range -> range.connected(known, connection));
      if (refusal.isEmpty()) {
        known.session().accept(connection);
      }
      return refusal;
    }
    Optional<DynamicPeers> longest =
        ranges.stream()
            .filter(range -> range.covers(from.address()))
            .max(Comparator.comparingInt(range -> range.config().range().length()));
    if (longest.isEmpty() || from.equals(NOBODY) || ending) {
      return Optional.of(
          new Refusal(
              strangers,
              "of unknown peers",
              "add a peer with that address, or a range that has it, if it should be one"));
    }
    return longest.get().isFull()
        ? longest.map(DynamicPeers::full)
        : takeNew(from, connection, longest.get());
  }

  /** The peer that is an interface behind which this router was found. */
  private @Nullable Peer behindInterface(PeerAddress from) {
    Peer peer = from.zone().map(PeerAddress::onInterface).map(peers::get).orElse(null);
    return peer != null && peer.session().isWith(from.address()) ? peer : null;
  }

  private Optional<Refusal> takeNew(PeerAddress from, Channel connection, DynamicPeers range) {
    Peer peer = range.newPeer(from);
    peers.put(from, peer);
    peer.added();
    peer.session().startWith(connection);
    return range.connected(peer, connection);
  }

  synchronized void requireOpen() {
    if (ending) {
      throw new IllegalStateException("the speaker is closed");
    }
  }

  /** From here on nobody is added; returns whether that is so since now. */
  synchronized boolean beginEnd() {
    boolean isFirst = !ending;
    ending = true;
    if (isFirst) {
      discovery.ifPresent(NeighbourDiscovery::end);
    }
    return isFirst;
  }

  /** The sessions have ended. */
  synchronized void ended() {
    peers.values().forEach(Peer::removed);
  }
}
