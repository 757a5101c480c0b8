package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;

/**
 * What one peer knows from us (its Adj-RIB-Out, RFC 4271 §3.2), written anew as it is told. It does
 * not follow what changes.
 */
final class KnownReading implements TableReading {

  private final RoutingTable table;
  private final PeerKnowledge knowledge;
  private int at;

  KnownReading(RoutingTable table, PeerKnowledge knowledge) {
    this.table = table;
    this.knowledge = knowledge;
  }

  @Override
  public boolean hasNext() {
    return at < Integer.MAX_VALUE;
  }

  @Override
  public Parcel next() {
    int[] numbers = knowledge.known(at, SourcePaths.WINDOW);
    boolean last = numbers.length < SourcePaths.WINDOW;
    at = last ? Integer.MAX_VALUE : numbers[numbers.length - 1] + 1;
    List<PackedUpdates> updates = knowledge.again(numbers);
    return new Parcel(
        List.of(), updates, last ? List.of(UpdateMessage.endOfRib(table.family())) : List.of());
  }

  @Override
  public void leave() {}
}
