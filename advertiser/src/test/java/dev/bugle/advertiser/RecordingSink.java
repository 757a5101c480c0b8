package dev.bugle.advertiser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down, as text, each change of the set; a test completes when it has been handed over. */
final class RecordingSink implements RouteSink {

  private final List<String> log;
  private final List<CompletableFuture<Void>> changes = new ArrayList<>();
  private Map<String, Advertisement> last = Map.of();
  private int failures;

  RecordingSink(List<String> log) {
    this.log = log;
  }

  @Override
  public Map<String, CompletionStage<Void>> set(Map<String, Advertisement> wanted) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("broken");
    }
    Map<String, CompletionStage<Void>> handed = new HashMap<>();
    Set<String> names = new TreeSet<>(last.keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      Advertisement now = wanted.get(name);
      if (now == null || !now.equals(last.get(name))) {
        CompletableFuture<Void> change = new CompletableFuture<>();
        changes.add(change);
        handed.put(name, change);
      }
    }
    if (!handed.isEmpty()) {
      Set<String> texts = new TreeSet<>();
      wanted.forEach((name, one) -> texts.add(text(one)));
      log.add("set " + texts);
    }
    last = Map.copyOf(wanted);
    return handed;
  }

  private static String text(Advertisement advertisement) {
    return advertisement.route().prefix()
        + (advertisement.policy().rules().isEmpty() ? "" : " " + advertisement.policy());
  }

  /** Everything so far has been handed to the sockets of the peers. */
  void completeAll() {
    List.copyOf(changes).forEach(change -> change.complete(null));
  }

  /** The next calls of {@code set} throw. */
  void failNext(int calls) {
    failures = calls;
  }
}
