package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces VIPs while their leadership is held: the library's way in.
 *
 * <p>All methods may be called from any thread.
 */
public final class Advertiser implements AutoCloseable {

  private static final Duration DEFAULT_STOP_LIMIT = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final AdvertiserConfig config;
  private final OnStop onStop;
  private final BgpSpeaker speaker;
  private final Plan plan;
  private final Drains drains = new Drains();
  private final Reconciler reconciler;
  private final ReconcileLoop loop;
  private final BfdCoupling bfd;
  private final PasswordWatch passwords = new PasswordWatch();
  private final Ticker ticker = Ticker.system();
  private boolean closed;
  private boolean cleanly;

  private Advertiser(AdvertiserConfig config, BgpSpeaker speaker, Map<String, Contest> contests) {
    this.config = config;
    this.onStop = config.onStop();
    this.speaker = speaker;
    this.plan = new Plan(config.vips(), contests);
    Ports ports = new Ports(Map::of, drains, AddressSink.NONE, new SpeakerSink(speaker));
    this.reconciler = new Reconciler(plan, ports, new Journal(), ticker);
    this.loop = new ReconcileLoop(reconciler, ticker);
    this.bfd = new BfdCoupling(ticker, log::warn);
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
   * @throws IllegalStateException when an elector can never lead, saying what to do; when the BFD
   *     of a peer, or what protects its connections, cannot be had as it is configured, naming the
   *     peer and the cause
   * @throws UnsupportedOperationException when a peer is an interface, and routers behind
   *     interfaces cannot be found here, saying why
   */
  public static Advertiser start(AdvertiserConfig config, Map<String, Elector> electors) {
    Map<String, Contest> all = Contests.of(config, electors, Ticker.system());
    Advertiser advertiser = new Advertiser(config, BgpSpeaker.open(config.speaker()), all);
    try {
      advertiser.begin(config.peers(), config.dynamicPeers());
      return advertiser;
    } catch (RuntimeException e) {
      advertiser.close();
      throw e;
    }
  }

  /** The sessions come last: whatever refuses to start, no peer has seen anything of it. */
  private void begin(List<Neighbor> peers, List<DynamicPeersConfig> ranges) {
    try {
      plan.contests().values().forEach(contest -> contest.elector().start(loop::wake));
      if (onStop.forRestart()) {
        // Peers forget what they kept when they have got everything anew, so it must be there
        // first: the first pass stands, and the second announces.
        reconciler.pass();
        reconciler.pass();
      }
    } finally {
      loop.start(); // Also when one has failed: it does the stopping.
    }
    bfd.start(peers); // All of them first: no BGP session is there without its BFD.
    for (Neighbor peer : peers) {
      Peer added = speaker.peer(peer.bgp());
      bfd.follow(peer, added::pathState);
      passwords.add(peer, added::authentication);
    }
    ranges.forEach(range -> speaker.dynamicPeers(range, PeerListener.NONE));
  }

  /** Whether each VIP is announced, and why; empty until it was first decided. */
  public List<VipDecision> decisions() {
    return reconciler.decisions();
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
      cleanly = onStop.forRestart() ? leaveForRestart(end) : retreat(end);
      speaker.close();
    }
    return cleanly;
  }

  private boolean retreat(long end) {
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    boolean withdrawn = await("withdrawing", reconciler.retired(), end);
    closeElectors();
    loop.close();
    boolean closed = await("closing the sessions", speaker.shutdown(onStop.text()), end);
    bfd.close(); // Behind BGP: a router hears the Cease before its BFD session goes down.
    return closed && withdrawn;
  }

  private boolean leaveForRestart(long end) {
    closeElectors();
    loop.close();
    // Before BGP: a router that hears AdminDown does not take the end for a failure (RFC 5882
    // §3.2).
    bfd.close();
    return await("closing the sessions", speaker.leaveForRestart(onStop.text()), end);
  }

  private void closeElectors() {
    plan.contests().values().forEach(contest -> contest.elector().close());
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
