package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.Decision;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing tables of a speaker, one for each family, and the one thread that touches them. What
 * the sessions have learned, and what readers want to know, are tasks for it, done in the order in
 * which they are given.
 *
 * <p>The sessions bound what waits here ({@link LearnedFeed}).
 */
final class RoutingTables implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RoutingTables.class);

  private final Decision decision;
  private final long seed;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Subscriptions subscriptions = new Subscriptions();

  /** For the thread of the tables. */
  private final Map<AddressFamily, RoutingTable> tables = new HashMap<>();

  private boolean ended;

  /** Whoever calls {@link #run} is the thread. */
  RoutingTables(RoutingTableConfig config, long seed) {
    this.decision = new Decision(config.decision(), config.nextHops());
    this.seed = seed;
  }

  /** Has a task done, from any thread; after the end of the thread nothing comes of it. */
  void execute(Runnable task) {
    tasks.add(task);
  }

  /** Ends the thread behind what it was given before. */
  void end() {
    execute(() -> ended = true);
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        tasks.take().run();
      } catch (InterruptedException asked) {
        return;
      } catch (RuntimeException | Error unforeseen) { // without this thread sessions would wait
        log.error("a change of the routing table failed; the others go on", unforeseen);
      }
    }
  }

  /** The table of a family; on the thread of the tables. */
  RoutingTable of(AddressFamily family) {
    return tables.computeIfAbsent(
        family,
        unused ->
            new RoutingTable(
                family,
                decision,
                (destination, before, after) -> subscriptions.changed(family, destination, after),
                seed));
  }

  /** The table of a family, if something was learned of it; on the thread of the tables. */
  Optional<RoutingTable> known(AddressFamily family) {
    return Optional.ofNullable(tables.get(family));
  }

  /** Those who follow the best paths; on the thread of the tables. */
  Subscriptions subscriptions() {
    return subscriptions;
  }
}
