package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.AdvertisedRoute;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Announces VIPs while their leadership is held: the library's way in.
 *
 * <p>All methods may be called from any thread.
 */
public final class Advertiser implements AutoCloseable {

  private static final Duration DEFAULT_STOP_LIMIT = Duration.ofSeconds(5);

  private final Ticker ticker = Ticker.system();
  private final Subscribers subscribers = new Subscribers();
  private final Running running;
  private volatile AdvertiserConfig config;
  private boolean closed;
  private boolean cleanly;

  private Advertiser(AdvertiserConfig config, BgpSpeaker speaker, Electorate electorate) {
    this.config = config;
    this.running = new Running(config, speaker, electorate, subscribers);
  }

  /**
   * Starts one with the electors of its configuration; see {@link #start(AdvertiserConfig, Map)}.
   */
  public static Advertiser start(AdvertiserConfig config) {
    return start(config, Map.of());
  }

  /**
   * Opens the speaker, begins to compete for leadership, and adds the peers with their BFD. Meters
   * of all of it, not only of the speaker, go to the registry of the speaker's configuration, if
   * that has one (docs/metrics.md).
   *
   * @param electors more electors by name, not started, beside those of the configuration; the
   *     advertiser drives and closes them
   * @throws java.io.UncheckedIOException when it cannot listen, naming the address
   * @throws IllegalArgumentException when a VIP names a leadership that is not there
   * @throws IllegalStateException when an elector can never lead, saying what to do; when another
   *     process keeps the addresses on the interfaces of this host; when the BFD of a peer, or what
   *     protects its connections, cannot be had as it is configured, naming the peer and the cause
   * @throws UnsupportedOperationException when a peer is an interface, and routers behind
   *     interfaces cannot be found here, saying why
   */
  public static Advertiser start(AdvertiserConfig config, Map<String, Elector> electors) {
    return start(config, electors, advertiser -> {});
  }

  /**
   * Starts one whose meters go to that registry, whatever its configuration says; see {@link
   * #start(AdvertiserConfig, Map)}.
   */
  public static Advertiser start(
      AdvertiserConfig config, Map<String, Elector> electors, MeterRegistry registry) {
    return start(config.withMeterRegistry(registry), electors);
  }

  /**
   * Starts one as {@link #start(AdvertiserConfig, Map)} does, for whoever has to be there first.
   *
   * @param first is given the advertiser before it competes for anything and before a peer sees
   *     anything of it; what this throws refuses the start. It must neither stop nor reload it, and
   *     who does so on another thread waits until the start is over
   */
  public static Advertiser start(
      AdvertiserConfig config, Map<String, Elector> electors, Consumer<Advertiser> first) {
    Electorate all = new Electorate(electors, Ticker.system());
    all.open(config);
    Advertiser advertiser = open(config, all);
    // Who stops or reloads it meanwhile waits until it is there, or is not to be.
    synchronized (advertiser) {
      try {
        advertiser.running.begin(config, () -> first.accept(advertiser));
      } catch (RuntimeException e) {
        advertiser.close();
        throw e;
      }
    }
    return advertiser;
  }

  private static Advertiser open(AdvertiserConfig config, Electorate electorate) {
    BgpSpeaker speaker = BgpSpeaker.open(config.speaker());
    try {
      return new Advertiser(config, speaker, electorate);
    } catch (RuntimeException e) {
      speaker.close();
      throw e;
    }
  }

  /** What it is told by now. */
  public AdvertiserConfig config() {
    return config;
  }

  /**
   * Lets another configuration hold. All of it is tried first, and when anything is refused nothing
   * was changed. Then only what differs is changed: a peer that is as before hears nothing, and one
   * that is not keeps its session where it can ({@link dev.bugle.bgp.Peer#reconfigure}); a VIP that
   * is otherwise is told as one change, without a withdrawal; a leadership whose election is as
   * before stays held, and one whose election is not is given up in order and competed for anew.
   * Electors that were given to {@link #start(AdvertiserConfig, Map)} stay. What was drained stays
   * drained. A source whose configuration is as before stays, with its VIPs and their leaderships.
   * Waits until it is done, some seconds at most; VIPs are withdrawn all the while when they must
   * be. Two at a time come one after the other.
   *
   * @return what was changed, and what could not be after all
   * @throws ReloadRefusedException when it cannot hold, or only after a restart, with all reasons;
   *     then nothing was changed
   * @throws IllegalStateException when the advertiser stops or has stopped
   */
  public synchronized ReloadReport reload(AdvertiserConfig next) {
    if (closed || running.stages().isCutShort()) {
      throw new IllegalStateException("the program stops; nothing was changed");
    }
    ReloadReport report = new Reload(running, config, next).run();
    config = next;
    return report;
  }

  /** Whether each VIP is announced, and why; empty until it was first decided. */
  public List<VipDecision> decisions() {
    return running.reconciler().decisions();
  }

  /** What is known of everything, now. Never waits. */
  public AdvertiserStatus status() {
    return new AdvertiserStatus(
        ticker.nanos(),
        running.reconciler().decisions(),
        running.reconciler().leaderships(),
        running.health().snapshot(),
        running.addresses().bindings(),
        running.drains().whole().values().stream().map(Drain::reason).sorted().toList(),
        running.sources().status(),
        running.neighbors().bfd(),
        running.speaker().status());
  }

  /**
   * Hears of every change from now on. Who wants to miss nothing subscribes first, and then reads
   * {@link #status}.
   *
   * @return ends it; what is being told at that moment may still arrive
   */
  public Runnable subscribe(AdvertiserListener listener) {
    subscribers.add(listener);
    return () -> subscribers.remove(listener);
  }

  /** Whether decisions go on; if not, the process should be started anew. */
  public boolean isAlive() {
    return running.isAlive();
  }

  /**
   * What is missing before it does what it is there for: a decision on the VIPs, the VIPs of each
   * source, and sessions with the peers of its configuration on which all has been told, as far as
   * {@link AdminConfig#readyWhen} asks for them. A sentence each; empty when it is ready.
   */
  public List<String> missing() {
    boolean decided = !running.reconciler().decisions().isEmpty() || config.vips().isEmpty();
    List<String> missing = new ArrayList<>(running.sources().missing());
    missing.addAll(Readiness.missing(config, running.speaker().status(), decided));
    return missing;
  }

  /**
   * What a peer knows from us; see {@link Peer#advertised}.
   *
   * @param limit how many routes at most
   * @throws IllegalArgumentException when there is no such peer
   */
  public CompletionStage<List<AdvertisedRoute>> routesSent(PeerAddress to, int limit) {
    return running.speaker().peers().stream()
        .filter(peer -> peer.config().peerAddress().equals(to))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no peer " + to))
        .advertised(limit);
  }

  /** What a peer has announced on its session: at most a thousand routes. */
  public ReceivedRoutes routesReceived(PeerAddress from) {
    return running.peers().received(from);
  }

  /**
   * Takes VIPs out of service: they are announced with GRACEFUL_SHUTDOWN for their drain time, and
   * then withdrawn, until they are undrained or the program begins anew. To drain again changes
   * nothing.
   *
   * @param called the name or the prefix of VIPs
   * @param reason for people
   * @return those that are meant
   * @throws IllegalArgumentException naming those that there are, when none is called so
   */
  public List<Vip> drain(String called, String reason) {
    return running.steering().drain(called, reason);
  }

  /** Takes all VIPs out of service; see {@link #drain}. */
  public void drainAll(String reason) {
    running.steering().drainAll(reason);
  }

  /**
   * Puts VIPs that were drained by name into service again.
   *
   * @return those that are meant
   * @throws IllegalArgumentException naming those that there are, when none is called so
   */
  public List<Vip> undrain(String called) {
    return running.steering().undrain(called);
  }

  /** Puts all VIPs into service again, unless the maintenance file is there, or a source drains. */
  public void undrainAll() {
    running.steering().undrainAll();
  }

  /** How long the longest drain of a VIP takes, of those that there are now. */
  public Duration longestDrain() {
    return running.roster().vips().stream()
        .map(Vip::drainTime)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Stops within five seconds after the longest drain; see {@link #stop}. */
  @Override
  public void close() {
    stop(DEFAULT_STOP_LIMIT.plus(longestDrain()));
  }

  /**
   * Drains everything, withdraws, flushes that to the sockets, releases the leaderships, ends every
   * session with Cease/Administrative Shutdown and the configured text, and then its BFD; or, if so
   * configured, leaves without a word to peers that then keep the routes. Returns when nothing of
   * it runs any more; a peer that does not read cannot delay it beyond the limit.
   *
   * @return whether every peer that was up has been told in time; the same when called again
   */
  public boolean stop(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    running.stages().cutShort(); // A reload that waits is given up, one that applies is soon over.
    synchronized (this) {
      if (!closed) {
        closed = true;
        cleanly = running.end(config.onStop(), end);
      }
      return cleanly;
    }
  }

  /**
   * Completes when no decision has been made for two seconds, or ten where VIPs are still being
   * seen to, although one was due: the thread that makes them hangs, and will not withdraw
   * anything. All sessions are ended then, on whatever thread completes this, after those who wait
   * for it; all that is left to do is to end the process.
   */
  public CompletionStage<Void> stuck() {
    return running.stuck();
  }
}
