package dev.bugle.bgp.wire;

import java.util.Set;

/**
 * What one of the two speakers may send to the other: each direction of a session is agreed on by
 * itself.
 *
 * @param longestMessage in octets, header included: 4096, or 65535 towards a speaker that sent the
 *     Extended Message capability (RFC 8654 §4)
 * @param pathIdentifiers the families whose NLRI have a Path Identifier before them (RFC 7911 §3)
 * @param extendedNextHop the families, other than those of IPv6, whose next hop may be an IPv6
 *     address (RFC 8950 §4)
 */
public record Direction(
    int longestMessage, Set<AddressFamily> pathIdentifiers, Set<AddressFamily> extendedNextHop) {

  /** The longest message of RFC 4271 §4.1. */
  public static final int MAX_MESSAGE_LENGTH = 4096;

  /** The longest message of RFC 8654: what the Length field holds. */
  public static final int MAX_EXTENDED_MESSAGE_LENGTH = 65535;

  /** What every speaker understands. */
  public static final Direction INITIAL = new Direction(MAX_MESSAGE_LENGTH, Set.of(), Set.of());

  /** Checks the length, and copies the sets. */
  public Direction {
    pathIdentifiers = Set.copyOf(pathIdentifiers);
    extendedNextHop = Set.copyOf(extendedNextHop);
    if (longestMessage < MAX_MESSAGE_LENGTH || longestMessage > MAX_EXTENDED_MESSAGE_LENGTH) {
      throw new IllegalArgumentException(
          "a longest message of " + longestMessage + " octets is not in 4096 to 65535");
    }
  }

  /** The same with this longest message. */
  public Direction withLongestMessage(int octets) {
    return new Direction(octets, pathIdentifiers, extendedNextHop);
  }

  /** The same with path identifiers in these families, and no others. */
  public Direction withPathIdentifiers(Set<AddressFamily> families) {
    return new Direction(longestMessage, families, extendedNextHop);
  }

  /** The same with IPv6 next hops in these families, and no others. */
  public Direction withExtendedNextHop(Set<AddressFamily> families) {
    return new Direction(longestMessage, pathIdentifiers, families);
  }
}
