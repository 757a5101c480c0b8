package dev.bugle.bgp.rib.table;

import java.util.HashMap;
import java.util.Map;

/**
 * The paths of one source, one for each content. What no destination has any more is forgotten, so
 * that the pool is never larger than what the source announces.
 */
public final class PathPool {

  private final PathSource source;
  private final Map<LearnedPath.Content, LearnedPath> paths = new HashMap<>();

  /** An empty pool. */
  public PathPool(PathSource source) {
    this.source = source;
  }

  /** Whose paths these are. */
  public PathSource source() {
    return source;
  }

  /** The path with this content, which stands for nothing yet if it is new. */
  public LearnedPath of(LearnedPath.Content content) {
    return paths.computeIfAbsent(content, unused -> new LearnedPath(this, content));
  }

  /** The path stands for one destination more. */
  void took(LearnedPath path) {
    path.used(1);
  }

  /** The path stands for one destination less. */
  void gave(LearnedPath path) {
    path.used(-1);
    if (path.uses() == 0) {
      paths.remove(path.content(), path);
    }
  }

  /** How many different paths there are. */
  public int size() {
    return paths.size();
  }
}
