package dev.bugle.bgp;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own address for each family on a session: what routes get as their next hop. */
final class NextHops {

  /** The families whose routes can lead to us, also where they were learned with another. */
  static final Set<AddressFamily> OF_OURS =
      Set.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV6_UNICAST,
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV6_MULTICAST);

  private NextHops() {}

  /**
   * What the peer's configuration says; else our address on the session for its own IP version, and
   * a global address of the same interface for the other, if possible one that shares a network
   * with others; for IPv4, where the peer takes it, the IPv6 one in want of another (RFC 8950), or
   * always on a link-local session, whose link may have no IPv4 addresses that the peer can reach.
   * A family may stay without.
   */
  static Map<AddressFamily, IpAddress> of(
      PeerConfig config, Set<AddressFamily> ipv6NextHops, InetAddress local) {
    Map<AddressFamily, IpAddress> nextHops = new TreeMap<>(config.export().nextHops());
    if (IpAddress.of(local) instanceof Ipv6Address own
        && own.isLinkLocal()
        && ipv6NextHops.contains(AddressFamily.IPV4_UNICAST)) {
      nextHops.putIfAbsent(AddressFamily.IPV4_UNICAST, own);
    }
    for (AddressFamily family : List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST)) {
      if (config.session().offer().families().contains(family) && !nextHops.containsKey(family)) {
        boolean ipv4 = family.equals(AddressFamily.IPV4_UNICAST);
        ownAddress(IpAddress.of(local), local, ipv4)
            .ifPresent(address -> nextHops.put(family, address));
      }
    }
    IpAddress ipv6 = nextHops.get(AddressFamily.IPV6_UNICAST);
    if (ipv6 != null && ipv6NextHops.contains(AddressFamily.IPV4_UNICAST)) {
      nextHops.putIfAbsent(AddressFamily.IPV4_UNICAST, ipv6);
    }
    addMulticast(nextHops, config, local);
    return nextHops;
  }

  /** Of multicast it is the same as of unicast, though that may not be carried at all. */
  private static void addMulticast(
      Map<AddressFamily, IpAddress> nextHops, PeerConfig config, InetAddress local) {
    for (AddressFamily family :
        List.of(AddressFamily.IPV6_MULTICAST, AddressFamily.IPV4_MULTICAST)) {
      if (config.session().offer().families().contains(family)) {
        AddressFamily unicast =
            family.isIpv4() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
        Optional.ofNullable(nextHops.get(unicast))
            .or(() -> ownAddress(IpAddress.of(local), local, family.isIpv4()))
            .ifPresent(address -> nextHops.putIfAbsent(family, address));
      }
    }
  }

  /**
   * Our addresses as a peer knows them: that of the session, and the next hop that it is given for
   * each family, unless its configuration names another router's. A path to one of them is none
   * (RFC 4271 §6.3).
   */
  static Set<IpAddress> ours(
      PeerConfig config, Set<AddressFamily> ipv6NextHops, InetAddress local) {
    return Stream.concat(
            Stream.of(IpAddress.of(local)),
            of(config, ipv6NextHops, local).values().stream().filter(NextHops::isOnAnInterface))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOnAnInterface(IpAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address.toInetAddress()) != null;
    } catch (SocketException unreadable) {
      return false;
    }
  }

  /**
   * The networks of the interface that has our address on the session, those of one link alone left
   * out: in them the peer and we may be neighbours of the same routers.
   */
  static Set<Prefix> shared(InetAddress local) {
    try {
      NetworkInterface onInterface = NetworkInterface.getByInetAddress(local);
      if (onInterface == null) {
        return Set.of();
      }
      return onInterface.getInterfaceAddresses().stream()
          .filter(address -> !address.getAddress().isLinkLocalAddress())
          .map(
              address ->
                  network(IpAddress.of(address.getAddress()), address.getNetworkPrefixLength()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException unreadable) {
      return Set.of();
    }
  }

  private static Prefix network(IpAddress address, int length) {
    return new Prefix(address.masked(length), length);
  }

  /**
   * Whether there is nobody else in the network of that address. Such a one may be announced
   * itself, or be taken away, so it is the next hop only in want of another (RFC 4271 §5.1.3).
   */
  private static boolean isAlone(InterfaceAddress address) {
    return address.getNetworkPrefixLength() == 8 * address.getAddress().getAddress().length;
  }

  private static Optional<IpAddress> ownAddress(IpAddress own, InetAddress local, boolean ipv4) {
    if (own.isIpv4() == ipv4) {
      return Optional.of(own);
    }
    try {
      NetworkInterface onInterface = NetworkInterface.getByInetAddress(local);
      if (onInterface == null) {
        return Optional.empty();
      }
      return onInterface.getInterfaceAddresses().stream()
          .sorted(Comparator.comparing(NextHops::isAlone))
          .map(InterfaceAddress::getAddress)
          .map(IpAddress::of)
          .filter(address -> address.isIpv4() == ipv4)
          .filter(address -> !(address instanceof Ipv6Address ipv6 && ipv6.isLinkLocal()))
          .findFirst();
    } catch (SocketException unreadable) {
      return Optional.empty();
    }
  }
}
