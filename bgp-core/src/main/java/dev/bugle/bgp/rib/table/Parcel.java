package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.List;

/**
 * What a peer is told next, in this order. Who takes it sends or releases the UPDATEs.
 *
 * @param before marks that begin something
 * @param updates as they are sent
 * @param after marks that end something
 */
public record Parcel(List<Message> before, List<PackedUpdates> updates, List<Message> after) {

  /** Copies the lists. */
  public Parcel {
    before = List.copyOf(before);
    updates = List.copyOf(updates);
    after = List.copyOf(after);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return before.isEmpty() && updates.isEmpty() && after.isEmpty();
  }

  /** Whether it announces anything. */
  public boolean announces() {
    return updates.stream().anyMatch(some -> some.announced() > 0);
  }

  /** How many octets its UPDATEs have. */
  public int octets() {
    int octets = 0;
    for (PackedUpdates some : updates) {
      octets += some.octets();
    }
    return octets;
  }
}
