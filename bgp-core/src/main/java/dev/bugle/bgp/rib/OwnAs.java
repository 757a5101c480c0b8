package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.attribute.AsPath;
import java.util.List;

/**
 * The AS numbers of ours that stand in the paths which we tell.
 *
 * @param outward how a path begins towards another AS: the number that the peer knows us by, and
 *     behind it the speaker's own where that is another one and is to be seen (RFC 7705)
 * @param member the AS that we are in: our member AS in a confederation (RFC 5065), else the only
 *     one
 */
public record OwnAs(List<Long> outward, long member) {

  /** Copies the list and checks the numbers. */
  public OwnAs {
    if (outward.isEmpty()) {
      throw new IllegalArgumentException("a path towards another AS begins with an AS number");
    }
    outward = List.copyOf(outward);
    outward.forEach(Asn::requireUsable);
    Asn.requireUsable(member);
  }

  /** Of a speaker that is in this AS for everybody. */
  public static OwnAs of(long asn) {
    return new OwnAs(List.of(asn), asn);
  }

  /** The number by which peers in other ASes know us. */
  public long known() {
    return outward.get(0);
  }

  /**
   * A path as it is told to such a peer (RFC 4271 §5.1.2, RFC 5065 §4).
   *
   * @param prepend how many more times our number is to stand there than once; within our AS it
   *     does not stand there at all
   */
  public AsPath leaving(AsPath path, PeerKind towards, int prepend) {
    return switch (towards) {
      case INTERNAL, CLIENT -> path;
      case CONFEDERATION -> path.prependMember(member, 1 + prepend);
      case EXTERNAL, ROUTE_SERVER, ROUTE_SERVER_CLIENT -> {
        AsPath leaving = path.withoutConfederation();
        for (int i = outward.size() - 1; i >= 0; i--) {
          leaving = leaving.prepend(outward.get(i), i == 0 ? 1 + prepend : 1);
        }
        yield leaving;
      }
    };
  }
}
