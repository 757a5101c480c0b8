package dev.bugle.bgp.rib.table;

/**
 * What one source has in one table, counted. The paths themselves stand in the table, which lets go
 * of what no destination has any more.
 */
public final class PathPool {

  private final PathSource source;
  private int uses;
  private int size;

  /** Of a source that has announced nothing. */
  public PathPool(PathSource source) {
    this.source = source;
  }

  /** Whose paths these are. */
  public PathSource source() {
    return source;
  }

  /** The path, which is the source's, stands for one destination more. */
  void took(LearnedPath path) {
    path.used(1);
    uses++;
    if (path.uses() == 1) {
      size++;
    }
  }

  /** The path stands for one destination less. */
  void gave(LearnedPath path) {
    path.used(-1);
    uses--;
    if (path.uses() == 0) {
      size--;
    }
  }

  /** For how many destinations its paths stand, each path of one counted. */
  public int uses() {
    return uses;
  }

  /** How many different paths it has. */
  public int size() {
    return size;
  }
}
