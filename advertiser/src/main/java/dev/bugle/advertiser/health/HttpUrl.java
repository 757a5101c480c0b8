package dev.bugle.advertiser.health;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where an HTTP request goes: a URL with the scheme {@code http} or {@code https} and a host, and
 * without a user.
 *
 * @param uri the same as the JDK has it
 */
public record HttpUrl(URI uri) {

  /** Checks it; the message does not repeat it, because it may hold a password. */
  public HttpUrl {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "found "
              + (uri.getScheme() == null ? "no scheme" : "the scheme " + scheme)
              + "; expected a URL that begins with http:// or https://");
    }
    if (String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "a user or a password in a URL would be seen by everybody; remove it, and use token-file"
              + " if the server needs to know us");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "found no host; expected a host name or an address after "
              + scheme
              + "://, an IPv6 address in brackets");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException(
          "found the port " + uri.getPort() + "; expected a port from 1 to 65535");
    }
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without repeating it
   */
  public static HttpUrl parse(String text) {
    try {
      return new HttpUrl(new URI(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "found what is no URL (" + e.getReason() + "); expected one such as https://[::1]:6443/",
          e);
    }
  }

  /** Whether it goes over TLS. */
  public boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** The host, an IPv6 address without brackets. */
  String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isSecure() ? 443 : 80;
  }

  /** {@code host:port}, as messages have it. */
  String peer() {
    return uri.getHost() + ":" + port();
  }

  /** The value of the header Host: the port only where it is written, and never a zone. */
  String hostHeader() {
    String host = uri.getHost().replaceFirst("%.*]", "]");
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }

  /** The path and the query. */
  String target() {
    URI ascii = URI.create(uri.toASCIIString());
    String path = String.valueOf(ascii.getRawPath());
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return (path.startsWith("/") ? path : "/") + query;
  }
}
