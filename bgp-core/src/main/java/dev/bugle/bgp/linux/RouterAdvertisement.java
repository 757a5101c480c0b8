package dev.bugle.bgp.linux;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A router says that it is there (RFC 4861 §4.2).
 *
 * @param source its link-local address
 * @param interfaceIndex of the link
 * @param lifetime in seconds for which it is a default router; 0: it is none, but still a router
 */
public record RouterAdvertisement(Inet6Address source, int interfaceIndex, int lifetime) {

  /** Type of a Router Solicitation. */
  static final int SOLICITATION = 133;

  /** Type of a Router Advertisement. */
  static final int ADVERTISEMENT = 134;

  /** What only a neighbour can send: a router on the way would have decremented it. */
  private static final int HOP_LIMIT = 255;

  private static final int HEADER = 16;
  private static final int CODE = 1;
  private static final int LIFETIME = 6;
  private static final int OPTION_UNIT = 8;
  private static final int SOURCE_LINK_LAYER_ADDRESS = 1;
  private static final int ETHERNET_ADDRESS = 6;

  /**
   * Reads an advertisement; empty when it is none, or one that RFC 4861 §6.1.2 has us discard. The
   * kernel has checked the checksum.
   *
   * @param message the ICMPv6 message from position to limit
   */
  public static Optional<RouterAdvertisement> decode(
      Inet6Address source, int interfaceIndex, int hopLimit, ByteBuffer message) {
    int start = message.position();
    if (message.remaining() < HEADER
        || Byte.toUnsignedInt(message.get(start)) != ADVERTISEMENT
        || message.get(start + CODE) != 0
        || hopLimit != HOP_LIMIT
        || !source.isLinkLocalAddress()
        || !hasSoundOptions(message)) {
      return Optional.empty();
    }
    int lifetime =
        Byte.toUnsignedInt(message.get(start + LIFETIME)) << 8
            | Byte.toUnsignedInt(message.get(start + LIFETIME + 1));
    return Optional.of(new RouterAdvertisement(source, interfaceIndex, lifetime));
  }

  /** Each option has a length, and ends where the message does or before. */
  private static boolean hasSoundOptions(ByteBuffer message) {
    int at = message.position() + HEADER;
    while (at < message.limit()) {
      if (message.limit() - at < 2) {
        return false;
      }
      int length = Byte.toUnsignedInt(message.get(at + 1)) * OPTION_UNIT;
      if (length == 0 || length > message.limit() - at) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /**
   * The advertisement of a router that is nobody's default router and tells no prefix: no host that
   * hears it sends it packets, or takes an address, for that. The kernel fills the checksum in.
   *
   * @param hardwareAddress of our interface; with other than 6 octets it is left out
   */
  public static byte[] ofNoDefaultRouter(byte[] hardwareAddress) {
    byte[] message = new byte[HEADER + optionLength(hardwareAddress)];
    message[0] = (byte) ADVERTISEMENT;
    putHardwareAddress(message, HEADER, hardwareAddress);
    return message;
  }

  /**
   * A Router Solicitation, which routers answer with an advertisement soon (RFC 4861 §4.1).
   *
   * @param hardwareAddress of our interface; with other than 6 octets it is left out
   */
  public static byte[] solicitation(byte[] hardwareAddress) {
    byte[] message = new byte[OPTION_UNIT + optionLength(hardwareAddress)];
    message[0] = (byte) SOLICITATION;
    putHardwareAddress(message, OPTION_UNIT, hardwareAddress);
    return message;
  }

  private static int optionLength(byte[] hardwareAddress) {
    return hardwareAddress.length == ETHERNET_ADDRESS ? OPTION_UNIT : 0;
  }

  private static void putHardwareAddress(byte[] message, int at, byte[] hardwareAddress) {
    if (message.length > at) {
      message[at] = SOURCE_LINK_LAYER_ADDRESS;
      message[at + 1] = 1;
      System.arraycopy(hardwareAddress, 0, message, at + 2, ETHERNET_ADDRESS);
    }
  }
}
