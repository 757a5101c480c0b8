package dev.bugle.it;

import dev.bugle.bgp.PeerPart;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.Aggregator;
import dev.bugle.bgp.wire.attribute.AtomicAggregate;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LargeCommunities;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Path attributes by chance, of few values each, so that paths are often equal in what decides
 * first. Most are marked with who announced them and when, so that a route tells which path was the
 * best.
 */
final class RandomAttributes {

  /** Begins the large community that says which step a mark is of. */
  static final long MARK = 64499;

  private static final List<Long> MEDS = List.of(0L, 10L, 20L, 0xFFFF_FFFFL);
  private static final List<Long> PREFERENCES = List.of(0L, 100L, 100L, 100L, 150L, 0xFFFF_FFFFL);
  private static final List<Community> WELL_KNOWN =
      List.of(
          Community.NO_EXPORT,
          Community.NO_EXPORT,
          Community.NO_ADVERTISE,
          Community.NO_EXPORT_SUBCONFED,
          Community.NO_PEER,
          Community.GRACEFUL_SHUTDOWN,
          Community.BLACKHOLE);
  private static final List<String> EXTENDED =
      List.of(
          "rt:64801:7", "rt:192.0.2.1:9", "soo:64801:1", "color:100", "origin-validation:valid");

  private final Random random;
  private final SharedNetwork network;
  private final Topology topology;
  private final RandomAsPath paths;
  private int serial;

  RandomAttributes(Random random, SharedNetwork network, Topology topology) {
    this.random = random;
    this.network = network;
    this.topology = topology;
    paths = new RandomAsPath(random, topology);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** What a feeder says of some prefixes, but for the next hop. */
  PathAttributes of(ComparedPeer feeder) {
    serial++;
    List<PathAttribute> all = new ArrayList<>();
    all.add(one(List.of(Origin.IGP, Origin.IGP, Origin.EGP, Origin.INCOMPLETE)));
    all.add(paths.of(feeder));
    if (chance(50)) {
      all.add(new MultiExitDisc(one(MEDS)));
    }
    // Beyond the border of an AS it has no place, and is to be ignored (RFC 4271 §5.1.5).
    if (!feeder.isExternal() || chance(5)) {
      all.add(new LocalPref(one(PREFERENCES)));
    }
    communities(feeder, all);
    if (chance(10)) {
      all.add(AtomicAggregate.PRESENT);
    }
    if (chance(10)) {
      all.add(
          new Aggregator(
              one(RandomAsPath.ASNS), Ipv4Address.parse("192.0.2." + random.nextInt(1, 9))));
    }
    if (feeder.isInternal() && chance(50)) {
      reflected(feeder, all);
    }
    rare(all);
    return PathAttributes.of(all);
  }

  /** The next hop that a feeder gives some prefixes of IPv4 or IPv6. */
  IpAddress nextHop(ComparedPeer feeder, boolean isIpv4) {
    int chosen = random.nextInt(100);
    if (chosen < 60) {
      return own(feeder, isIpv4);
    }
    if (chosen < 70) {
      return own(one(topology.feeders()), isIpv4);
    }
    // A router must not be told to send to itself (RFC 4271 §5.1.3).
    return chosen < 73
        ? own(topology.receiver(), isIpv4)
        : network.ipAddress(random.nextInt(31, 34), isIpv4);
  }

  /** A neighbour's own address. */
  IpAddress own(ComparedPeer peer, boolean isIpv4) {
    return network.ipAddress(peer.host(), isIpv4);
  }

  private void communities(ComparedPeer feeder, List<PathAttribute> all) {
    SortedSet<Community> standard = new TreeSet<>();
    int marked = random.nextInt(10);
    if (marked < 5) {
      standard.add(Community.of(64500 + feeder.host(), serial & 0xFFFF));
    }
    if (chance(30)) {
      standard.add(Community.of(64801, random.nextInt(3)));
    }
    if (chance(12)) {
      standard.add(one(WELL_KNOWN));
    }
    if (!standard.isEmpty()) {
      all.add(new Communities(List.copyOf(standard)));
    }
    List<LargeCommunity> large = new ArrayList<>();
    if (marked >= 5 && marked < 9) {
      large.add(new LargeCommunity(64500, feeder.host(), serial));
    }
    if (chance(10)) {
      large.add(new LargeCommunity(4_200_000_001L, random.nextInt(3), 0xFFFF_FFFFL));
    }
    if (!large.isEmpty()) {
      all.add(new LargeCommunities(large));
    }
    if (chance(20)) {
      SortedSet<ExtendedCommunity> extended = new TreeSet<>();
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        extended.add(ExtendedCommunity.parse(one(EXTENDED)));
      }
      all.add(new ExtendedCommunities(List.copyOf(extended)));
    }
  }

  /**
   * As another reflector has left it; now and then it is ours that has. Who reflects nothing for a
   * neighbour has no cluster there, which only BIRD makes a difference of (RFC 4456 §8).
   */
  private void reflected(ComparedPeer feeder, List<PathAttribute> all) {
    // Lower and higher than the BGP Identifiers of the feeders, but none of a neighbour.
    int originator = chance(70) ? random.nextInt(2, 11) : random.nextInt(15, 20);
    all.add(
        new OriginatorId(
            Ipv4Address.parse(chance(5) ? ComparedRouter.IDENTIFIER : "10.0.0." + originator)));
    boolean isClient = feeder.part() == PeerPart.REFLECTOR_CLIENT;
    List<Ipv4Address> clusters = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      clusters.add(
          Ipv4Address.parse(
              isClient && chance(3)
                  ? ComparedRouter.IDENTIFIER
                  : "10.0.1." + random.nextInt(1, 9)));
    }
    all.add(new ClusterList(clusters));
  }

  private void rare(List<PathAttribute> all) {
    if (chance(10)) {
      AttributeFlags flags = AttributeFlags.OPTIONAL_TRANSITIVE;
      all.add(
          new UnknownAttribute(
              chance(50) ? flags.withPartial() : flags, 99, Bytes.ofInts(1, random.nextInt(3))));
    }
    if (chance(5)) {
      all.add(
          new UnknownAttribute(AttributeFlags.OPTIONAL_NON_TRANSITIVE, 201, Bytes.ofInts(1, 2)));
    }
    if (chance(5)) {
      all.add(new OnlyToCustomer(one(RandomAsPath.ASNS)));
    }
  }

  /**
   * Of the prefixes that a feeder ends a step with: they reach everybody, and are new each time.
   */
  PathAttributes mark(ComparedPeer feeder, int step) {
    List<PathAttribute> all =
        new ArrayList<>(
            List.of(
                Origin.IGP,
                paths.shortest(feeder),
                new LargeCommunities(List.of(new LargeCommunity(MARK, feeder.host(), step)))));
    if (!feeder.isExternal()) {
      all.add(new LocalPref(100));
    }
    return PathAttributes.of(all);
  }
}
