package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a peer is: its address; for a link-local one with the interface of the link, which is its
 * zone (RFC 4007); or the interface alone, for whatever router is behind it.
 *
 * @param address {@code ::} for an interface alone
 * @param zone an interface
 */
public record PeerAddress(IpAddress address, Optional<String> zone) {

  /** What Linux takes for the name of an interface. */
  private static final Pattern INTERFACE = Pattern.compile("(?!\\.{1,2}$)[!-~&&[^/:%]]{1,15}");

  /** Checks that a link-local address, and no other, has a zone. */
  public PeerAddress {
    boolean linkLocal = address instanceof Ipv6Address ipv6 && ipv6.isLinkLocal();
    if (linkLocal && zone.isEmpty()) {
      throw new IllegalArgumentException(
          address + " is valid on one link only; say on which, like " + address + "%eth0");
    }
    if (zone.isPresent() && !linkLocal && !isAny(address)) {
      throw new IllegalArgumentException(
          address + "%" + zone.get() + " is not link-local; leave %" + zone.get() + " away");
    }
    zone.ifPresent(PeerAddress::requireInterfaceName);
  }

  private static boolean isAny(IpAddress address) {
    return !address.isIpv4() && address.isUnspecified();
  }

  private static void requireInterfaceName(String name) {
    if (!INTERFACE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not the name of an interface; expected one like eth0");
    }
  }

  /**
   * Parses {@code 192.0.2.1}, {@code 2001:db8::1}, {@code fe80::1%eth0}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static PeerAddress parse(String text) {
    int percent = text.indexOf('%');
    return percent < 0
        ? new PeerAddress(IpAddress.parse(text), Optional.empty())
        : new PeerAddress(
            IpAddress.parse(text.substring(0, percent)), Optional.of(text.substring(percent + 1)));
  }

  /**
   * Whatever router is behind that interface.
   *
   * @throws IllegalArgumentException when no interface can have that name
   */
  public static PeerAddress onInterface(String name) {
    return new PeerAddress(new Ipv6Address(0, 0), Optional.of(name));
  }

  /** Of the other side of a connection; empty for a link-local one whose interface is gone. */
  static Optional<PeerAddress> of(InetAddress remote) {
    IpAddress address = IpAddress.of(remote);
    if (!(address instanceof Ipv6Address ipv6 && ipv6.isLinkLocal())) {
      return Optional.of(new PeerAddress(address, Optional.empty()));
    }
    try {
      int scope = remote instanceof Inet6Address scoped ? scoped.getScopeId() : 0;
      return Optional.ofNullable(scope == 0 ? null : NetworkInterface.getByIndex(scope))
          .map(link -> new PeerAddress(address, Optional.of(link.getName())));
    } catch (SocketException | IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /** Whether any router behind the interface is meant. */
  public boolean isInterface() {
    return zone.isPresent() && isAny(address);
  }

  /** The same interface with the router that was found there. */
  PeerAddress of(IpAddress router) {
    return new PeerAddress(router, zone);
  }

  /**
   * For a socket.
   *
   * @throws UncheckedIOException when its interface is not there
   */
  InetSocketAddress socketAddress(int port) {
    return zone.map(name -> scoped(address, name, port))
        .orElseGet(() -> new InetSocketAddress(address.toInetAddress(), port));
  }

  /** For a socket on the same link: our own address. */
  InetSocketAddress ownSocketAddress(IpAddress own) {
    boolean linkLocal = own instanceof Ipv6Address ipv6 && ipv6.isLinkLocal();
    return (linkLocal ? new PeerAddress(own, zone) : new PeerAddress(own, Optional.empty()))
        .socketAddress(0);
  }

  private static InetSocketAddress scoped(IpAddress address, String name, int port) {
    try {
      NetworkInterface link = NetworkInterface.getByName(name);
      if (link == null) {
        throw new UncheckedIOException(
            "there is no interface " + name, new IOException("no such interface"));
      }
      byte[] octets = address.toInetAddress().getAddress();
      return new InetSocketAddress(Inet6Address.getByAddress("", octets, link.getIndex()), port);
    } catch (SocketException | UnknownHostException unreadable) {
      throw new UncheckedIOException("interface " + name + " cannot be used", unreadable);
    }
  }

  /** Like {@code fe80::1%eth0}; an interface alone is its name. */
  @Override
  public String toString() {
    return isInterface() ? zone.orElseThrow() : address + zone.map(name -> "%" + name).orElse("");
  }
}
