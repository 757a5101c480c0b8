package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.message.AttributeBlock;

/** What the peers of one update group are told for a path, and how it stands on the wire. */
final class ToldPath {

  private final Path path;
  private final AttributeBlock block;

  /** The last entry of a window that is to be told so, while it is packed; else -1. */
  int lastEntry = -1;

  ToldPath(Path path, AttributeBlock block) {
    this.path = path;
    this.block = block;
  }

  Path path() {
    return path;
  }

  AttributeBlock block() {
    return block;
  }
}
