package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule asks of a route, or of the peer that it comes from or would be told to. */
public sealed interface Condition {

  /** Whether it is so. */
  boolean holds(PolicyPeer peer, PolicyRoute route);

  /** One that asks the route alone. */
  sealed interface OnRoute extends Condition {
    /** Whether it is so, whoever the peer is. */
    boolean holds(PolicyRoute route);

    @Override
    default boolean holds(PolicyPeer peer, PolicyRoute route) {
      return holds(route);
    }
  }

  /** One that asks the peer alone. */
  sealed interface OnPeer extends Condition {
    /** Whether it is so, whatever the route is. */
    boolean holds(PolicyPeer peer);

    @Override
    default boolean holds(PolicyPeer peer, PolicyRoute route) {
      return holds(peer);
    }
  }

  /**
   * The destination is in a prefix list.
   *
   * @throws IllegalArgumentException saying what is wrong with an entry
   */
  static Condition prefixIn(String... entries) {
    return new PrefixIn(PrefixList.of(entries));
  }

  /**
   * The route has at least one of these communities, of any kind.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  static Condition anyCommunity(String... communities) {
    return new AnyCommunity(CommunitySet.of(communities));
  }

  /**
   * The route has each of these communities, of any kind.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  static Condition allCommunities(String... communities) {
    return new AllCommunities(CommunitySet.of(communities));
  }

  /**
   * The AS path is found by one of these expressions, see {@link AsPathExpression}. An announcement
   * of ours has the empty path, and what was learned the one that it was accepted with.
   *
   * @throws IllegalArgumentException saying what is wrong with an expression, and at which column
   */
  static Condition asPath(String... expressions) {
    return new AsPathFound(Arrays.stream(expressions).map(AsPathExpression::parse).toList());
  }

  /**
   * The peer has one of these addresses.
   *
   * @throws IllegalArgumentException when a text is no IP literal
   */
  static Condition peer(String... addresses) {
    return new PeerAddress(Arrays.stream(addresses).map(IpAddress::parse).toList());
  }

  /** The peer is behind one of these interfaces. */
  static Condition peerInterface(String... names) {
    return new PeerInterface(List.of(names));
  }

  /**
   * The peer has an address in one of these prefixes.
   *
   * @throws IllegalArgumentException when a text is no prefix
   */
  static Condition peerIn(String... prefixes) {
    return new PeerIn(Arrays.stream(prefixes).map(Prefix::parse).toList());
  }

  /** The peer is in one of these ASes. */
  static Condition peerAs(long... asns) {
    return new PeerAs(Arrays.stream(asns).boxed().toList());
  }

  /**
   * The destination is in a prefix list. A labelled or VPN route is where its prefix is; what has
   * no prefix, such as a flow specification, is in none.
   *
   * @param list that has it
   */
  record PrefixIn(PrefixList list) implements OnRoute {
    @Override
    public boolean holds(PolicyRoute route) {
      Optional<Prefix> prefix = route.prefix();
      return prefix.isPresent() && list.contains(prefix.get());
    }

    @Override
    public String toString() {
      return "prefix in " + list;
    }
  }

  /**
   * The route has at least one of these communities.
   *
   * @param communities at least one
   */
  record AnyCommunity(CommunitySet communities) implements OnRoute {
    /** Checks that the condition can hold. */
    public AnyCommunity {
      requireSome(communities.isEmpty(), "communities");
    }

    @Override
    public boolean holds(PolicyRoute route) {
      return communities.anyIn(route.attributes());
    }

    @Override
    public String toString() {
      return "any community of " + communities;
    }
  }

  /**
   * The route has each of these communities.
   *
   * @param communities at least one
   */
  record AllCommunities(CommunitySet communities) implements OnRoute {
    /** Checks that the condition asks something. */
    public AllCommunities {
      requireSome(communities.isEmpty(), "communities");
    }

    @Override
    public boolean holds(PolicyRoute route) {
      return communities.allIn(route.attributes());
    }

    @Override
    public String toString() {
      return "all communities of " + communities;
    }
  }

  /**
   * The AS path is found by one of these expressions.
   *
   * @param expressions at least one
   */
  record AsPathFound(List<AsPathExpression> expressions) implements OnRoute {
    /** Copies the list and checks that the condition can hold. */
    public AsPathFound {
      expressions = List.copyOf(expressions);
      requireSome(expressions.isEmpty(), "AS paths");
    }

    @Override
    public boolean holds(PolicyRoute route) {
      AsPath path = route.attributes().get(AsPath.class).orElse(AsPath.EMPTY);
      for (AsPathExpression expression : expressions) {
        if (expression.matches(path)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "as-path " + joined(expressions);
    }
  }

  /**
   * The peer has one of these addresses.
   *
   * @param addresses at least one
   */
  record PeerAddress(List<IpAddress> addresses) implements OnPeer {
    /** Copies the list and checks that the condition can hold. */
    public PeerAddress {
      addresses = List.copyOf(addresses);
      requireSome(addresses.isEmpty(), "addresses of peers");
    }

    @Override
    public boolean holds(PolicyPeer peer) {
      return addresses.contains(peer.address());
    }

    @Override
    public String toString() {
      return "peer " + joined(addresses);
    }
  }

  /**
   * The peer is behind one of these interfaces: its address is link-local, or was found there.
   *
   * @param names at least one
   */
  record PeerInterface(List<String> names) implements OnPeer {
    /** Copies the list and checks that the condition can hold. */
    public PeerInterface {
      names = List.copyOf(names);
      requireSome(names.isEmpty(), "interfaces of peers");
    }

    @Override
    public boolean holds(PolicyPeer peer) {
      return peer.interfaceName().filter(names::contains).isPresent();
    }

    @Override
    public String toString() {
      return "peer behind " + joined(names);
    }
  }

  /**
   * The peer has an address in one of these prefixes.
   *
   * @param prefixes at least one
   */
  record PeerIn(List<Prefix> prefixes) implements OnPeer {
    /** Copies the list and checks that the condition can hold. */
    public PeerIn {
      prefixes = List.copyOf(prefixes);
      requireSome(prefixes.isEmpty(), "prefixes of peers");
    }

    @Override
    public boolean holds(PolicyPeer peer) {
      for (Prefix prefix : prefixes) {
        if (prefix.contains(peer.address())) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "peer in " + joined(prefixes);
    }
  }

  /**
   * The peer is in one of these ASes.
   *
   * @param asns at least one, each 1 to 4294967295
   */
  record PeerAs(List<Long> asns) implements OnPeer {
    /** Copies the list, and checks the ranges and that the condition can hold. */
    public PeerAs {
      asns = List.copyOf(asns);
      asns.forEach(Asn::requireUsable);
      requireSome(asns.isEmpty(), "AS numbers of peers");
    }

    @Override
    public boolean holds(PolicyPeer peer) {
      for (long asn : asns) {
        if (asn == peer.asn()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "peer in AS " + joined(asns);
    }
  }

  private static void requireSome(boolean none, String what) {
    if (none) {
      throw new IllegalArgumentException(
          "a condition on " + what + " names none; name at least one");
    }
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
