package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.Asn;

/** Which AS a peer may be in. */
public sealed interface RemoteAs {

  /**
   * This one and no other.
   *
   * @param asn 1 to 4294967295
   */
  record Exactly(long asn) implements RemoteAs {
    /** Checks the range. */
    public Exactly {
      Asn.requireUsable(asn);
    }

    @Override
    public boolean admits(long localAs, long peerAs) {
      return peerAs == asn;
    }

    @Override
    public boolean isExternal(long localAs) {
      return asn != localAs;
    }

    /** As in messages: {@code AS 65000}. */
    @Override
    public String toString() {
      return "AS " + asn;
    }
  }

  /**
   * This other member AS of our confederation (RFC 5065): another AS for those inside, and ours for
   * those outside.
   *
   * @param asn 1 to 4294967295
   */
  record Member(long asn) implements RemoteAs {
    /** Checks the range. */
    public Member {
      Asn.requireUsable(asn);
    }

    @Override
    public boolean admits(long localAs, long peerAs) {
      return peerAs == asn;
    }

    @Override
    public boolean isExternal(long localAs) {
      return true;
    }

    @Override
    public boolean isOutside(long localAs) {
      return false;
    }

    /** As in messages: {@code member AS 65002}. */
    @Override
    public String toString() {
      return "member AS " + asn;
    }
  }

  /** Any that stands so to ours. */
  enum Relation implements RemoteAs {
    /** Ours: the session is IBGP. */
    INTERNAL,
    /** Any but ours: the session is EBGP. */
    EXTERNAL;

    @Override
    public boolean admits(long localAs, long peerAs) {
      return this == INTERNAL
          ? peerAs == localAs
          : peerAs != localAs && peerAs != 0 && peerAs != Asn.AS_TRANS; // RFC 7607, RFC 6793 §9
    }

    @Override
    public boolean isExternal(long localAs) {
      return this == EXTERNAL;
    }

    /** As in messages: {@code our own AS}. */
    @Override
    public String toString() {
      return this == INTERNAL ? "our own AS" : "any AS but our own";
    }
  }

  /** This AS, 1 to 4294967295. */
  static RemoteAs of(long asn) {
    return new Exactly(asn);
  }

  /** Whether a peer that says it is in {@code peerAs} is the one that is meant. */
  boolean admits(long localAs, long peerAs);

  /** Whether the session is EBGP; that is known before the peer says its AS. */
  boolean isExternal(long localAs);

  /** Whether the session leads out of our AS, and out of our confederation if we are in one. */
  default boolean isOutside(long localAs) {
    return isExternal(localAs);
  }
}
