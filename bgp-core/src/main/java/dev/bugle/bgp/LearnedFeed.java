package dev.bugle.bgp;

import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.table.Import;
import dev.bugle.bgp.rib.table.Imported;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PackedPrefixes;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one session learns, on its way to the routing tables: nothing while the session does not
 * stand. On the session's event loop.
 *
 * <p>When the tables are behind, the session leaves what the peer sends in its socket until they
 * have caught up, so that TCP slows the peer down and what waits stays bounded.
 */
final class LearnedFeed {

  /** How many octets of messages may wait for the tables before the session reads no more. */
  static final int MANY = 512 << 10;

  /** How few they must be until it reads again. */
  private static final int FEW = 128 << 10;

  private final RoutingTables tables;
  private final SpeakerConfig speaker;
  private final SessionDriver driver;
  private final AtomicInteger waiting = new AtomicInteger();

  /** What is kept of sessions before. */
  private final RetainedPaths retained;

  private @Nullable Session session;

  /** The session that stands, or stood last. */
  private @Nullable Session last;

  LearnedFeed(RoutingTables tables, SpeakerConfig speaker, SessionDriver driver) {
    this.tables = tables;
    this.speaker = speaker;
    this.driver = driver;
    this.retained = new RetainedPaths(tables, driver.loop(), driver);
  }

  /** What belongs to one session while it stands; the pools are the tables'. */
  private static final class Session {
    final Connection connection;
    final PathSource source;
    final PrefixLimits limits;
    final Map<AddressFamily, PathPool> pools = new HashMap<>();
    Import imports;
    boolean paused;

    Session(Connection connection, PathSource source, PrefixLimits limits, Import imports) {
      this.connection = connection;
      this.source = source;
      this.limits = limits;
      this.imports = imports;
    }

    PathPool pool(AddressFamily agreed) {
      return Objects.requireNonNull(pools.get(agreed));
    }
  }

  /** The session stands. */
  void begin(Connection connection, Negotiated negotiated, PeerConfig config) {
    PathSource source = source(negotiated, config);
    PrefixLimits limits =
        new PrefixLimits(
            driver,
            config.importing().prefixLimits(),
            (family, limit) -> exceeded(source, family, limit));
    PolicyPeer peer =
        new PolicyPeer(config.address(), negotiated.peerAs(), config.peerAddress().zone());
    Import imports = imports(connection, peer, config);
    Session begun = new Session(connection, source, limits, imports);
    negotiated.families().forEach(family -> begun.pools.put(family, new PathPool(source)));
    session = begun;
    last = begun;
    retained.begin(negotiated, config.session().offer().retention());
    tables.execute(() -> tables.selection().agreed(driver, negotiated));
  }

  private PathSource source(Negotiated negotiated, PeerConfig config) {
    if (!retained.isEmpty() && last != null) {
      return last.source.successor(negotiated.peerIdentifier());
    }
    PathSource.Kind kind = PathSource.Kind.of(config.standing(speaker).kind());
    return new PathSource(kind, config.address(), negotiated.peerIdentifier(), negotiated.peerAs());
  }

  /** On the thread of the tables; a session that has come after this one is not to blame. */
  private void exceeded(PathSource source, AddressFamily family, PrefixLimit limit) {
    BgpError error = BgpError.maximumPrefixesReached(family, limit.maximum());
    onLoop(
        () -> {
          if (session != null && session.source == source) {
            driver.handle(new Event.AutomaticStop(error, limit.restartAfter()));
          }
        });
  }

  /** The session as a source of paths, while it stands. */
  Optional<PathSource> source() {
    return Optional.ofNullable(session).map(current -> current.source);
  }

  /** Answers with what is known of the peer, be its session over, too; nothing if none ever was. */
  void routes(PeerInquiry.Question question, CompletableFuture<List<LearnedRoute>> answer) {
    if (last == null) {
      answer.complete(List.of());
    } else {
      PeerInquiry.ask(tables, last.source, question, answer);
    }
  }

  /** What the session that stands has announced, by family; the pools are the tables'. */
  Map<AddressFamily, PathPool> pools() {
    return session == null ? Map.of() : Map.copyOf(session.pools);
  }

  private Import imports(Connection connection, PolicyPeer peer, PeerConfig config) {
    Set<AddressFamily> ipv6NextHops = connection.context().sent().extendedNextHop();
    InetAddress local = connection.localAddress().getAddress();
    return new Import(
        peer,
        config.importing().policy(),
        config.standing(speaker).terms(),
        new Import.Own(
            config.standing(speaker).knownAsns(),
            speaker.asn(),
            speaker.routerId(),
            speaker.clusterId(),
            NextHops.ours(config, ipv6NextHops, local)));
  }

  /**
   * The session stands no more, and nothing holds that it had announced; but for a while where it
   * may return, and we keep it so long.
   */
  void end(boolean mayReturn) {
    Session over = session;
    session = null;
    if (over == null) {
      return;
    }
    if (mayReturn) {
      retained.keep(over.pools, over.imports);
    } else {
      retained.forgetAll();
      tables.execute(() -> over.pools.forEach((family, pool) -> table(family).withdrawAll(pool)));
    }
  }

  /** The peer is not waited for. */
  void forget() {
    retained.forgetAll();
  }

  /** Another configuration holds, also for what is there already. */
  void refit(PeerConfig config) {
    if (last == null) {
      return;
    }
    Session fitted = last;
    Import changed = imports(fitted.connection, fitted.imports.peer(), config);
    if (!changed.equals(fitted.imports)) {
      fitted.imports = changed;
      retained.refit(changed);
      if (fitted == session) {
        tables.execute(
            () ->
                fitted.pools.forEach(
                    (family, pool) -> table(family).reimport(pool, changed.of(family)::apply)));
      }
    }
  }

  private RoutingTable table(AddressFamily family) {
    return tables.of(family);
  }

  /** The peer has announced and withdrawn this. */
  void received(UpdateMessage update) {
    Session current = session;
    if (current == null) {
      return;
    }
    int octets = current.connection.lastLength();
    LearnedUpdate learned = LearnedUpdate.of(update, current.imports, current.pools.keySet());
    if (waiting.addAndGet(octets) > MANY && !current.paused) {
      current.paused = true;
      current.connection.read(false);
    }
    tables.execute(
        () -> {
          try {
            apply(current, learned);
          } catch (RuntimeException
              | Error unforeseen) { // or what it holds would be anybody's guess
            onLoop(() -> failed(current, unforeseen));
          } finally {
            int before = waiting.getAndAdd(-octets);
            if (before > FEW && before - octets <= FEW) {
              onLoop(this::goOn);
            }
          }
        });
    update.endOfRib().ifPresent(this::endOfRib); // behind what the UPDATE says
  }

  private void endOfRib(AddressFamily family) {
    retained.endOfRib(family);
    tables.execute(() -> tables.selection().endOfRib(driver, family));
  }

  /** What of the session stands in the tables is not what it has announced: it begins anew. */
  private void failed(Session from, Throwable unforeseen) {
    if (session == from) {
      driver.failed(unforeseen);
    }
  }

  private void onLoop(Runnable task) {
    try {
      driver.loop().execute(task);
    } catch (RejectedExecutionException ended) {
      // The speaker ends, and reads no more.
    }
  }

  /** The session that stands by now: what has waited may be of one before it. */
  private void goOn() {
    Session current = session;
    if (current != null && current.paused && waiting.get() <= FEW) {
      current.paused = false;
      current.connection.read(true);
    }
  }

  /** On the thread of the tables. */
  private void apply(Session from, LearnedUpdate update) {
    for (LearnedUpdate.Withdrawal withdrawal : update.withdrawals()) {
      withdraw(table(withdrawal.family()), from.source, withdrawal.destinations());
    }
    for (LearnedUpdate.Announcement announcement : update.announcements()) {
      announce(from, announcement);
    }
  }

  private static void withdraw(RoutingTable table, PathSource source, List<Nlri> destinations) {
    if (destinations instanceof PackedPrefixes) { // without an object for each
      table.withdrawAll(destinations, source, 0);
      return;
    }
    for (Nlri nlri : destinations) {
      table.withdraw(destination(nlri), source, identifier(nlri));
    }
  }

  private void announce(Session from, LearnedUpdate.Announcement announcement) {
    Import imports = announcement.imports();
    RoutingTable table = table(announcement.family());
    PathPool pool = from.pool(announcement.family());
    List<Nlri> destinations = announcement.destinations();
    if (announcement.isAlike() && !from.limits.isNear(table, pool, destinations.size())) {
      LearnedPath path = table.path(pool, announcement.content(), announcement.imported(0));
      table.announceAll(destinations, path);
      return;
    }
    for (Nlri nlri : destinations) {
      Nlri destination = destination(nlri);
      long identifier = identifier(nlri);
      if (from.limits.admits(table, pool, destination, identifier)) {
        LearnedPath.Content identified = announcement.content().identifiedBy(identifier);
        Imported imported =
            imports.dependsOnDestination()
                ? imports.apply(destination, identified, announcement.admitted())
                : announcement.imported(identifier);
        table.announce(destination, table.path(pool, identified, imported));
      }
    }
  }

  private static Nlri destination(Nlri nlri) {
    return nlri instanceof PathNlri path ? path.nlri() : nlri;
  }

  private static long identifier(Nlri nlri) {
    return nlri instanceof PathNlri path ? path.pathIdentifier() : 0;
  }

  /** Whether what the peer has sent waits in the socket because of us. */
  boolean isPaused() {
    return session != null && session.paused;
  }
}
