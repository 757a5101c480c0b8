package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.Nlri;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * One way through the paths of some sources, in pieces, so that the table can be changed between
 * them. Of what changes meanwhile it has either the state before or the one after.
 */
public final class SourcePaths {

  /** How many destinations are looked at in one go. */
  static final int WINDOW = 1024;

  private final RoutingTable table;
  private final Predicate<PathSource> sources;
  private int at;

  SourcePaths(RoutingTable table, Predicate<PathSource> sources) {
    this.table = table;
    this.sources = sources;
  }

  /** The paths of this session, and those that are kept of the sessions that it succeeds. */
  public static SourcePaths of(RoutingTable table, PathSource source) {
    return new SourcePaths(table, source::replaces);
  }

  /** Whether there may be more. */
  public boolean hasNext() {
    return at < Integer.MAX_VALUE;
  }

  /** Hands over the next of them. */
  public void next(BiConsumer<Nlri, LearnedPath> each) {
    for (int number : nextNumbers()) {
      for (LearnedPath path : table.paths(number)) {
        if (sources.test(path.source())) {
          each.accept(table.destinations().get(number), path);
        }
      }
    }
  }

  /** The same as numbers of destinations, of which not all have such paths. */
  int[] nextNumbers() {
    int[] numbers = table.numbers(at, WINDOW);
    at = numbers.length < WINDOW ? Integer.MAX_VALUE : numbers[WINDOW - 1] + 1;
    return numbers;
  }

  /** Whether it has come by this destination. */
  boolean hasPassed(int number) {
    return number < at;
  }
}
