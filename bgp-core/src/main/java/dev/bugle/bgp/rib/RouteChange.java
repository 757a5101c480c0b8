package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a rule changes of a route, before the decision or before a peer is told of it. */
public sealed interface RouteChange {

  /** The route as it is then; the same object when that is no other. */
  PolicyRoute apply(PolicyRoute route);

  /**
   * Adds communities of any kind to those that the route has.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  static RouteChange addCommunities(String... communities) {
    return new AddCommunities(CommunitySet.of(communities));
  }

  /**
   * Removes these communities, of any kind, where the route has them.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  static RouteChange removeCommunities(String... communities) {
    return new RemoveCommunities(CommunitySet.of(communities));
  }

  /** Removes all communities of these kinds; of all kinds if none is named. */
  static RouteChange removeAllCommunities(CommunitySet.Kind... kinds) {
    return new RemoveAllCommunities(
        kinds.length == 0
            ? EnumSet.allOf(CommunitySet.Kind.class)
            : EnumSet.copyOf(List.of(kinds)));
  }

  /**
   * Gives the route these communities instead of all that it has of the same kinds.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  static RouteChange replaceCommunities(String... communities) {
    return new ReplaceCommunities(CommunitySet.of(communities));
  }

  /** Sets LOCAL_PREF, 0 to 4294967295, which only peers in our AS are told. */
  static RouteChange localPref(long value) {
    return new SetLocalPref(new LocalPref(value));
  }

  /** Sets MULTI_EXIT_DISC, 0 to 4294967295. */
  static RouteChange med(long value) {
    return new SetMed(new MultiExitDisc(value));
  }

  /** Removes MULTI_EXIT_DISC. */
  static RouteChange noMed() {
    return new RemoveMed();
  }

  /**
   * Puts our AS number into the path 1 to 255 times more; peers in our AS see no path. As a path is
   * learned, its nearest AS number is put there in place of ours, which would be a loop to others.
   */
  static RouteChange prepend(int times) {
    return new Prepend(times);
  }

  /**
   * Sets the next hop of routes of this address's IP version, and leaves others alone.
   *
   * @throws IllegalArgumentException when the text is no IP literal, or no address of a host
   */
  static RouteChange nextHop(String address) {
    return new SetNextHop(IpAddress.parse(address));
  }

  /** Gives the route the next hop of one that names none: ours on the session with the peer. */
  static RouteChange ownNextHop() {
    return new OwnNextHop();
  }

  /**
   * Adds communities.
   *
   * @param communities at least one
   */
  record AddCommunities(CommunitySet communities) implements RouteChange {
    /** Checks that there is something to add. */
    public AddCommunities {
      requireSome(communities);
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withAttributes(communities.addedTo(route.attributes()));
    }

    @Override
    public String toString() {
      return "add communities " + communities;
    }
  }

  /**
   * Removes communities by their value.
   *
   * @param communities at least one
   */
  record RemoveCommunities(CommunitySet communities) implements RouteChange {
    /** Checks that there is something to remove. */
    public RemoveCommunities {
      requireSome(communities);
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withAttributes(communities.removedFrom(route.attributes()));
    }

    @Override
    public String toString() {
      return "remove communities " + communities;
    }
  }

  /**
   * Removes all communities of some kinds.
   *
   * @param kinds at least one
   */
  record RemoveAllCommunities(Set<CommunitySet.Kind> kinds) implements RouteChange {
    /** Copies the set and checks that it is not empty. */
    public RemoveAllCommunities {
      if (kinds.isEmpty()) {
        throw new IllegalArgumentException("name the kinds of communities to remove");
      }
      kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withAttributes(CommunitySet.without(kinds, route.attributes()));
    }

    @Override
    public String toString() {
      return "remove all "
          + (kinds.size() == CommunitySet.Kind.values().length
              ? ""
              : kinds.stream().map(Object::toString).collect(Collectors.joining(" and ")) + " ")
          + "communities";
    }
  }

  /**
   * Replaces the communities of some kinds.
   *
   * @param communities at least one; the kinds of which there is none here stay as they are
   */
  record ReplaceCommunities(CommunitySet communities) implements RouteChange {
    /** Checks that there is something to put in the place of others. */
    public ReplaceCommunities {
      requireSome(communities);
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withAttributes(communities.replacing(route.attributes()));
    }

    @Override
    public String toString() {
      return "replace communities by " + communities;
    }
  }

  /**
   * Sets LOCAL_PREF, also where {@link Export} would leave it out.
   *
   * @param localPref to set
   */
  record SetLocalPref(LocalPref localPref) implements RouteChange {
    @Override
    public PolicyRoute apply(PolicyRoute route) {
      PathAttributes attributes = route.attributes();
      return attributes.get(LocalPref.class).filter(localPref::equals).isPresent()
          ? route
          : route.withAttributes(attributes.with(localPref));
    }

    @Override
    public String toString() {
      return "local-pref " + localPref;
    }
  }

  /**
   * Sets MULTI_EXIT_DISC.
   *
   * @param med to set
   */
  record SetMed(MultiExitDisc med) implements RouteChange {
    @Override
    public PolicyRoute apply(PolicyRoute route) {
      PathAttributes attributes = route.attributes();
      return attributes.get(MultiExitDisc.class).filter(med::equals).isPresent()
          ? route
          : route.withAttributes(attributes.with(med));
    }

    @Override
    public String toString() {
      return "med " + med;
    }
  }

  /** Removes MULTI_EXIT_DISC. */
  record RemoveMed() implements RouteChange {
    @Override
    public PolicyRoute apply(PolicyRoute route) {
      PathAttributes attributes = route.attributes();
      return attributes
          .get(MultiExitDisc.class)
          .map(med -> route.withAttributes(attributes.without(med.typeCode())))
          .orElse(route);
    }

    @Override
    public String toString() {
      return "no med";
    }
  }

  /**
   * Prepends our AS number, beyond the once that the session needs and what the route asks for;
   * what is learned, its nearest.
   *
   * @param times 1 to 255
   */
  record Prepend(int times) implements RouteChange {
    /** Checks the range. */
    public Prepend {
      if (times < 1 || times > 255) {
        throw new IllegalArgumentException("prepend " + times + " is not in 1 to 255");
      }
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withPrepended(times);
    }

    @Override
    public String toString() {
      return "prepend " + times;
    }
  }

  /**
   * Sets the next hop of routes of one IP version.
   *
   * @param address of a host
   */
  record SetNextHop(IpAddress address) implements RouteChange {
    /** Checks that packets can be sent there. */
    public SetNextHop {
      if (address.isUnspecified() || address.isMulticast()) {
        throw new IllegalArgumentException(
            "next hop " + address + " is not the address of a host, which packets can be sent to");
      }
    }

    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route
              .prefix()
              .filter(prefix -> prefix.address().isIpv4() == address.isIpv4())
              .isPresent()
          ? route.withNextHop(Optional.of(address))
          : route;
    }

    @Override
    public String toString() {
      return "next-hop " + address;
    }
  }

  /** Lets the session say the next hop. */
  record OwnNextHop() implements RouteChange {
    @Override
    public PolicyRoute apply(PolicyRoute route) {
      return route.withNextHop(Optional.empty());
    }

    @Override
    public String toString() {
      return "next-hop self";
    }
  }

  private static void requireSome(CommunitySet communities) {
    if (communities.isEmpty()) {
      throw new IllegalArgumentException(
          "a change of communities names none; name at least one, or leave it out");
    }
  }
}
