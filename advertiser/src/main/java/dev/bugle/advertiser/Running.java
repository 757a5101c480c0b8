package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.health.HealthChecks;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.bgp.BgpSpeaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that runs of an advertiser: how its parts are put together, and in which order they begin and
 * end. Beginning and ending are for one thread at a time.
 */
final class Running {

  /** How long peers may have to wait after a restart for VIPs that are not announced yet. */
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final Ticker ticker = Ticker.system();
  private final Drains drains = new Drains();
  private final Stages stages = new Stages();
  private final CompletableFuture<Void> stuck = new CompletableFuture<>();
  private final BgpSpeaker speaker;
  private final Electorate electorate;
  private final ReconcileLoop loop;
  private final PassWatch passes;
  private final PeerNews peers;
  private final BinderSink addresses;
  private final HealthChecks health;
  private final Optional<AdvertiserMeters> meters;
  private final Neighbors neighbors;
  private final Reconciler reconciler;
  private final Roster roster;
  private final Sources sources;
  private final Steering steering;
  private final MaintenanceFile maintenance;

  /** Puts the parts together; of the network nothing is seen yet. */
  Running(
      AdvertiserConfig config, BgpSpeaker speaker, Electorate electorate, Subscribers subscribers) {
    this.speaker = speaker;
    this.electorate = electorate;
    this.loop = new ReconcileLoop(ticker);
    this.passes = new PassWatch(loop::isBehind, loop::steps, this::giveUp);
    PeerWatch reach = new PeerWatch(ticker, loop::wake);
    this.peers = new PeerNews(subscribers, reach);
    this.addresses = new BinderSink(config.host().addressLedger(), ticker, loop::wake);
    addresses.openFor(config.vips());
    this.health = HealthChecks.start(config.host().health(), ticker, loop::wake);
    Ports ports =
        new Ports(
            health::snapshot,
            reach::reach,
            drains,
            addresses,
            new SpeakerSink(speaker, loop::step));
    this.meters =
        speaker
            .config()
            .meterRegistry()
            .map(registry -> new AdvertiserMeters(registry, ports, this::leadership, ticker));
    this.neighbors = new Neighbors(speaker, ticker, peers, meters);
    List<DecisionListener> listeners = new ArrayList<>();
    listeners.add(new Journal(loop::step));
    listeners.add(new DecisionNews(subscribers, health::snapshot));
    meters.ifPresent(listeners::add);
    SourceNews news = new SourceNews();
    listeners.add(news);
    Plan plan = new Plan(config.vips(), electorate.contests());
    this.reconciler =
        new Reconciler(
            plan, ports, DecisionListener.all(listeners.toArray(DecisionListener[]::new)), ticker);
    this.roster = new Roster(reconciler, health, drains, plan, config.host().health());
    this.sources =
        new Sources(
            roster,
            reconciler,
            addresses,
            new Sources.Inlet(news, ticker, loop::wake, speaker.config().meterRegistry()));
    this.steering = new Steering(drains, roster, ticker, loop::wake);
    this.maintenance = new MaintenanceFile(drains, ticker, loop::wake);
  }

  /**
   * Begins. The sessions come last: whatever refuses to start, no peer has seen anything of it.
   *
   * @param first comes before anything else of it; what this throws refuses the start
   */
  void begin(AdvertiserConfig config, Runnable first) {
    maintenance.watch(config.host().maintenanceFile());
    try {
      sources.open(config);
      prepare(config, first);
      // Who comes back takes over addresses without a gap: it leads before the first pass.
      electorate.start(config.onStop().forRestart(), loop::wake);
    } finally {
      loop.start(reconciler); // Also when one has failed: it does the stopping.
      passes.start();
    }
    sources.start(Terms.of(config, electorate.contests().keySet()));
    if (config.onStop().forRestart()) {
      // Peers forget what they kept when they have got everything anew, so it must be there first.
      stages.await("announcing everything before the peers", reconciler.announced(), RESTART_LIMIT);
      if (stages.isCutShort()) {
        return; // It is to end already: a peer that kept the routes is not told of a part of them.
      }
    }
    neighbors.start(config);
  }

  private void prepare(AdvertiserConfig config, Runnable first) {
    try {
      first.run();
    } catch (RuntimeException refused) {
      // What is not to start announces nothing on the way out, not even to nobody.
      long over = ticker.nanos() - config.longestDrain().toNanos();
      drains.drainAll(Drains.Source.STOP, new Drain(over, "not started"));
      throw refused;
    }
  }

  private Leadership leadership(String name) {
    return Optional.ofNullable(reconciler.contests().get(name))
        .map(contest -> contest.elector().leadership())
        .orElseGet(() -> Leadership.waiting(ticker.nanos(), "it is not there any more"));
  }

  /**
   * Ends all of it.
   *
   * @param end when to be through, a reading of {@link System#nanoTime}
   * @return whether every peer that was up has been told in time
   */
  boolean end(OnStop how, long end) {
    sources.freeze();
    neighbors.leavePasswords();
    maintenance.close();
    boolean cleanly = how.forRestart() ? leaveForRestart(how, end) : retreat(how, end);
    speaker.close();
    meters.ifPresent(AdvertiserMeters::close);
    return cleanly;
  }

  private boolean retreat(OnStop how, long end) {
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    boolean withdrawn = Stages.await("withdrawing", reconciler.retired(), end);
    closeInputs();
    addresses.close();
    boolean told = Stages.await("closing the sessions", speaker.shutdown(how.text()), end);
    neighbors.closeBfd(); // Behind BGP: a router hears the Cease before its BFD session goes down.
    return told && withdrawn;
  }

  private boolean leaveForRestart(OnStop how, long end) {
    closeInputs();
    addresses.leaveForRestart();
    // Before BGP: a router that hears AdminDown does not take the end for a failure (RFC 5882
    // §3.2).
    neighbors.closeBfd();
    return Stages.await("closing the sessions", speaker.leaveForRestart(how.text()), end);
  }

  private void closeInputs() {
    passes.close();
    sources.close();
    electorate.close();
    loop.close();
    health.close();
  }

  /** Says so at last: what hangs may be the log. */
  private void giveUp() {
    stuck.complete(null);
    speaker.close();
    log.error(
        "no decision has been made for {} s or more although one was due, so all sessions are"
            + " ended; restart this process",
        PassWatch.LIMIT.toSeconds());
  }

  /** Completes as {@link Advertiser#stuck} does. */
  CompletionStage<Void> stuck() {
    return stuck.minimalCompletionStage();
  }

  /** Whether decisions go on. */
  boolean isAlive() {
    return loop.isAlive() && !stuck.isDone();
  }

  /** Lets it decide anew, since an input has changed. */
  void wake() {
    loop.wake();
  }

  BgpSpeaker speaker() {
    return speaker;
  }

  Reconciler reconciler() {
    return reconciler;
  }

  Electorate electorate() {
    return electorate;
  }

  Neighbors neighbors() {
    return neighbors;
  }

  PeerNews peers() {
    return peers;
  }

  HealthChecks health() {
    return health;
  }

  Drains drains() {
    return drains;
  }

  Roster roster() {
    return roster;
  }

  Sources sources() {
    return sources;
  }

  Steering steering() {
    return steering;
  }

  MaintenanceFile maintenance() {
    return maintenance;
  }

  BinderSink addresses() {
    return addresses;
  }

  Stages stages() {
    return stages;
  }
}
