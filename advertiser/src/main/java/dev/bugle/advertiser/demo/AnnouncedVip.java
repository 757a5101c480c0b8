package dev.bugle.advertiser.demo;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a VIP was announced, or is to be: what is compared and printed. */
record AnnouncedVip(
    Optional<IpAddress> nextHop,
    List<Community> communities,
    List<LargeCommunity> largeCommunities,
    Optional<MultiExitDisc> med) {

  static final Prefix VIP = Prefix.parse("203.0.113.10/32");
  static final Prefix IPV6_VIP = Prefix.parse("2001:db8:cafe::10/128");
  static final List<Prefix> ALL = List.of(VIP, IPV6_VIP);

  static final long MED = 10;
  static final List<Community> COMMUNITIES = List.of(Community.of(65001, 100), Community.NO_EXPORT);
  static final List<LargeCommunity> LARGE_COMMUNITIES = List.of(new LargeCommunity(65001, 1, 2));

  /** What that advertiser is configured to announce. */
  static AnnouncedVip expected(Prefix vip, Node node) {
    String nextHop = vip.equals(VIP) ? node.nextHop() : node.ipv6NextHop();
    return new AnnouncedVip(
        Optional.of(IpAddress.parse(nextHop)),
        COMMUNITIES,
        LARGE_COMMUNITIES,
        Optional.of(new MultiExitDisc(MED)));
  }

  /** What the router learned. */
  static AnnouncedVip of(Sighting learned) {
    PathAttributes attributes = learned.attributes().orElse(PathAttributes.EMPTY);
    Optional<IpAddress> nextHop =
        learned.prefix().filter(VIP::equals).isPresent()
            ? attributes.get(NextHop.class).map(NextHop::address)
            : attributes.get(MpReach.class).flatMap(MpReach::nextHopAddress);
    return new AnnouncedVip(
        nextHop,
        attributes.communities(),
        attributes.largeCommunities(),
        attributes.get(MultiExitDisc.class));
  }

  @Override
  public String toString() {
    return "next hop "
        + nextHop.map(IpAddress::toString).orElse("none")
        + ", communities "
        + Stream.concat(communities.stream(), largeCommunities.stream())
            .map(Object::toString)
            .collect(Collectors.joining(" "))
        + ", "
        + med.map(value -> "MED " + value).orElse("no MED");
  }
}
