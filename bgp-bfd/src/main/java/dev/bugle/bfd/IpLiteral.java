package dev.bugle.bfd;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as they are written. No name is ever looked up. */
final class IpLiteral {

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpLiteral() {}

  /** The same, where an IPv6 address may name its interface: {@code fe80::1%eth0}. */
  static InetAddress parseScoped(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return parse(text);
    }
    InetAddress address = parse(text.substring(0, percent));
    String zone = text.substring(percent + 1);
    try {
      NetworkInterface named = NetworkInterface.getByName(zone);
      if (named != null && address.isLinkLocalAddress()) {
        return Inet6Address.getByAddress(null, address.getAddress(), named.getIndex());
      }
    } catch (SocketException | UnknownHostException notThere) {
      // said below
    }
    throw new IllegalArgumentException(
        "found '"
            + text
            + "'; expected after the % of an IPv6 link-local address the name of an"
            + " interface of this host; see `ip link`");
  }

  static InetAddress parse(String text) {
    try {
      if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException notAnAddress) {
      // said below
    }
    throw new IllegalArgumentException(
        "found '" + text + "'; expected an IP address such as 192.0.2.1 or 2001:db8::1");
  }
}
