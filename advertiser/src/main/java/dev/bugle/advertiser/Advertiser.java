package dev.bugle.advertiser;

import static java.util.stream.Collectors.joining;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.health.HealthChecks;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.AdvertisedRoute;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces VIPs while their leadership is held: the library's way in.
 *
 * <p>All methods may be called from any thread.
 */
public final class Advertiser implements AutoCloseable {

  private static final Duration DEFAULT_STOP_LIMIT = Duration.ofSeconds(5);

  /** How long peers may have to wait after a restart for VIPs that are not announced yet. */
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(5);

  /** How long a pass may take before it is taken to hang; it takes well below a millisecond. */
  private static final Duration PASS_LIMIT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final AdvertiserConfig config;
  private final BgpSpeaker speaker;
  private final Plan plan;
  private final Drains drains = new Drains();
  private final HealthChecks health;
  private final Optional<AddressBinder> binder;
  private final Optional<MaintenanceFile> maintenance;
  private final Reconciler reconciler;
  private final ReconcileLoop loop;
  private final BfdCoupling bfd;
  private final Subscribers subscribers = new Subscribers();
  private final PeerWatch peers = new PeerWatch(subscribers);
  private final PasswordWatch passwords = new PasswordWatch();
  private final Ticker ticker = Ticker.system();
  private boolean closed;
  private boolean cleanly;

  private Advertiser(AdvertiserConfig config, BgpSpeaker speaker, Map<String, Contest> contests) {
    this.config = config;
    this.speaker = speaker;
    this.plan = new Plan(config.vips(), contests);
    this.loop = new ReconcileLoop(ticker);
    this.binder = binder(config);
    this.health = HealthChecks.start(config.host().health(), ticker, loop::wake);
    AddressSink addresses = binder.<AddressSink>map(BinderSink::new).orElse(AddressSink.NONE);
    Ports ports = new Ports(health::snapshot, drains, addresses, new SpeakerSink(speaker));
    DecisionListener changes = new Changes(subscribers, health::snapshot);
    DecisionListener told = DecisionListener.all(new Journal(), changes);
    this.reconciler = new Reconciler(plan, ports, told, ticker);
    this.maintenance =
        config
            .host()
            .maintenanceFile()
            .map(file -> new MaintenanceFile(file, drains, ticker, loop::wake));
    this.bfd = new BfdCoupling(ticker, log::warn);
  }

  private Optional<AddressBinder> binder(AdvertiserConfig config) {
    return config.vips().stream().anyMatch(vip -> vip.needs().boundTo().isPresent())
        ? Optional.of(AddressBinder.open(config.host().addressLedger(), ticker, loop::wake))
        : Optional.empty();
  }

  /**
   * Starts one with the electors of its configuration; see {@link #start(AdvertiserConfig, Map)}.
   */
  public static Advertiser start(AdvertiserConfig config) {
    return start(config, Map.of());
  }

  /**
   * Opens the speaker, begins to compete for leadership, and adds the peers with their BFD.
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
   * Starts one as {@link #start(AdvertiserConfig, Map)} does, for whoever has to be there first.
   *
   * @param first is given the advertiser before it competes for anything and before a peer sees
   *     anything of it; what this throws refuses the start
   */
  public static Advertiser start(
      AdvertiserConfig config, Map<String, Elector> electors, Consumer<Advertiser> first) {
    Map<String, Contest> all = Contests.of(config, electors, Ticker.system());
    Advertiser advertiser = open(config, all);
    try {
      advertiser.begin(first);
      return advertiser;
    } catch (RuntimeException e) {
      advertiser.close();
      throw e;
    }
  }

  private static Advertiser open(AdvertiserConfig config, Map<String, Contest> contests) {
    BgpSpeaker speaker = BgpSpeaker.open(config.speaker());
    try {
      return new Advertiser(config, speaker, contests);
    } catch (RuntimeException e) {
      speaker.close();
      throw e;
    }
  }

  /** The sessions come last: whatever refuses to start, no peer has seen anything of it. */
  private void begin(Consumer<Advertiser> first) {
    List<Neighbor> neighbors = config.peers();
    maintenance.ifPresent(MaintenanceFile::start);
    try {
      first.accept(this);
      boolean returns = config.onStop().forRestart();
      for (Contest contest : plan.contests().values()) {
        // Who comes back takes over addresses without a gap: it leads before the first pass.
        contest.elector().stand(returns);
        contest.elector().start(loop::wake);
      }
    } finally {
      loop.start(reconciler); // Also when one has failed: it does the stopping.
    }
    if (config.onStop().forRestart()) {
      // Peers forget what they kept when they have got everything anew, so it must be there first.
      await("announcing everything before the peers", reconciler.announced(), RESTART_LIMIT);
    }
    bfd.start(neighbors); // All of them first: no BGP session is there without its BFD.
    for (Neighbor peer : neighbors) {
      Peer added = speaker.peer(peer.bgp(), peers);
      bfd.follow(peer, added::pathState);
      passwords.add(peer, added::authentication);
    }
    config.dynamicPeers().forEach(range -> speaker.dynamicPeers(range, peers));
  }

  /** Whether each VIP is announced, and why; empty until it was first decided. */
  public List<VipDecision> decisions() {
    return reconciler.decisions();
  }

  /** What is known of everything, now. Never waits. */
  public AdvertiserStatus status() {
    return new AdvertiserStatus(
        ticker.nanos(),
        reconciler.decisions(),
        reconciler.leaderships(),
        health.snapshot(),
        binder.map(AddressBinder::snapshot).orElse(Map.of()),
        drains.whole().values().stream().map(Drain::reason).sorted().toList(),
        bfd.status(),
        speaker.status());
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
    return loop.isAlive(PASS_LIMIT);
  }

  /**
   * What is missing before it does what it is there for: a decision on the VIPs, and sessions with
   * the peers of its configuration on which all has been told. A sentence each; empty when it is
   * ready.
   */
  public List<String> missing() {
    boolean decided = !reconciler.decisions().isEmpty() || plan.vips().isEmpty();
    return Readiness.missing(config.peers(), speaker.status(), decided);
  }

  /**
   * What a peer knows from us; see {@link Peer#advertised}.
   *
   * @param limit how many routes at most
   * @throws IllegalArgumentException when there is no such peer
   */
  public CompletionStage<List<AdvertisedRoute>> routesSent(PeerAddress to, int limit) {
    return speaker.peers().stream()
        .filter(peer -> peer.config().peerAddress().equals(to))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no peer " + to))
        .advertised(limit);
  }

  /** What a peer has announced on its session: at most a thousand routes. */
  public ReceivedRoutes routesReceived(PeerAddress from) {
    return peers.received(from);
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
    List<Vip> meant = called(called);
    meant.forEach(vip -> drains.drain(vip, new Drain(ticker.nanos(), reason)));
    loop.wake();
    return meant;
  }

  /** Takes all VIPs out of service; see {@link #drain}. */
  public void drainAll(String reason) {
    drains.drainAll(Drains.Source.OPERATOR, new Drain(ticker.nanos(), reason));
    loop.wake();
  }

  /**
   * Puts VIPs that were drained by name into service again.
   *
   * @return those that are meant
   * @throws IllegalArgumentException naming those that there are, when none is called so
   */
  public List<Vip> undrain(String called) {
    List<Vip> meant = called(called);
    meant.forEach(drains::undrain);
    loop.wake();
    return meant;
  }

  /** Puts all VIPs into service again, unless the maintenance file is there. */
  public void undrainAll() {
    drains.undrainEverything();
    loop.wake();
  }

  private List<Vip> called(String text) {
    List<Vip> meant = plan.vips().stream().filter(vip -> vip.isCalled(text)).toList();
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no VIP "
              + text
              + "; there are "
              + plan.vips().stream().limit(20).map(Vip::toString).collect(joining(", ")));
    }
    return meant;
  }

  /** Stops within five seconds after the longest drain; see {@link #stop}. */
  @Override
  public void close() {
    stop(DEFAULT_STOP_LIMIT.plus(config.longestDrain()));
  }

  /**
   * Drains everything, withdraws, flushes that to the sockets, releases the leaderships, ends every
   * session with Cease/Administrative Shutdown and the configured text, and then its BFD; or, if so
   * configured, leaves without a word to peers that then keep the routes. Returns when nothing of
   * it runs any more; a peer that does not read cannot delay it beyond the limit.
   *
   * @return whether every peer that was up has been told in time; the same when called again
   */
  public synchronized boolean stop(Duration limit) {
    if (!closed) {
      closed = true;
      long end = System.nanoTime() + limit.toNanos();
      passwords.close();
      maintenance.ifPresent(MaintenanceFile::close);
      cleanly = config.onStop().forRestart() ? leaveForRestart(end) : retreat(end);
      speaker.close();
    }
    return cleanly;
  }

  private boolean retreat(long end) {
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    boolean withdrawn = await("withdrawing", reconciler.retired(), end);
    closeInputs();
    binder.ifPresent(AddressBinder::close);
    boolean closed = await("closing the sessions", speaker.shutdown(config.onStop().text()), end);
    bfd.close(); // Behind BGP: a router hears the Cease before its BFD session goes down.
    return closed && withdrawn;
  }

  private boolean leaveForRestart(long end) {
    closeInputs();
    binder.ifPresent(AddressBinder::leaveForRestart);
    // Before BGP: a router that hears AdminDown does not take the end for a failure (RFC 5882
    // §3.2).
    bfd.close();
    return await("closing the sessions", speaker.leaveForRestart(config.onStop().text()), end);
  }

  private void closeInputs() {
    plan.contests().values().forEach(contest -> contest.elector().close());
    loop.close();
    health.close();
  }

  private static boolean await(String what, CompletionStage<Void> stage, Duration limit) {
    return await(what, stage, System.nanoTime() + limit.toNanos());
  }

  private static boolean await(String what, CompletionStage<Void> stage, long end) {
    try {
      stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      log.warn("{} takes too long, so it is cut short", what);
    } catch (ExecutionException e) {
      log.error("{} failed", what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
