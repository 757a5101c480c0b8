package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how much a session announces. On the thread of the tables, once it is made.
 *
 * <p>Each thing is told of once in a session: a peer that goes back and forth over a limit fills no
 * log.
 */
final class PrefixLimits {

  private static final Logger log = LoggerFactory.getLogger(PrefixLimits.class);

  /** Who ends the session. Called on the thread of the tables. */
  @FunctionalInterface
  interface Teardown {
    void exceeded(AddressFamily family, PrefixLimit limit);
  }

  private final Object peer;
  private final Teardown teardown;
  private final Map<AddressFamily, PrefixLimit> limits;
  private final Map<AddressFamily, Set<Said>> said = new HashMap<>();

  private enum Said {
    NEAR,
    EXCEEDED
  }

  /**
   * Limits of a session that has begun.
   *
   * @param peer for the log
   */
  PrefixLimits(Object peer, Map<AddressFamily, PrefixLimit> limits, Teardown teardown) {
    this.peer = peer;
    this.limits = Map.copyOf(limits);
    this.teardown = teardown;
  }

  /** Whether each of so many destinations more is to be asked for by {@link #admits}. */
  boolean isNear(RoutingTable table, PathPool pool, int more) {
    PrefixLimit limit = limits.get(table.family());
    return limit != null && pool.uses() + more >= limit.warningAt();
  }

  /** Whether what the session announces may be taken, before it is. */
  boolean admits(RoutingTable table, PathPool pool, Nlri destination, long pathIdentifier) {
    PrefixLimit limit = limits.get(table.family());
    if (limit == null || pool.uses() + 1 < limit.warningAt()) {
      return true;
    }
    if (table.isKnown(destination, pool.source(), pathIdentifier)) {
      return true; // it takes the place of what was announced before
    }
    return pool.uses() < limit.maximum() ? near(table.family(), limit) : beyond(table, limit);
  }

  private boolean near(AddressFamily family, PrefixLimit limit) {
    if (isNews(family, Said.NEAR)) {
      log.warn(
          "peer {}: announces {} destinations of {}, and {} are its limit",
          peer,
          limit.warningAt(),
          family,
          limit.maximum());
    }
    return true;
  }

  private boolean beyond(RoutingTable table, PrefixLimit limit) {
    AddressFamily family = table.family();
    if (isNews(family, Said.EXCEEDED)) {
      log.warn(
          "peer {}: announces more than the {} destinations of {} that are its limit; {}",
          peer,
          limit.maximum(),
          family,
          switch (limit.exceeded()) {
            case WARN -> "they are taken";
            case DISCARD -> "those beyond are not taken";
            case TEARDOWN -> "the session ends";
          });
      if (limit.exceeded() == PrefixLimit.Exceeded.TEARDOWN) {
        teardown.exceeded(family, limit);
      }
    }
    return limit.exceeded() == PrefixLimit.Exceeded.WARN;
  }

  private boolean isNews(AddressFamily family, Said what) {
    return said.computeIfAbsent(family, unused -> EnumSet.noneOf(Said.class)).add(what);
  }
}
