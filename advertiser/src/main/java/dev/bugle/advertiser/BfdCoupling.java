package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bgp.PeerAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The BFD sessions with the routers that have one. Each tells how the path is ({@link PathRelay}),
 * and is watched until it is up ({@link UpWatches}). Without any there is no thread, no socket and
 * no native code.
 *
 * <p>Not thread-safe; only what the sessions tell comes on BFD's thread.
 */
final class BfdCoupling implements AutoCloseable {

  private final UpWatches watches;
  private final Map<Neighbor, PathRelay> relays = new HashMap<>();
  private final Map<Neighbor, BfdSession> sessions = new ConcurrentHashMap<>();
  private Optional<BfdSpeaker> speaker = Optional.empty();

  /** Nothing yet; the warnings of sessions that do not come up go to that one. */
  BfdCoupling(Ticker ticker, Consumer<String> warnings) {
    this.watches = new UpWatches(ticker, warnings);
  }

  /**
   * Starts the sessions. When one is refused, {@link #close} ends those that were not.
   *
   * @throws IllegalStateException naming the router whose session cannot be had as it is
   *     configured, and why
   */
  void start(List<Neighbor> neighbors) {
    Map<Neighbor, PeerBfd> wanted = new LinkedHashMap<>();
    neighbors.forEach(n -> n.bfd().ifPresent(bfd -> wanted.put(n, bfd)));
    wanted.forEach(
        (neighbor, bfd) -> {
          try {
            start(neighbor, bfd, open(wanted.values()));
          } catch (UnsupportedOperationException
              | UncheckedIOException
              | IllegalArgumentException refused) {
            throw new IllegalStateException(
                "peer " + neighbor + ": " + refused.getMessage(), refused);
          }
        });
  }

  private BfdSpeaker open(Iterable<PeerBfd> wanted) {
    BfdSpeaker open = speaker.orElseGet(() -> BfdSpeaker.open(receivingFor(wanted)));
    speaker = Optional.of(open);
    return open;
  }

  /** Takes no more addresses of this host than it must, so that others can have theirs. */
  private static BfdConfig receivingFor(Iterable<PeerBfd> wanted) {
    BfdConfig.Builder config = BfdConfig.builder().jvmRealTime(true);
    for (PeerBfd bfd : wanted) {
      Optional<InetAddress> local = bfd.session().local();
      if (local.isEmpty()) {
        return BfdConfig.builder().jvmRealTime(true).build(); // on every address
      }
      config.localAddress(local.get().getHostAddress());
    }
    return config.build();
  }

  private void start(Neighbor neighbor, PeerBfd bfd, BfdSpeaker open) {
    PathRelay relay = new PathRelay();
    BfdSession session = open.session(BfdKeyReader.withKeys(bfd), relay);
    relays.put(neighbor, relay);
    sessions.put(neighbor, session);
    watches.add("BFD with " + neighbor, session::status);
  }

  /** Tells the path to that router, now and whenever it changes; nothing if it has no BFD. */
  void follow(Neighbor neighbor, PathSink sink) {
    Optional.ofNullable(relays.get(neighbor)).ifPresent(relay -> relay.follow(sink));
  }

  /** How the sessions are now, by the address of the router; from any thread. */
  Map<PeerAddress, BfdStatus> status() {
    Map<PeerAddress, BfdStatus> all = new HashMap<>();
    sessions.forEach((neighbor, one) -> all.put(neighbor.bgp().peerAddress(), one.status()));
    return all;
  }

  /** Ends the sessions; the routers are told that this is no failure. */
  @Override
  public void close() {
    watches.close();
    speaker.ifPresent(BfdSpeaker::close);
  }
}
