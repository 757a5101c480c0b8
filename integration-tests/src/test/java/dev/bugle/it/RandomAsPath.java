package dev.bugle.it;

import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Paths of AS numbers by chance, now and then with the router's own. In a confederation (RFC 5065)
 * they begin with what they have passed of it.
 *
 * @param topology says what is a confederation
 */
record RandomAsPath(Random random, Topology topology) {

  /** Few, so that paths are often alike. */
  static final List<Long> ASNS = List.of(64801L, 64802L, 64803L, 4_200_000_001L, 23457L);

  private static final List<Long> FAR_MEMBERS = List.of(64913L, 64914L);

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private static <T> T one(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** What a feeder puts before a path. */
  AsPath of(ComparedPeer feeder) {
    List<Segment> segments = new ArrayList<>();
    if (topology.isConfederation() && !feeder.isExternal()) {
      confederation(feeder, segments);
    }
    List<Long> sequence = new ArrayList<>();
    if (feeder.isExternal()) {
      sequence.add(feeder.asn());
      if (chance(20)) {
        sequence.add(feeder.asn());
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      sequence.add(one(random, ASNS));
    }
    if (isOursTold(feeder) && chance(3)) {
      sequence.add(topology.publicAs());
    }
    if (!sequence.isEmpty()) {
      segments.add(new Segment(SegmentType.AS_SEQUENCE, sequence));
    }
    // One that begins with a set is of our AS (RFC 4271 §9.1.2.2 (c)), but to FRR of none.
    if (chance(10) && (topology.comparesMedOfAll() || !segments.isEmpty())) {
      segments.add(new Segment(SegmentType.AS_SET, set(feeder)));
    }
    return new AsPath(segments);
  }

  /** BIRD does not look for the confederation in what its members tell. */
  private boolean isOursTold(ComparedPeer feeder) {
    return feeder.isExternal() || !topology.isConfederation();
  }

  private List<Long> set(ComparedPeer feeder) {
    SortedSet<Long> set = new TreeSet<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      set.add(isOursTold(feeder) && chance(5) ? topology.publicAs() : one(random, ASNS));
    }
    return List.copyOf(set);
  }

  private void confederation(ComparedPeer feeder, List<Segment> segments) {
    List<Long> sequence = new ArrayList<>();
    if (feeder.isMember()) {
      sequence.add(feeder.asn());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      sequence.add(one(random, FAR_MEMBERS));
    }
    if (chance(3)) {
      sequence.add(Bugle.AS);
    }
    if (!sequence.isEmpty()) {
      segments.add(new Segment(SegmentType.AS_CONFED_SEQUENCE, sequence));
    }
    if (chance(10)) {
      segments.add(new Segment(SegmentType.AS_CONFED_SET, FAR_MEMBERS));
    }
  }

  /** With nobody in it but the feeder. */
  AsPath shortest(ComparedPeer feeder) {
    if (feeder.isExternal()) {
      return AsPath.sequence(feeder.asn());
    }
    return feeder.isMember() ? AsPath.EMPTY.prependMember(feeder.asn(), 1) : AsPath.EMPTY;
  }
}
