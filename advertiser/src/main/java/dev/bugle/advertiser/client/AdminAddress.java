package dev.bugle.advertiser.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where an admin server is. */
public sealed interface AdminAddress {

  /**
   * At an address of TCP.
   *
   * @param host a name or an address; an IPv6 address without brackets
   * @param port 1 to 65535
   * @param https whether TLS is asked for
   */
  record Tcp(String host, int port, boolean https) implements AdminAddress {

    /** As in the header Host. */
    String authority() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
      return (https ? "https://" : "") + authority();
    }
  }

  /** At a path of the file system. */
  record UnixSocket(Path path) implements AdminAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Parses {@code 127.0.0.1:9179}, {@code [::1]:9179}, {@code https://node-1.example:9179} or
   * {@code unix:/run/bugle/admin.sock}.
   *
   * @throws IllegalArgumentException saying what was found and what would do
   */
  static AdminAddress parse(String text) {
    try {
      if (text.startsWith("unix:") && text.length() > "unix:".length()) {
        return new UnixSocket(Path.of(text.substring("unix:".length())));
      }
      String lower = text.toLowerCase(Locale.ROOT);
      boolean url = lower.startsWith("http://") || lower.startsWith("https://");
      URI uri = new URI(url ? text : "http://" + text);
      String path = String.valueOf(uri.getRawPath());
      if (uri.getHost() != null
          && uri.getPort() >= 1
          && uri.getPort() <= 65_535
          && (path.isEmpty() || path.equals("/"))
          && uri.getRawQuery() == null
          && uri.getRawUserInfo() == null) {
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return new Tcp(host, uri.getPort(), lower.startsWith("https://"));
      }
    } catch (URISyntaxException | InvalidPathException notOne) {
      // Said below, as for what has the form of one and is none.
    }
    throw new IllegalArgumentException(
        "found '"
            + text
            + "'; expected an address with a port such as 127.0.0.1:9179 or"
            + " https://node-1.example:9179, or unix: and a path");
  }
}
