package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.List;

/**
 * Numbers the destinations of a family, so that what is known of them can stand in arrays. A number
 * stays that of its destination until it is removed, and is then given to another.
 */
interface DestinationIndex {

  /** What {@link #find} returns when there is no such destination. */
  int NONE = -1;

  /** One for that family: compact where destinations are prefixes, hashed with that seed. */
  static DestinationIndex of(AddressFamily family, long seed) {
    return family.isUnicast() ? new PrefixIndex(family.isIpv4(), seed) : new NlriIndex(family);
  }

  /** The number of that destination, or {@link #NONE}. */
  int find(Nlri destination);

  /** The number of that destination, which it is given now if it has none. */
  int findOrAdd(Nlri destination);

  /** {@link #find} for one of many destinations, which may need no object for it. */
  default int find(List<Nlri> destinations, int index) {
    return find(destinations.get(index));
  }

  /** {@link #findOrAdd} for one of many destinations, which may need no object for it. */
  default int findOrAdd(List<Nlri> destinations, int index) {
    return findOrAdd(destinations.get(index));
  }

  /** Says that each of these is looked for next. */
  default void approach(List<Nlri> destinations) {}

  /** Forgets the destination with this number. */
  void remove(int number);

  /** The destination with this number. */
  Nlri get(int number);

  /** Adds the destination with this number to what the packer writes. */
  void write(int number, long pathIdentifier, UpdatePacker packer);

  /** How many octets {@link #write} adds, without the path identifier. */
  int encodedLength(int number, CodecContext context);

  /** Whether there is a destination with this number, of 0 to {@link #limit} exclusive. */
  boolean isUsed(int number);

  /** More than the highest number in use. */
  int limit();

  /** How many destinations there are. */
  int size();
}
