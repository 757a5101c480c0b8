package dev.bugle.bfd;

import dev.bugle.bfd.linux.NativeMemory;
import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A UDP packet from an address of ours to itself, with its IP header (RFC 5881 §4). */
final class EchoPacket {

  static final int PORT = Port.ECHO.number();

  /** Octets before the payload, at most. */
  static final int MAX_HEADERS = 48;

  /** It comes from the next hop, which has counted one hop. */
  private static final int MINIMUM_TTL = 254;

  private static final int SENT_TTL = 255;
  private static final int NETWORK_CONTROL = 0xC0;
  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  private final byte[] address;
  private final boolean ipv4;

  EchoPacket(InetAddress address) {
    this.address = address.getAddress();
    this.ipv4 = address instanceof Inet4Address;
  }

  /** Puts payload and headers into the memory, and returns the length of the whole. */
  int write(NativeMemory packet, ByteBuffer payload, int length) {
    ByteBuffer bytes = packet.bytes();
    int udp = ipv4 ? IPV4_HEADER : IPV6_HEADER;
    int udpLength = UDP_HEADER + length;
    for (int i = 0; i < udp + UDP_HEADER; i++) {
      bytes.put(i, (byte) 0);
    }
    for (int i = 0; i < length; i++) {
      bytes.put(udp + UDP_HEADER + i, payload.get(i));
    }
    putShort(bytes, udp, PORT);
    putShort(bytes, udp + 2, PORT);
    putShort(bytes, udp + 4, udpLength);
    if (ipv4) {
      bytes.put(0, (byte) 0x45).put(1, (byte) NETWORK_CONTROL);
      putShort(bytes, 2, udp + udpLength);
      bytes.put(8, (byte) SENT_TTL).put(9, (byte) UDP);
      putAddresses(bytes, 12);
      putShort(bytes, 10, checksum(bytes, 0, IPV4_HEADER, 0)); // that of UDP may be zero
    } else {
      bytes.put(0, (byte) (0x60 | NETWORK_CONTROL >> 4));
      putShort(bytes, 4, udpLength);
      bytes.put(6, (byte) UDP).put(7, (byte) SENT_TTL);
      putAddresses(bytes, 8);
      int found = checksum(bytes, 8, 2 * address.length + udpLength, UDP + udpLength);
      putShort(bytes, udp + 6, found == 0 ? 0xFFFF : found);
    }
    return udp + udpLength;
  }

  private void putAddresses(ByteBuffer bytes, int at) {
    for (int i = 0; i < address.length; i++) {
      bytes.put(at + i, address[i]).put(at + address.length + i, address[i]);
    }
  }

  private static void putShort(ByteBuffer bytes, int at, int value) {
    bytes.put(at, (byte) (value >>> 8)).put(at + 1, (byte) value);
  }

  /** RFC 1071. */
  private static int checksum(ByteBuffer bytes, int start, int length, int first) {
    int sum = first;
    for (int i = 0; i < length; i++) {
      int octet = Byte.toUnsignedInt(bytes.get(start + i));
      sum += i % 2 == 0 ? octet << 8 : octet;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return ~sum & 0xFFFF;
  }

  /**
   * Moves to the payload of a packet that was received, from its IP header on; false when it is
   * none of ours that has come back by one hop.
   */
  boolean read(ByteBuf packet) {
    int fixed = ipv4 ? IPV4_HEADER : IPV6_HEADER;
    if (packet.readableBytes() < fixed + UDP_HEADER) {
      return false;
    }
    int header = ipv4 ? (packet.getByte(0) & 0xF) * 4 : IPV6_HEADER;
    int ttl = packet.getUnsignedByte(ipv4 ? 8 : 7);
    int addresses = ipv4 ? 12 : 8;
    if (header < fixed
        || packet.readableBytes() < header + UDP_HEADER
        || ttl < MINIMUM_TTL
        || packet.getUnsignedShort(header + 2) != PORT) {
      return false;
    }
    for (int i = 0; i < address.length; i++) {
      if (packet.getByte(addresses + i) != address[i]
          || packet.getByte(addresses + address.length + i) != address[i]) {
        return false;
      }
    }
    int length = packet.getUnsignedShort(header + 4) - UDP_HEADER;
    if (length < 0 || length > packet.readableBytes() - header - UDP_HEADER) {
      return false;
    }
    packet.setIndex(header + UDP_HEADER, header + UDP_HEADER + length);
    return true;
  }
}
