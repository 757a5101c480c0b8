package dev.bugle.bfd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as they are written. No name is ever looked up. */
final class IpLiteral {

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpLiteral() {}

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
