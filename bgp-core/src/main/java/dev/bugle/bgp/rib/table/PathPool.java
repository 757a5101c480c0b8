package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.LocalRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of one source, one for each content and what became of it. What no destination has any
 * more is forgotten, so that the pool is never larger than what the source announces.
 */
public final class PathPool {

  private final PathSource source;
  private final Map<Key, LearnedPath> paths = new HashMap<>();

  private record Key(
      LearnedPath.Content received, Imported imported, List<LocalRib.Candidate> candidates) {
    Key(LearnedPath path) {
      this(path.received(), path.imported(), path.candidates());
    }
  }

  private int uses;

  /** An empty pool. */
  public PathPool(PathSource source) {
    this.source = source;
  }

  /** Whose paths these are. */
  public PathSource source() {
    return source;
  }

  /** The path that was received so and became that, which stands for nothing yet if it is new. */
  public LearnedPath of(LearnedPath.Content received, Imported imported) {
    return of(received, imported, List.of());
  }

  /** The path that this speaker originates; the first of the candidates is what it is like. */
  LearnedPath originated(List<LocalRib.Candidate> candidates) {
    LocalRoute first = candidates.get(0).route();
    LearnedPath.Content content =
        new LearnedPath.Content(first.attributes(), first.nextHop().orElse(source.address()), 0);
    return of(content, Imported.unchanged(content), candidates);
  }

  private LearnedPath of(
      LearnedPath.Content received, Imported imported, List<LocalRib.Candidate> candidates) {
    return paths.computeIfAbsent(
        new Key(received, imported, candidates),
        key -> new LearnedPath(this, received, imported, candidates));
  }

  /** The path stands for one destination more. */
  void took(LearnedPath path) {
    path.used(1);
    uses++;
  }

  /** The path stands for one destination less. */
  void gave(LearnedPath path) {
    path.used(-1);
    uses--;
    if (path.uses() == 0) {
      paths.remove(new Key(path), path);
    }
  }

  /** For how many destinations they stand, each path of one counted. */
  public int uses() {
    return uses;
  }

  /** How many different paths there are. */
  public int size() {
    return paths.size();
  }
}
