package dev.bugle.bgp;

import dev.bugle.bgp.rib.CommunitySet;
import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LargeCommunities;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A route to announce. All communities are told to every peer, also {@code no-export}: they say
 * what the peer may do with the route, not whether it gets it.
 *
 * @param prefix the destination
 * @param communities standard communities (RFC 1997), ascending, each once
 * @param extendedCommunities extended communities (RFC 4360), ascending, each once
 * @param largeCommunities large communities (RFC 8092), ascending, each once
 * @param localPref LOCAL_PREF for peers in our AS; empty: 100
 * @param med MULTI_EXIT_DISC; empty: none is sent
 * @param prepend how often our AS number stands in the path beyond the usual towards peers in other
 *     ASes, 0 to 255
 * @param nextHop of the prefix's family; empty: what the peer's configuration says
 * @param others attributes that have no component of their own: ORIGIN where it is not IGP, an
 *     AS_PATH that ours is put before, AGGREGATOR and any other
 */
public record Route(
    Prefix prefix,
    List<Community> communities,
    List<ExtendedCommunity> extendedCommunities,
    List<LargeCommunity> largeCommunities,
    OptionalLong localPref,
    OptionalLong med,
    int prepend,
    Optional<IpAddress> nextHop,
    PathAttributes others) {

  /**
   * Attributes that are made from the components: of the destination, the next hop and the rest.
   */
  private static final List<Class<? extends PathAttribute>> OF_COMPONENTS =
      List.of(
          NextHop.class,
          MpReach.class,
          MpUnreach.class,
          Communities.class,
          ExtendedCommunities.class,
          LargeCommunities.class,
          LocalPref.class,
          MultiExitDisc.class);

  /** All communities must fit in one UPDATE with the other attributes (RFC 4271 §4.3). */
  private static final int MAX_COMMUNITY_OCTETS = 1500;

  /** Checks the ranges, and copies and sorts the lists. */
  public Route {
    communities = List.copyOf(new TreeSet<>(communities));
    extendedCommunities = List.copyOf(new TreeSet<>(extendedCommunities));
    largeCommunities = List.copyOf(new TreeSet<>(largeCommunities));
    localPref.ifPresent(LocalPref::new);
    med.ifPresent(MultiExitDisc::new);
    if (prepend < 0 || prepend > 255) {
      throw new IllegalArgumentException("prepend " + prepend + " is not in 0 to 255");
    }
    if (nextHop.isPresent() && nextHop.get().isIpv4() != prefix.address().isIpv4()) {
      throw new IllegalArgumentException(
          "next hop " + nextHop.get() + " is not of the IP version of " + prefix);
    }
    for (Class<? extends PathAttribute> made : OF_COMPONENTS) {
      if (others.get(made).isPresent()) {
        throw new IllegalArgumentException(
            made.getSimpleName()
                + " is made from a component of the route, leave it out of "
                + others);
      }
    }
    int octets =
        4 * communities.size() + 8 * extendedCommunities.size() + 12 * largeCommunities.size();
    if (octets > MAX_COMMUNITY_OCTETS) {
      throw new IllegalArgumentException(
          prefix
              + " has communities of "
              + octets
              + " octets; at most "
              + MAX_COMMUNITY_OCTETS
              + " are allowed");
    }
  }

  /**
   * Begins a route.
   *
   * @param prefix like {@code 203.0.113.10/32} or {@code 2001:db8::10/128}
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static Builder to(String prefix) {
    return to(Prefix.parse(prefix));
  }

  /** Begins a route. */
  public static Builder to(Prefix prefix) {
    return new Builder(prefix);
  }

  LocalRoute toLocalRoute() {
    List<PathAttribute> attributes = new ArrayList<>();
    others.forEach(attributes::add);
    if (others.get(Origin.class).isEmpty()) {
      attributes.add(Origin.IGP);
    }
    med.ifPresent(value -> attributes.add(new MultiExitDisc(value)));
    localPref.ifPresent(value -> attributes.add(new LocalPref(value)));
    if (!communities.isEmpty()) {
      attributes.add(new Communities(communities));
    }
    if (!extendedCommunities.isEmpty()) {
      attributes.add(new ExtendedCommunities(extendedCommunities));
    }
    if (!largeCommunities.isEmpty()) {
      attributes.add(new LargeCommunities(largeCommunities));
    }
    return new LocalRoute(prefix, PathAttributes.of(attributes), prepend, nextHop);
  }

  /** Gathers a route; not thread-safe. */
  public static final class Builder {
    private final Prefix prefix;
    private final SortedSet<Community> communities = new TreeSet<>();
    private final SortedSet<ExtendedCommunity> extendedCommunities = new TreeSet<>();
    private final SortedSet<LargeCommunity> largeCommunities = new TreeSet<>();
    private OptionalLong localPref = OptionalLong.empty();
    private OptionalLong med = OptionalLong.empty();
    private int prepend;
    private Optional<IpAddress> nextHop = Optional.empty();
    private PathAttributes others = PathAttributes.EMPTY;

    private Builder(Prefix prefix) {
      this.prefix = prefix;
    }

    /**
     * Adds communities of any kind, told apart by their notation: {@code 65001:100} or a well-known
     * name, {@code 65001:1:2} (large), {@code rt:65001:7} (extended).
     *
     * @throws IllegalArgumentException saying what is wrong with a text
     */
    public Builder communities(String... texts) {
      CommunitySet more = CommunitySet.of(texts);
      communities.addAll(more.standard());
      extendedCommunities.addAll(more.extended());
      largeCommunities.addAll(more.large());
      return this;
    }

    /** Adds a standard community. */
    public Builder community(Community community) {
      communities.add(community);
      return this;
    }

    /** Adds an extended community. */
    public Builder community(ExtendedCommunity community) {
      extendedCommunities.add(community);
      return this;
    }

    /** Adds a large community. */
    public Builder community(LargeCommunity community) {
      largeCommunities.add(community);
      return this;
    }

    /** LOCAL_PREF for peers in our AS, 0 to 4294967295; higher is preferred. */
    public Builder localPref(long value) {
      localPref = OptionalLong.of(value);
      return this;
    }

    /** MULTI_EXIT_DISC, 0 to 4294967295; lower is preferred. */
    public Builder med(long value) {
      med = OptionalLong.of(value);
      return this;
    }

    /** How often our AS number stands in the path beyond the usual, 0 to 255; other ASes only. */
    public Builder prepend(int times) {
      prepend = times;
      return this;
    }

    /** The next hop, an IP literal of the prefix's IP version. */
    public Builder nextHop(String address) {
      nextHop = Optional.of(IpAddress.parse(address));
      return this;
    }

    /**
     * The attributes of a route that came from elsewhere, as from a dump: its communities,
     * LOCAL_PREF and MED are taken as if each had been given here, its AS_PATH stands behind our
     * own, and the others as they are. Where packets go is not among them: NEXT_HOP, MP_REACH_NLRI
     * and MP_UNREACH_NLRI are passed over.
     */
    public Builder attributes(PathAttributes values) {
      communities.addAll(values.communities());
      extendedCommunities.addAll(values.extendedCommunities());
      largeCommunities.addAll(values.largeCommunities());
      values.get(LocalPref.class).ifPresent(value -> localPref(value.value()));
      values.get(MultiExitDisc.class).ifPresent(value -> med(value.value()));
      List<PathAttribute> rest = new ArrayList<>();
      values.forEach(rest::add);
      rest.removeIf(one -> OF_COMPONENTS.stream().anyMatch(made -> made.isInstance(one)));
      others = PathAttributes.of(rest);
      return this;
    }

    /**
     * The route.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public Route build() {
      return new Route(
          prefix,
          List.copyOf(communities),
          List.copyOf(extendedCommunities),
          List.copyOf(largeCommunities),
          localPref,
          med,
          prepend,
          nextHop,
          others);
    }
  }
}
