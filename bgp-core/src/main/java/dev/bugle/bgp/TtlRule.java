package dev.bugle.bgp;

/**
 * How far a peer may be away: the TTL, or Hop Limit, that our packets leave with, and the least
 * that the peer's must arrive with.
 *
 * <p>Where connections are made without Linux's epoll, the system's default stands, and any other
 * rule than {@link #BY_RELATION} is refused.
 */
public sealed interface TtlRule {

  /** The most that a packet can leave with. */
  int MAX_TTL = 255;

  /** One hop to an external peer, any distance to an internal one. */
  TtlRule BY_RELATION = new ByRelation();

  /** One hop to an external peer, any distance to an internal one. */
  record ByRelation() implements TtlRule {
    @Override
    public int sent(boolean external) {
      return external ? 1 : MAX_TTL;
    }

    @Override
    public int leastReceived() {
      return 0;
    }
  }

  /**
   * An external peer may be several hops away.
   *
   * @param ttl that our packets leave with, 2 to 255
   */
  record Multihop(int ttl) implements TtlRule {
    /** Checks the range. */
    public Multihop {
      if (ttl < 2 || ttl > MAX_TTL) {
        throw new IllegalArgumentException(
            "multihop "
                + ttl
                + " is not in 2 to 255; without it, an external peer is one hop away");
      }
    }

    @Override
    public int sent(boolean external) {
      return ttl;
    }

    @Override
    public int leastReceived() {
      return 0;
    }
  }

  /**
   * The Generalized TTL Security Mechanism (RFC 5082): both ends send with 255, and what comes from
   * farther away than the peer is dropped by the system. The peer must send with 255, too.
   *
   * @param hops to the peer at most, 1 to 254; 1 when no router is between
   */
  record Security(int hops) implements TtlRule {
    /** Checks the range. */
    public Security {
      if (hops < 1 || hops > 254) {
        throw new IllegalArgumentException("TTL security of " + hops + " hops is not in 1 to 254");
      }
    }

    @Override
    public int sent(boolean external) {
      return MAX_TTL;
    }

    @Override
    public int leastReceived() {
      return MAX_TTL + 1 - hops;
    }
  }

  /** What our packets leave with, 1 to 255. */
  int sent(boolean external);

  /** What the peer's packets must arrive with at least; 0 when it does not matter. */
  int leastReceived();
}
