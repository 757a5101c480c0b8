package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.Import;
import dev.bugle.bgp.rib.table.Imported;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.LongLivedStale;
import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a peer whose session was lost, until it has announced everything again: the
 * helper of graceful restart (RFC 4724 §4.2), and of the long-lived one (RFC 9494 §4.2). On the
 * session's event loop.
 */
final class RetainedPaths {

  private static final Logger log = LoggerFactory.getLogger(RetainedPaths.class);

  private final RoutingTables tables;
  private final EventLoop loop;
  private final Object peer;
  private final Map<AddressFamily, Retained> families = new HashMap<>();

  /** What was agreed in the session that stands, or stood last. */
  private @Nullable Negotiated agreed;

  private Optional<RouteRetention> retention = Optional.empty();

  /** What becomes of what is kept; there once something is. */
  private @Nullable Import imports;

  /** Paths of one family. */
  private static final class Retained {
    final List<PathPool> pools = new ArrayList<>();
    Duration longLived = Duration.ZERO;
    boolean isLongLived;
    @Nullable Future<?> end;

    void endAfter(EventLoop loop, Duration time, Runnable what) {
      stop();
      end = loop.schedule(what, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  /**
   * Nothing yet.
   *
   * @param peer for the log
   */
  RetainedPaths(RoutingTables tables, EventLoop loop, Object peer) {
    this.tables = tables;
    this.loop = loop;
    this.peer = peer;
  }

  /** Whether paths of a session before this one are kept. */
  boolean isEmpty() {
    return families.isEmpty();
  }

  /**
   * The session is lost, and may come back: keeps what the peer has asked for, and forgets the
   * rest.
   */
  void keep(Map<AddressFamily, PathPool> lost, Import current) {
    imports = current;
    Duration time =
        said(GracefulRestartCapability.class)
            .map(GracefulRestartCapability::restartTime)
            .map(asked -> shorter(asked, granted(RouteRetention::longestRestartTime)))
            .orElse(Duration.ZERO);
    lost.forEach(
        (family, pool) -> {
          Retained before = families.get(family);
          if (before != null && !before.isLongLived) {
            forget(family); // stale already: RFC 4724 §4.2, consecutive restarts
          }
          if (entry(family).isPresent()) {
            keep(family, pool, time);
          } else {
            forget(family, pool);
          }
        });
    log.info("peer {}: keeps its routes of {} for {} s", peer, families.keySet(), time.toSeconds());
  }

  private void keep(AddressFamily family, PathPool pool, Duration time) {
    Retained retained = families.computeIfAbsent(family, unused -> new Retained());
    retained.pools.add(pool);
    if (retained.isLongLived) {
      mark(family, retained); // its time goes on
    } else {
      retained.longLived =
          longLivedEntry(family)
              .map(entry -> shorter(entry.staleTime(), granted(RouteRetention::longLivedStaleTime)))
              .orElse(Duration.ZERO);
      retained.endAfter(loop, time, () -> restartTimeIsOver(family));
    }
  }

  private Duration granted(Function<RouteRetention, Duration> time) {
    return retention.map(time).orElse(Duration.ZERO);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** What the peer's last OPEN says; of several, the last counts (RFC 4724 §3). */
  private <C extends Capability> Optional<C> said(Class<C> type) {
    return Optional.ofNullable(agreed).stream()
        .flatMap(last -> last.peerOpen().capabilities(type).stream())
        .reduce((earlier, later) -> later);
  }

  private Optional<GracefulRestartCapability.Family> entry(AddressFamily family) {
    return said(GracefulRestartCapability.class).stream()
        .flatMap(said -> said.families().stream())
        .filter(each -> each.family().equals(family))
        .findFirst();
  }

  private Optional<LongLivedGracefulRestartCapability.Family> longLivedEntry(AddressFamily family) {
    return said(LongLivedGracefulRestartCapability.class).stream()
        .flatMap(said -> said.families().stream())
        .filter(each -> each.family().equals(family))
        .findFirst();
  }

  private void restartTimeIsOver(AddressFamily family) {
    Retained retained = families.get(family);
    if (retained == null) {
      return;
    }
    if (retained.longLived.isZero()) {
      log.info("peer {}: has not come back in time, its routes of {} go", peer, family);
      forget(family);
      return;
    }
    log.info(
        "peer {}: has not come back in time, its routes of {} are the last resort for {} s",
        peer,
        family,
        retained.longLived.toSeconds());
    retained.isLongLived = true;
    mark(family, retained);
    retained.endAfter(loop, retained.longLived, () -> forget(family));
  }

  private void mark(AddressFamily family, Retained retained) {
    Import current = Objects.requireNonNull(imports).of(family);
    reimport(
        family,
        retained,
        (destination, received) -> LongLivedStale.of(current.apply(destination, received)));
  }

  private void reimport(
      AddressFamily family,
      Retained retained,
      BiFunction<Nlri, LearnedPath.Content, Imported> changed) {
    List<PathPool> pools = List.copyOf(retained.pools);
    tables.execute(() -> pools.forEach(pool -> tables.of(family).reimport(pool, changed)));
  }

  /**
   * A session stands: what the peer has forwarded throughout stays until it has announced
   * everything, or has taken too long for that; the rest is void.
   */
  void begin(Negotiated negotiated, Optional<RouteRetention> granted) {
    agreed = negotiated;
    retention = granted;
    for (Map.Entry<AddressFamily, Retained> each : List.copyOf(families.entrySet())) {
      AddressFamily family = each.getKey();
      Retained retained = each.getValue();
      if (!negotiated.families().contains(family) || !isPreserved(family, retained)) {
        forget(family);
      } else if (!retained.isLongLived) {
        Duration time = granted(RouteRetention::longestStaleTime);
        retained.endAfter(loop, time, () -> forget(family));
      }
    }
  }

  private boolean isPreserved(AddressFamily family, Retained retained) {
    return retained.isLongLived
        ? longLivedEntry(family)
            .filter(LongLivedGracefulRestartCapability.Family::forwardingPreserved)
            .isPresent()
        : entry(family).filter(GracefulRestartCapability.Family::forwardingPreserved).isPresent();
  }

  /** Another import policy holds. */
  void refit(Import changed) {
    imports = changed;
    families.forEach(
        (family, retained) -> {
          if (retained.isLongLived) {
            mark(family, retained);
          } else {
            reimport(family, retained, changed.of(family)::apply);
          }
        });
  }

  /** The peer has announced everything of this family again. */
  void endOfRib(AddressFamily family) {
    forget(family);
  }

  /** The peer does not come back. */
  void forgetAll() {
    List.copyOf(families.keySet()).forEach(this::forget);
  }

  private void forget(AddressFamily family) {
    Retained retained = families.remove(family);
    if (retained != null) {
      retained.stop();
      retained.pools.forEach(pool -> forget(family, pool));
    }
  }

  private void forget(AddressFamily family, PathPool pool) {
    tables.execute(() -> tables.of(family).withdrawAll(pool));
  }
}
