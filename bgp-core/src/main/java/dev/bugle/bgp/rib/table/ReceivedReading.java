package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;

/**
 * What one session has announced, before any policy, as it is now: its Adj-RIB-In (RFC 4271 §3.2),
 * without what is kept of sessions before it. It does not follow what changes.
 */
final class ReceivedReading implements TableReading {

  private final RoutingTable table;
  private final PathSource source;
  private final SourcePaths walk;
  private final PathPacking packing;

  ReceivedReading(RoutingTable table, PathSource source, CodecContext agreed) {
    this.table = table;
    this.source = source;
    this.walk = SourcePaths.of(table, source);
    this.packing = new PathPacking(table, agreed);
  }

  @Override
  public boolean hasNext() {
    return walk.hasNext();
  }

  @Override
  public Parcel next() {
    for (int number : walk.nextNumbers()) {
      for (LearnedPath path : table.paths(number)) {
        if (path.source() == source) {
          packing.announce(number, path, path.received());
        }
      }
    }
    List<PackedUpdates> updates = packing.finish();
    return new Parcel(
        List.of(),
        updates,
        hasNext() ? List.of() : List.of(UpdateMessage.endOfRib(table.family())));
  }

  @Override
  public void leave() {}
}
