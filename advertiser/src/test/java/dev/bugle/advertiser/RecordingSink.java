package dev.bugle.advertiser;

import dev.bugle.bgp.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down, as text, each change of the set and each flush, which a test completes. */
final class RecordingSink implements RouteSink {

  private final List<String> log;
  private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
  private Set<Route> last = Set.of();
  private int failures;

  RecordingSink(List<String> log) {
    this.log = log;
  }

  @Override
  public void set(Set<Route> routes) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("broken");
    }
    if (!routes.equals(last)) {
      last = Set.copyOf(routes);
      Set<String> prefixes = new TreeSet<>();
      routes.forEach(route -> prefixes.add(route.prefix().toString()));
      log.add("set " + prefixes);
    }
  }

  @Override
  public CompletionStage<Void> flush() {
    log.add("flush");
    CompletableFuture<Void> flush = new CompletableFuture<>();
    flushes.add(flush);
    return flush;
  }

  void completeFlushes() {
    List.copyOf(flushes).forEach(flush -> flush.complete(null));
  }

  /** The next calls of {@code set} throw. */
  void failNext(int calls) {
    failures = calls;
  }
}
