package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A path of one source, as it was received and as it was accepted: what all destinations of the
 * source with these attributes have in common. What the decision compares is read out of the
 * attributes once.
 *
 * <p>Compared by identity: a table has one for each source and content.
 */
public final class LearnedPath {

  /** The LOCAL_PREF of a path that has none: what routers assume. */
  public static final long DEFAULT_LOCAL_PREF = 100;

  /** The MULTI_EXIT_DISC of a path that has none. */
  static final long NO_MED = -1;

  private final PathPool pool;
  private final Content received;
  private final Content accepted;
  private final Eligibility eligibility;
  private final List<LocalRib.Candidate> candidates;
  private final long localPref;
  private final OptionalLong aigp;
  private final long med;
  private final long neighborAs;
  private final int asPathLength;
  private final int origin;
  private final int routerId;
  private final int clusterListLength;
  private final boolean llgrStale;

  /** For how many destinations it stands in the table; the table's. */
  private int uses;

  /** The next one of a chain; the {@link PathSet}'s. */
  @Nullable LearnedPath next;

  /** By which it is found; the {@link PathSet}'s. */
  int hash;

  /** What {@link PathIdentifiers} has given it; 0 before. */
  private long toldIdentifier;

  /**
   * What a source said of a destination.
   *
   * @param attributes without NEXT_HOP, MP_REACH_NLRI and MP_UNREACH_NLRI
   * @param nextHop where packets go; empty where the family has no next hops
   * @param pathIdentifier by which the source tells its paths apart (RFC 7911); 0 where it does not
   */
  public record Content(
      PathAttributes attributes, Optional<IpAddress> nextHop, long pathIdentifier) {

    // Every path that is learned is compared: what a record has by itself is several times slower.

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Content that
              && pathIdentifier == that.pathIdentifier
              && attributes.equals(that.attributes)
              && nextHop.equals(that.nextHop));
    }

    @Override
    public int hashCode() {
      return 31 * (31 * attributes.hashCode() + nextHop.hashCode()) + Long.hashCode(pathIdentifier);
    }

    /** The same with these attributes. */
    Content withAttributes(PathAttributes changed) {
      return changed.equals(attributes) ? this : new Content(changed, nextHop, pathIdentifier);
    }

    /** The same with attributes that are equal, and may be others' as well. */
    @SuppressWarnings("ReferenceEquality") // it is about which object it is
    Content sharing(PathAttributes equal) {
      return equal == attributes ? this : new Content(equal, nextHop, pathIdentifier);
    }

    /** The same with this path identifier. */
    public Content identifiedBy(long identifier) {
      return identifier == pathIdentifier ? this : new Content(attributes, nextHop, identifier);
    }
  }

  LearnedPath(
      PathPool pool, Content received, Imported imported, List<LocalRib.Candidate> candidates) {
    this.pool = pool;
    this.received = received;
    this.accepted = imported.path().equals(received) ? received : imported.path();
    this.eligibility = imported.eligibility();
    this.candidates = List.copyOf(candidates);
    PathAttributes attributes = accepted.attributes();
    AsPath path = attributes.get(AsPath.class).orElse(AsPath.EMPTY);
    this.localPref =
        attributes.get(LocalPref.class).map(LocalPref::value).orElse(DEFAULT_LOCAL_PREF);
    this.aigp = attributes.get(Aigp.class).map(Aigp::metric).orElse(OptionalLong.empty());
    this.med = attributes.get(MultiExitDisc.class).map(MultiExitDisc::value).orElse(NO_MED);
    this.neighborAs = neighborAs(path);
    this.asPathLength = path.length();
    this.origin = attributes.get(Origin.class).orElse(Origin.INCOMPLETE).code();
    this.routerId =
        attributes
            .get(OriginatorId.class) // RFC 4456 §9
            .map(originator -> originator.identifier().bits())
            .orElse(pool.source().identifier().bits());
    this.clusterListLength =
        attributes.get(ClusterList.class).map(list -> list.clusterIds().size()).orElse(0);
    this.llgrStale = attributes.communities().contains(Community.LLGR_STALE);
  }

  /**
   * The AS that the path came from into ours or our confederation, by which MEDs are grouped (RFC
   * 4271 §9.1.2.2 (c)); 0 for a path that began in ours, or that does not say.
   */
  private static long neighborAs(AsPath path) {
    for (AsPath.Segment segment : path.segments()) {
      switch (segment.type()) {
        case AS_SEQUENCE -> {
          return segment.asns().get(0);
        }
        case AS_SET -> {
          return 0;
        }
        case AS_CONFED_SEQUENCE, AS_CONFED_SET -> {}
      }
    }
    return 0;
  }

  /** Who said it. */
  public PathSource source() {
    return pool.source();
  }

  PathPool pool() {
    return pool;
  }

  /** What was said, before any policy. */
  public Content received() {
    return received;
  }

  /** What has become of it. */
  public Imported imported() {
    return new Imported(accepted, eligibility);
  }

  /** Whether both are of one source, were received so, and have become the same. */
  boolean isSameAs(LearnedPath other) {
    return this == other || (pool == other.pool && other.is(received, imported(), candidates));
  }

  /** Whether it is what was received so and has become that. */
  boolean is(Content content, Imported imported, List<LocalRib.Candidate> originated) {
    return received.equals(content)
        && eligibility == imported.eligibility()
        && accepted.equals(imported.path())
        && candidates.equals(originated);
  }

  /**
   * For a path that this speaker originates, the announcements of the destination in the order they
   * came, the first of which is the path; each may be meant for other peers. Else empty.
   */
  List<LocalRib.Candidate> candidates() {
    return candidates;
  }

  /** Whether it takes part in the decision, as far as that lies with us. */
  public boolean isEligible() {
    return eligibility == Eligibility.ELIGIBLE;
  }

  /** The attributes as they were accepted, without the next hop. */
  public PathAttributes attributes() {
    return accepted.attributes();
  }

  /** Where packets go; empty where the family has no next hops. */
  public Optional<IpAddress> nextHop() {
    return accepted.nextHop();
  }

  /** By which the source tells its paths to a destination apart (RFC 7911); 0 where it does not. */
  public long pathIdentifier() {
    return received.pathIdentifier();
  }

  long localPref() {
    return localPref;
  }

  /** Unsigned. */
  OptionalLong aigp() {
    return aigp;
  }

  long med() {
    return med;
  }

  long neighborAs() {
    return neighborAs;
  }

  int asPathLength() {
    return asPathLength;
  }

  int origin() {
    return origin;
  }

  int routerId() {
    return routerId;
  }

  int clusterListLength() {
    return clusterListLength;
  }

  boolean isLlgrStale() {
    return llgrStale;
  }

  long toldIdentifier() {
    return toldIdentifier;
  }

  void tellAs(long identifier) {
    toldIdentifier = identifier;
  }

  int uses() {
    return uses;
  }

  void used(int more) {
    uses += more;
  }

  /**
   * Like {@code 192.0.2.254 (AS 65000): ORIGIN igp, AS_PATH 65000 via 192.0.2.254}, the last where
   * there is a next hop.
   */
  @Override
  public String toString() {
    return source() + ": " + attributes() + nextHop().map(address -> " via " + address).orElse("");
  }
}
