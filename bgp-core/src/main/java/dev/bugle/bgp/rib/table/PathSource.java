package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;

/**
 * Where paths come from: one session with a peer, or this speaker itself. Two sessions with one
 * peer, one after the other, are two sources, also where all that is known of them is equal.
 */
public final class PathSource {

  /** How the source is related to this speaker. */
  public enum Kind {
    /** This speaker originates the path. */
    LOCAL,
    /** The peer is in another AS. */
    EXTERNAL,
    /** The peer is in another member AS of our confederation (RFC 5065). */
    CONFEDERATION,
    /** The peer is in our AS. */
    INTERNAL,
    /** The peer is in our AS, and we reflect routes for it (RFC 4456). */
    CLIENT;

    /** What is learned from such a peer. */
    public static Kind of(PeerKind peer) {
      return switch (peer) {
        case EXTERNAL, ROUTE_SERVER_CLIENT, ROUTE_SERVER -> EXTERNAL;
        case CONFEDERATION -> CONFEDERATION;
        case INTERNAL -> INTERNAL;
        case CLIENT -> CLIENT;
      };
    }

    /** Whether it is in our AS, and another router than this one. */
    boolean isInOurAs() {
      return this == INTERNAL || this == CLIENT;
    }
  }

  private final Kind kind;
  private final IpAddress address;
  private final Ipv4Address identifier;
  private final long asn;

  /** The same object for all sessions that succeed one another. */
  private final Object peer;

  /**
   * One of a session that has begun.
   *
   * @param kind how the peer is related to us
   * @param address of the peer, as the connection has it
   * @param identifier the BGP Identifier of its OPEN
   * @param asn its AS number, 1 to 4294967295
   */
  public PathSource(Kind kind, IpAddress address, Ipv4Address identifier, long asn) {
    this.kind = kind;
    this.address = address;
    this.identifier = identifier;
    this.asn = Asn.requireUsable(asn);
    this.peer = new Object();
  }

  private PathSource(PathSource predecessor, Ipv4Address identifier) {
    this.kind = predecessor.kind;
    this.address = predecessor.address;
    this.identifier = identifier;
    this.asn = predecessor.asn;
    this.peer = predecessor.peer;
  }

  /**
   * That of a new session with the same peer, while the paths of this one are kept (RFC 4724 §4.2):
   * what the new session announces takes the place of what this one announced.
   */
  public PathSource successor(Ipv4Address newIdentifier) {
    return new PathSource(this, newIdentifier);
  }

  /** Whether what this source announces takes the place of what that one announced. */
  boolean replaces(PathSource other) {
    return other.peer == peer;
  }

  /** The same for all sources that replace one another, and for no other. */
  Object peer() {
    return peer;
  }

  /** How the source is related to this speaker. */
  public Kind kind() {
    return kind;
  }

  /** The peer's address. */
  public IpAddress address() {
    return address;
  }

  /** The peer's BGP Identifier. */
  public Ipv4Address identifier() {
    return identifier;
  }

  /** The peer's AS number. */
  public long asn() {
    return asn;
  }

  /** Like {@code 192.0.2.254 (AS 65000)}. */
  @Override
  public String toString() {
    return address + " (AS " + asn + ")";
  }
}
