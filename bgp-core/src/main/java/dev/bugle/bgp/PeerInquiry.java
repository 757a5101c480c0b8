package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.DecisionStep;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.rib.table.SourcePaths;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Somebody's question for the routes of one peer. The thread of the tables answers it in pieces, so
 * that changes do not wait for it.
 */
final class PeerInquiry implements Runnable {

  private final RoutingTables tables;
  private final Question question;
  private final CompletableFuture<List<LearnedRoute>> answer;
  private final List<LearnedRoute> found = new ArrayList<>();
  private Optional<SourcePaths> paths = Optional.empty();

  /**
   * What is asked.
   *
   * @param which of the paths
   * @param limit how many at most
   */
  record Question(AddressFamily family, Predicate<LearnedPath> which, int limit) {

    /** Everything that the peer has announced. */
    static Question received(AddressFamily family, int limit) {
      return new Question(family, path -> true, limit);
    }

    /** What of it takes part in the decision, as far as that lies with us. */
    static Question accepted(AddressFamily family, int limit) {
      return new Question(family, LearnedPath::isEligible, limit);
    }

    /** Checks the limit. */
    Question {
      if (limit < 0) {
        throw new IllegalArgumentException("a limit of " + limit + " routes is negative");
      }
    }
  }

  private PeerInquiry(
      RoutingTables tables, Question question, CompletableFuture<List<LearnedRoute>> answer) {
    this.tables = tables;
    this.question = question;
    this.answer = answer;
  }

  /** Asks; from any thread. */
  static void ask(
      RoutingTables tables,
      PathSource source,
      Question question,
      CompletableFuture<List<LearnedRoute>> answer) {
    PeerInquiry asked = new PeerInquiry(tables, question, answer);
    tables.execute(
        () -> {
          asked.paths = tables.known(question.family()).map(table -> SourcePaths.of(table, source));
          asked.run();
        });
  }

  @Override
  public void run() {
    Optional<SourcePaths> rest = paths.filter(SourcePaths::hasNext);
    if (rest.isEmpty() || found.size() >= question.limit()) {
      answer.complete(List.copyOf(found));
      return;
    }
    RoutingTable table = tables.of(question.family());
    rest.get().next((destination, path) -> add(table, destination, path));
    tables.execute(this);
  }

  private void add(RoutingTable table, Nlri destination, LearnedPath path) {
    if (found.size() < question.limit() && question.which().test(path)) {
      Map<LearnedPath, DecisionStep> losses = table.losses(destination);
      Nlri told =
          path.pathIdentifier() == 0
              ? destination
              : new PathNlri(path.pathIdentifier(), destination);
      found.add(new LearnedRoute(told, new KnownPath(path, Optional.ofNullable(losses.get(path)))));
    }
  }
}
