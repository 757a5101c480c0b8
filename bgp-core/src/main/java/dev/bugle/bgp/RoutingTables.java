package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.table.Decision;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  /** After so many tasks it is looked what there is to tell, though there are more. */
  private static final int MANY_TASKS = 256;

  private final Decision decision;
  private final long seed;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Subscriptions subscriptions = new Subscriptions();

  /** Who is told; for the thread of the tables, as what follows. */
  private final List<TableFollower> followers = new ArrayList<>();

  private final Map<AddressFamily, RoutingTable> tables = new HashMap<>();

  /** Of which families the best paths are selected by now. */
  private final SelectionDeferral selection;

  /** This speaker as a source of paths. */
  private final PathSource self;

  private final Map<AddressFamily, PathPool> originated = new HashMap<>();

  /** What was given to it and not begun is left then: nobody can be told of it any more. */
  private volatile boolean ended;

  /** Whoever calls {@link #run} is the thread. */
  RoutingTables(RoutingTableConfig config, SpeakerConfig speaker, long seed) {
    this.self =
        new PathSource(
            PathSource.Kind.LOCAL, speaker.routerId(), speaker.routerId(), speaker.asn());
    this.decision = new Decision(config.decision(), config.nextHops());
    this.seed = seed;
    boolean defers = speaker.restarting() && !config.selectionDeferralTime().isZero();
    this.selection = new SelectionDeferral(defers);
  }

  /** Has a task done, from any thread; after the end of the thread nothing comes of it. */
  void execute(Runnable task) {
    tasks.add(task);
  }

  /** Ends the thread as soon as it has done what it is doing. */
  void end() {
    ended = true;
    execute(() -> {}); // it may be waiting for a task
  }

  @Override
  public void run() {
    try {
      boolean more = false;
      while (!ended) {
        Runnable task = more ? tasks.poll() : tasks.take();
        for (int i = 0; task != null && !ended; i++) {
          guarded(task);
          task = i < MANY_TASKS ? tasks.poll() : null;
        }
        more = !ended && tell();
      }
    } catch (InterruptedException asked) {
      log.debug("the thread of the routing tables was asked to end");
    } finally {
      List.copyOf(followers).forEach(TableFollower::end);
    }
  }

  /** Has everybody told a piece; returns whether there is more that may be told now. */
  private boolean tell() {
    boolean more = false;
    for (TableFollower follower : List.copyOf(followers)) {
      try {
        more |= follower.step();
      } catch (RuntimeException | Error unforeseen) { // the others go on
        log.error("{} is told nothing any more until it begins anew", follower, unforeseen);
        follower.failed(unforeseen);
      }
    }
    tables.values().forEach(table -> table.dissemination().trim());
    return more;
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error unforeseen) { // without this thread sessions would wait
      log.error("a change of the routing table failed; the others go on", unforeseen);
    }
  }

  /** Somebody is told of the tables from now on; on the thread of the tables. */
  void join(TableFollower follower) {
    followers.add(follower);
  }

  /** He is told nothing more; on the thread of the tables. */
  void leave(TableFollower follower) {
    followers.remove(follower);
  }

  /** What this speaker originates has changed; from any thread, one at a time. */
  void originate(List<LocalRib.Change> changes) {
    execute(
        () -> {
          for (LocalRib.Change change : changes) {
            AddressFamily family = change.prefix().family();
            PathPool pool = originated.computeIfAbsent(family, unused -> new PathPool(self));
            of(family).originate(change.prefix(), pool, change.candidates());
          }
        });
  }

  /** The table of a family; on the thread of the tables. */
  RoutingTable of(AddressFamily family) {
    return tables.computeIfAbsent(
        family, unused -> new RoutingTable(family, decision, listener(family), seed));
  }

  private RoutingTable.Listener listener(AddressFamily family) {
    return new RoutingTable.Listener() {
      @Override
      public void bestChanged(
          Nlri destination, Optional<LearnedPath> before, Optional<LearnedPath> after) {
        subscriptions.changed(family, destination, after);
      }

      @Override
      public boolean listens() {
        return subscriptions.hasReaders();
      }
    };
  }

  /** The table of a family, if something was learned of it; on the thread of the tables. */
  Optional<RoutingTable> known(AddressFamily family) {
    return Optional.ofNullable(tables.get(family));
  }

  /** Whether what is best is selected by now (RFC 4724 §4.1); on the thread of the tables. */
  SelectionDeferral selection() {
    return selection;
  }

  /** Those who follow the best paths; on the thread of the tables. */
  Subscriptions subscriptions() {
    return subscriptions;
  }
}
