package dev.bugle.bgp.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message from the kernel, as they lie behind each other in a datagram (netlink(7)).
 *
 * @param type what it is, such as RTM_NEWADDR
 * @param flags the NLM_F_ flags
 * @param body what is behind the header, from position 0 to its limit, in the byte order of this
 *     machine; reading it is by absolute positions
 */
record NetlinkMessage(int type, int flags, ByteBuffer body) {

  /** Octets of struct nlmsghdr. */
  static final int HEADER = 16;

  static final int ERROR = 2;
  static final int DONE = 3;

  /** The system has changed while it was being told; what was told may be incomplete. */
  private static final int INTERRUPTED = 0x10;

  /** Octets before the value of an attribute, struct rtattr. */
  static final int ATTRIBUTE = 4;

  /** The two highest bits of an attribute's type say how its value is to be read. */
  private static final int ATTRIBUTE_TYPE = 0x3FFF;

  private static final int TYPE = 4;
  private static final int FLAGS = 6;

  /**
   * Reads a datagram. Unlike where only what is there counts, nothing may be missing unnoticed: an
   * address that was not told would be taken for one that is gone.
   *
   * @param datagram from position to limit, in the byte order of this machine
   * @throws IllegalArgumentException when a message does not fit into it
   */
  static List<NetlinkMessage> decode(ByteBuffer datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    int at = datagram.position();
    int end = datagram.limit();
    while (at < end) {
      int size = end - at < HEADER ? 0 : datagram.getInt(at);
      if (size < HEADER || size > end - at) {
        throw new IllegalArgumentException(
            "a message of netlink says " + size + " octets, and " + (end - at) + " are left");
      }
      messages.add(
          new NetlinkMessage(
              Short.toUnsignedInt(datagram.getShort(at + TYPE)),
              Short.toUnsignedInt(datagram.getShort(at + FLAGS)),
              part(datagram, at + HEADER, at + size)));
      at += Math.min(aligned(size), end - at);
    }
    return messages;
  }

  boolean isInterrupted() {
    return (flags & INTERRUPTED) != 0;
  }

  /**
   * The value of the first attribute of a type.
   *
   * @param start where the attributes begin
   * @throws IllegalArgumentException when one before it does not fit
   */
  Optional<ByteBuffer> attribute(int start, int wanted) {
    int at = start;
    while (body.limit() - at >= ATTRIBUTE) {
      int size = Short.toUnsignedInt(body.getShort(at));
      int left = body.limit() - at;
      if (size < ATTRIBUTE || size > left) {
        throw new IllegalArgumentException(
            "an attribute of netlink says " + size + " octets, and " + left + " are left");
      }
      if ((body.getShort(at + 2) & ATTRIBUTE_TYPE) == wanted) {
        return Optional.of(part(body, at + ATTRIBUTE, at + size));
      }
      at += Math.min(aligned(size), left);
    }
    return Optional.empty();
  }

  /** The octets of a value. */
  static byte[] octets(ByteBuffer value) {
    byte[] octets = new byte[value.limit()];
    value.get(0, octets);
    return octets;
  }

  private static ByteBuffer part(ByteBuffer whole, int from, int to) {
    return whole.slice(from, to - from).order(whole.order());
  }

  static int aligned(int size) {
    return (size + 3) & ~3;
  }
}
