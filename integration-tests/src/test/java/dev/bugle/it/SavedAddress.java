package dev.bugle.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code ip address save} writes: the kernel's own messages, RTM_NEWADDR, one behind the
 * other. They tell who has put an address there also where {@code ip} is too old to show it.
 */
final class SavedAddress {

  /** struct nlmsghdr, and struct ifaddrmsg behind it. */
  private static final int HEADERS = 16 + 8;

  private static final int RTM_NEWADDR = 20;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_PROTO = 11;

  /** Begins the file. */
  private static final int MAGIC_LENGTH = 4;

  private SavedAddress() {}

  /** The addresses of that protocol number, with their lengths, out of the hexadecimal octets. */
  static Set<String> marked(String hex, int protocol) {
    ByteBuffer saved = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.nativeOrder());
    Set<String> marked = new TreeSet<>();
    int at = MAGIC_LENGTH;
    while (at < saved.limit()) {
      int length = saved.getInt(at);
      ByteBuffer message = saved.slice(at, length).order(ByteOrder.nativeOrder());
      if (message.getShort(4) == RTM_NEWADDR
          && attribute(message, IFA_PROTO).filter(it -> it[0] == (byte) protocol).isPresent()) {
        marked.add(address(message) + "/" + Byte.toUnsignedInt(message.get(17)));
      }
      at += aligned(length);
    }
    return marked;
  }

  private static String address(ByteBuffer message) {
    try {
      byte[] octets = attribute(message, IFA_ADDRESS).orElseThrow();
      return InetAddress.getByAddress(octets).getHostAddress().replaceFirst("(:0)+:", "::");
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no address in " + message, e);
    }
  }

  private static Optional<byte[]> attribute(ByteBuffer message, int type) {
    int at = HEADERS;
    while (at < message.limit()) {
      int length = message.getShort(at);
      if (message.getShort(at + 2) == type) {
        byte[] value = new byte[length - 4];
        message.get(at + 4, value);
        return Optional.of(value);
      }
      at += aligned(length);
    }
    return Optional.empty();
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
