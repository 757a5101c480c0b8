package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.AttributeFault;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A route to the destination of its record (RFC 6396 §4.3.4).
 *
 * @param peer whose it is: an index into the {@link PeerIndexTable}, 0 to 65535
 * @param originated when the collector got it, in seconds since 1970, 0 to 4294967295
 * @param pathIdentifier by which the peer tells it from others (RFC 8050), 0 to 4294967295
 * @param attributes where MP_REACH_NLRI is among them, it has the next hop and no destinations
 * @param faults of attributes, which are not among the others; empty in one that we made
 */
public record RibEntry(
    int peer,
    long originated,
    OptionalLong pathIdentifier,
    PathAttributes attributes,
    List<AttributeFault> faults) {

  /** Checks the ranges and copies the list. */
  public RibEntry {
    faults = List.copyOf(faults);
    requireRange(peer, 0xFFFF, "peer index");
    requireRange(originated, 0xFFFF_FFFFL, "originated time");
    pathIdentifier.ifPresent(path -> requireRange(path, 0xFFFF_FFFFL, "path identifier"));
    boolean hasDestinations =
        attributes.get(MpReach.class).filter(reach -> !reach.nlri().isEmpty()).isPresent()
            || attributes.get(MpUnreach.class).isPresent();
    if (hasDestinations) {
      throw new IllegalArgumentException(
          "the destination is that of the record; leave destinations out of " + attributes);
    }
  }

  /** One without a path identifier and without faults. */
  public RibEntry(int peer, long originated, PathAttributes attributes) {
    this(peer, originated, OptionalLong.empty(), attributes, List.of());
  }

  private static void requireRange(long value, long max, String what) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0 to " + max);
    }
  }

  /** The same with this path identifier. */
  public RibEntry identifiedBy(OptionalLong identifier) {
    return new RibEntry(peer, originated, identifier, attributes, faults);
  }

  /** Where packets go, if the attributes say so. */
  public Optional<IpAddress> nextHop() {
    return attributes
        .get(MpReach.class)
        .flatMap(MpReach::nextHopAddress)
        .or(() -> attributes.get(NextHop.class).map(NextHop::address));
  }

  /** Like {@code peer 0 since 2026-11-30T10:15:30Z: ORIGIN igp, AS_PATH 65001}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("peer ").append(peer);
    pathIdentifier.ifPresent(path -> text.append(" path ").append(path));
    text.append(" since ").append(Instant.ofEpochSecond(originated));
    text.append(": ").append(attributes);
    faults.forEach(fault -> text.append("; ").append(fault));
    return text.toString();
  }
}
