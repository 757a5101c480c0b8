package dev.bugle.bgp;

import dev.bugle.bgp.wire.Asn;
import java.util.Set;

/**
 * The confederation that a speaker is in (RFC 5065): to the outside it is one AS, whose number is
 * in the OPEN for peers out there and in the paths that they are told. The speaker's own AS number
 * is then that of its member AS.
 *
 * @param identifier the AS number of the confederation, 1 to 4294967295
 * @param members the other member ASes that peers are in; a peer is in one of them when its remote
 *     AS is that number
 */
public record Confederation(long identifier, Set<Long> members) {

  /** Copies the set and checks the numbers. */
  public Confederation {
    Asn.requireUsable(identifier);
    members = Set.copyOf(members);
    members.forEach(Asn::requireUsable);
    if (members.contains(identifier)) {
      throw new IllegalArgumentException(
          "confederation "
              + identifier
              + " has its own identifier as a member; members have other AS numbers");
    }
  }

  /** With these other members. */
  public static Confederation of(long identifier, Long... members) {
    return new Confederation(identifier, Set.of(members));
  }
}
