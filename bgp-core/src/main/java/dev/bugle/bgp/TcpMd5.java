package dev.bugle.bgp;

import java.nio.file.Path;

/**
 * The TCP MD5 signature option (RFC 2385), which most routers call the neighbor's password.
 *
 * @param source of the key
 */
public record TcpMd5(KeySource source) implements TcpAuthentication {

  /**
   * With the UTF-8 octets of this text.
   *
   * @throws IllegalArgumentException when they are not 1 to 80
   */
  public static TcpMd5 of(String key) {
    return new TcpMd5(KeySource.of(TcpKey.of(key)));
  }

  /** With what this file holds whenever a connection is made; see {@link KeySource#ofFile}. */
  public static TcpMd5 ofFile(Path file) {
    return new TcpMd5(KeySource.ofFile(file));
  }

  /** Nothing of the source, which may be anybody's. */
  @Override
  public String toString() {
    return "TCP MD5";
  }
}
