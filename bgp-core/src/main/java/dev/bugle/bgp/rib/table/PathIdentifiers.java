package dev.bugle.bgp.rib.table;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The path identifiers by which peers that take several paths are told them (RFC 7911 §3): one for
 * each source and each identifier that the source itself gives, the same for all destinations and
 * all peers. One is given back when no path has it any more; what a peer knows by it is then
 * withdrawn or replaced, since it reads of the change before it reads of the identifier's next use.
 */
final class PathIdentifiers {

  /** Below are those of our own announcements, which {@link dev.bugle.bgp.rib.LocalRib} gives. */
  private static final long FIRST = 1L << 31;

  private final Map<Key, Counted> given = new HashMap<>();
  private final BitSet taken = new BitSet();

  /** Sources are compared by identity, as they are everywhere. */
  private record Key(PathSource source, long received) {
    Key(LearnedPath path) {
      this(path.source(), path.pathIdentifier());
    }
  }

  private static final class Counted {
    final int index;
    int paths;

    Counted(int index) {
      this.index = index;
    }
  }

  /** That of a path, which stands in the table. */
  long of(LearnedPath path) {
    if (path.toldIdentifier() == 0) {
      Counted counted = given.computeIfAbsent(new Key(path), unused -> new Counted(free()));
      counted.paths++;
      path.tellAs(FIRST + counted.index);
    }
    return path.toldIdentifier();
  }

  private int free() {
    int index = taken.nextClearBit(0);
    taken.set(index);
    return index;
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    if (path.toldIdentifier() != 0) {
      Key key = new Key(path);
      Counted counted = given.get(key);
      if (counted != null && --counted.paths == 0) {
        given.remove(key);
        taken.clear(counted.index);
      }
      path.tellAs(0);
    }
  }
}
