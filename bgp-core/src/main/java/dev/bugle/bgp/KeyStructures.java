package dev.bugle.bgp;

import dev.bugle.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The structures of {@code linux/tcp.h} that put a key for a peer, or for all of a range, on a
 * socket, and take it off.
 *
 * <p>The address has the family of the socket: on one of IPv6 that also carries IPv4, an IPv4
 * address is the mapped one (RFC 4291 §2.5.5.2). The port in it is 0, any.
 */
record KeyStructures(Prefix peers, boolean socketIsIpv6) {

  static final int MD5_LENGTH = 216;
  static final int AO_ADD_LENGTH = 288;
  static final int AO_DELETE_LENGTH = 144;

  private static final int MD5_FLAG_PREFIX = 1;
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int ADDRESS_LENGTH = 128;
  private static final int ALGORITHM_LENGTH = 64;

  /** RFC 5926 §3: both algorithms are cut to 96 bits. */
  private static final int MAC_LENGTH = 12;

  /** Whether the key is for more than one address. */
  boolean isRange() {
    return peers.length() < peers.address().bitLength();
  }

  /** {@code struct tcp_md5sig}. */
  ByteBuffer md5(TcpKey key) {
    return md5(key.octets());
  }

  /** {@code struct tcp_md5sig} with a key of no length, which takes the peer's off. */
  ByteBuffer withoutMd5() {
    return md5(new byte[0]);
  }

  private ByteBuffer md5(byte[] key) {
    ByteBuffer structure = begin(MD5_LENGTH);
    structure
        .put((byte) (isRange() ? MD5_FLAG_PREFIX : 0))
        .put((byte) (isRange() ? peers.length() : 0)) // counts only with the flag
        .putShort((short) key.length)
        .putInt(0) // any interface
        .put(key);
    return structure.rewind();
  }

  /** {@code struct tcp_ao_add}. */
  ByteBuffer ao(TcpAo authentication, TcpKey key) {
    ByteBuffer structure = begin(AO_ADD_LENGTH);
    structure.put(authentication.algorithm().kernelName().getBytes(StandardCharsets.US_ASCII));
    structure.position(ADDRESS_LENGTH + ALGORITHM_LENGTH);
    structure.putInt(0); // any interface
    structure.putInt(0); // current and next key: the only one there is
    structure.putShort((short) 0);
    structure
        .put((byte) peers.length())
        .put((byte) authentication.sendId())
        .put((byte) authentication.receiveId())
        .put((byte) MAC_LENGTH)
        .put((byte) 0) // no flags
        .put((byte) key.octets().length)
        .put(key.octets());
    return structure.rewind();
  }

  /** {@code struct tcp_ao_del}. */
  ByteBuffer withoutAo(TcpAo authentication) {
    ByteBuffer structure = begin(AO_DELETE_LENGTH);
    structure.putInt(0); // any interface
    structure.putInt(0); // nothing about the current and the next key
    structure.putShort((short) 0);
    structure
        .put((byte) peers.length())
        .put((byte) authentication.sendId())
        .put((byte) authentication.receiveId());
    return structure.rewind();
  }

  /** A structure that stands behind the {@code sockaddr_storage} that it begins with. */
  private ByteBuffer begin(int length) {
    ByteBuffer structure = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    byte[] address = peers.address().toInetAddress().getAddress();
    structure.putShort(socketIsIpv6 ? AF_INET6 : AF_INET).putShort((short) 0);
    if (socketIsIpv6) {
      structure.putInt(0); // no flow label
      if (peers.address().isIpv4()) {
        structure.put(new byte[10]).putShort((short) 0xFFFF);
      }
    }
    return structure.put(address).position(ADDRESS_LENGTH);
  }
}
