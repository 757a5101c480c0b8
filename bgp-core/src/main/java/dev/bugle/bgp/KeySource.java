package dev.bugle.bgp;

import java.nio.file.Path;

/**
 * Where the key of a TCP connection's authentication comes from. It is asked when the peer is
 * added, before every attempt to connect, and in {@link Peer#authentication}: a source that gives
 * another key then changes the key.
 */
@FunctionalInterface
public interface KeySource {

  /**
   * The key as it is now. Called on the caller's thread of the methods above, and on the peer's
   * event loop: it must not wait for long.
   *
   * @throws RuntimeException whose message says what is wrong, for logs and status: it must have
   *     nothing of the key
   */
  TcpKey key();

  /** Always this key. */
  static KeySource of(TcpKey key) {
    return new FixedKey(key);
  }

  /**
   * What a file holds whenever it is asked: 1 to 80 octets; a line end after them does not count.
   */
  static KeySource ofFile(Path file) {
    return new KeyFile(file);
  }
}
