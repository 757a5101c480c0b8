package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The types of values that are about BGP. */
final class BgpTypes {

  private static final String ADDRESS_FORM = "an IP address such as 192.0.2.1 or 2001:db8::1";

  /** An AS number that a speaker may have. */
  static final Type<Long> AS_NUMBER =
      Types.shown("65001", Types.number("an AS number", 1, Asn.MAX));

  /** An AS number, or how the peer's stands to ours. */
  static final Type<RemoteAs> REMOTE_AS =
      Types.shown(
          "external", Types.scalar("an AS number, or external or internal", BgpTypes::remoteAs));

  /** An unsigned number of four octets. */
  static final Type<Long> UNSIGNED_32 = Types.number("a number", 0, 0xFFFF_FFFFL);

  /** A TCP port. */
  static final Type<Long> PORT = Types.number("a TCP port", 1, 0xFFFF);

  /** How often an AS number is repeated; more makes some routers refuse the path. */
  static final Type<Long> PREPEND = Types.number("a number", 0, 32);

  /** An address of either family. */
  static final Type<IpAddress> ADDRESS = Types.scalar(ADDRESS_FORM, IpAddress::parse);

  /** Where a peer is: an address, with its interface if it is link-local. */
  static final Type<PeerAddress> PEER_ADDRESS = Types.scalar(ADDRESS_FORM, BgpTypes::peerAddress);

  /** The interface that a peer is behind. */
  static final Type<PeerAddress> INTERFACE =
      Types.scalar("the name of an interface such as eth0", PeerAddress::onInterface);

  /** An address that packets can be sent to. */
  static final Type<IpAddress> NEXT_HOP = Types.scalar(ADDRESS_FORM, BgpTypes::hostOf);

  /** A BGP Identifier (RFC 6286). */
  static final Type<Ipv4Address> ROUTER_ID =
      Types.scalar("a router id such as 192.0.2.1", BgpTypes::routerId);

  /** What a VIP can be: one address, or a prefix. */
  static final Type<Prefix> DESTINATION =
      Types.scalar(
          "an address such as 203.0.113.10/32 or 2001:db8::10/128, or a prefix",
          BgpTypes::destination);

  /** A prefix of any length. */
  static final Type<Prefix> RANGE =
      Types.scalar("a prefix such as 192.0.2.0/24 or 2001:db8::/64", BgpTypes::range);

  /** A community of any kind. */
  static final Type<String> COMMUNITY =
      Types.scalar(
          "a community such as 65001:100, no-export, 65001:1:2 or rt:65001:7", BgpTypes::community);

  /** Zero, or three seconds and more (RFC 4271 §4.2). */
  static final Type<Duration> HOLD_TIME =
      Types.scalar("a duration in whole seconds, 3s to 65535s, or 0s", BgpTypes::holdTime);

  /** What fits into a Shutdown Communication (RFC 9003 §2). */
  static final Type<String> SHUTDOWN_MESSAGE =
      Types.scalar("text of one line, at most 255 bytes", BgpTypes::shutdownMessage);

  /** An address and a port to listen on. */
  static final Type<ListenAddress> LISTEN_ADDRESS =
      Types.scalar("an address and a port such as 0.0.0.0:179 or [::]:179", BgpTypes::listen);

  /** Where connections are accepted. */
  record ListenAddress(IpAddress address, int port) {
    @Override
    public String toString() {
      return (address.isIpv4() ? address : "[" + address + "]") + ":" + port;
    }
  }

  private BgpTypes() {}

  private static RemoteAs remoteAs(String text) {
    return switch (text) {
      case "external" -> RemoteAs.Relation.EXTERNAL;
      case "internal" -> RemoteAs.Relation.INTERNAL;
      default -> RemoteAs.of(asNumber(text));
    };
  }

  private static long asNumber(String text) {
    if (!text.matches("[0-9]{1,10}")
        || Long.parseLong(text) < 1
        || Long.parseLong(text) > Asn.MAX) {
      throw new IllegalArgumentException(
          "found '"
              + text
              + "'; expected an AS number, 1 to "
              + Asn.MAX
              + ", or external or internal");
    }
    return Long.parseLong(text);
  }

  private static PeerAddress peerAddress(String text) {
    PeerAddress peer = PeerAddress.parse(text);
    if (peer.address().isUnspecified() || peer.address().isMulticast()) {
      throw new IllegalArgumentException("found " + text + "; expected the address of a host");
    }
    return peer;
  }

  /** An address that packets can be sent to. */
  static IpAddress hostOf(String text) {
    IpAddress address = IpAddress.parse(text);
    if (address.isUnspecified() || address.isMulticast()) {
      throw new IllegalArgumentException("found " + text + "; expected the address of a host");
    }
    return address;
  }

  private static Ipv4Address routerId(String text) {
    Ipv4Address id = Ipv4Address.parse(text);
    if (id.isUnspecified()) {
      throw new IllegalArgumentException(
          "found 0.0.0.0, which no speaker may use; expected an IPv4 address of this host");
    }
    return id;
  }

  private static Prefix destination(String text) {
    Prefix prefix = range(text);
    if (prefix.length() > 0 && prefix.address().isUnspecified()) {
      throw new IllegalArgumentException("found " + text + "; expected addresses of hosts");
    }
    return prefix;
  }

  private static Prefix range(String text) {
    if (text.indexOf('/') < 0) {
      throw new IllegalArgumentException(
          "found '"
              + text
              + "', which has no prefix length; write it like 192.0.2.0/24 or 192.0.2.1/32");
    }
    Prefix prefix = Prefix.parse(text);
    if (prefix.address().isMulticast()) {
      throw new IllegalArgumentException("found " + text + "; expected addresses of hosts");
    }
    return prefix;
  }

  private static String community(String text) {
    // Only to have it checked: the route is made from all of them at once.
    Route.to("192.0.2.1/32").communities(text).build();
    return text;
  }

  private static Duration holdTime(String text) {
    Duration holdTime = DurationText.parse(text);
    long seconds = holdTime.toSeconds();
    boolean whole = holdTime.equals(Duration.ofSeconds(seconds));
    if (!whole || (seconds != 0 && (seconds < 3 || seconds > 0xFFFF))) {
      throw new IllegalArgumentException(
          "found '" + text + "'; expected whole seconds, 3s to 65535s, or 0s for none");
    }
    return holdTime;
  }

  private static String shutdownMessage(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > 255 || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "found " + length + " bytes; expected one line of at most 255 bytes");
    }
    return text;
  }

  /** Where connections are accepted. */
  static ListenAddress listen(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty()
        || bracketed != host.contains(":")
        || !port.matches("[1-9][0-9]{0,4}")
        || Integer.parseInt(port) > 0xFFFF) {
      throw new IllegalArgumentException(
          "found '" + text + "'; expected an address and a port such as 0.0.0.0:179 or [::]:179");
    }
    return new ListenAddress(
        IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host),
        Integer.parseInt(port));
  }
}
