package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a session has announced and what its import policy has made of that: all of it, and then
 * what changes. What the policy rejects is not there. What is kept of sessions before is there as
 * long as it is kept.
 *
 * <p>However slow the reader, it costs two bits for each destination: whether he has heard of it,
 * and whether it has changed since.
 */
final class AcceptedReading implements TableReading {

  private static final long[] NONE = {};

  private final Dissemination dissemination;
  private final RoutingTable table;
  private final PathSource source;
  private final SourcePaths walk;
  private final PathPacking packing;
  private final KnownDestinations known = new KnownDestinations();
  private final BitSet changed = new BitSet();
  private boolean complete;
  private boolean walkedLast;

  /** Where changes are looked for next, so that none waits for others that come again and again. */
  private int from;

  AcceptedReading(
      Dissemination dissemination, RoutingTable table, PathSource source, CodecContext agreed) {
    this.dissemination = dissemination;
    this.table = table;
    this.source = source;
    this.walk = SourcePaths.of(table, source);
    this.packing = new PathPacking(table, agreed);
  }

  PathSource source() {
    return source;
  }

  /** A path of the source to that destination is new, another, or gone. */
  void changed(int number) {
    if (walk.hasPassed(number)) {
      changed.set(number);
    }
  }

  /** Whether it must still be told of the destination's last change. */
  boolean holds(int number) {
    return changed.get(number);
  }

  @Override
  public boolean hasNext() {
    return walk.hasNext() || !changed.isEmpty();
  }

  @Override
  public Parcel next() {
    walkedLast = walk.hasNext() && !(walkedLast && !changed.isEmpty());
    int[] numbers = walkedLast ? walk.nextNumbers() : nextChanged();
    for (int number : numbers) {
      tell(number);
    }
    List<PackedUpdates> updates = packing.finish();
    if (!walkedLast) {
      for (int number : numbers) {
        table.release(number);
      }
    }
    return new Parcel(List.of(), updates, end());
  }

  private int[] nextChanged() {
    int[] numbers = new int[SourcePaths.WINDOW];
    int count = 0;
    int next = changed.nextSetBit(from);
    while (next >= 0 && count < numbers.length) {
      numbers[count++] = next;
      changed.clear(next);
      next = changed.nextSetBit(next + 1);
    }
    from = next < 0 ? 0 : next;
    return Arrays.copyOf(numbers, count);
  }

  private void tell(int number) {
    long[] before = before(number);
    long[] now = new long[before.length];
    int count = 0;
    for (LearnedPath path : table.paths(number)) {
      if (source.replaces(path.source()) && path.isEligible()) {
        packing.announce(number, path, path.imported().path());
        now = count == now.length ? Arrays.copyOf(now, 2 * count + 1) : now;
        now[count++] = packing.severalPaths() ? path.pathIdentifier() : 0;
      }
    }
    long[] accepted = Arrays.copyOf(now, count);
    for (long identifier : before) {
      if (Arrays.stream(accepted).noneMatch(one -> one == identifier)) {
        packing.withdraw(number, identifier);
      }
    }
    remember(number, accepted);
  }

  private long[] before(int number) {
    if (packing.severalPaths()) {
      return known.identifiers(number);
    }
    return known.knows(number) ? new long[1] : NONE;
  }

  private void remember(int number, long[] accepted) {
    if (packing.severalPaths()) {
      known.replace(number, accepted);
    } else if (accepted.length > 0) {
      known.add(number);
    } else {
      known.remove(number);
    }
  }

  private List<Message> end() {
    if (walk.hasNext() || complete) {
      return List.of();
    }
    complete = true;
    return List.of(UpdateMessage.endOfRib(table.family()));
  }

  @Override
  public void leave() {
    dissemination.unfollow(this);
    int[] held = changed.stream().toArray();
    changed.clear();
    for (int number : held) {
      table.release(number);
    }
  }
}
