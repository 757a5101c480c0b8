package dev.bugle.benchmarks.bfd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A BFD control packet (RFC 5880 §4.1) as it passed the contender's interface.
 *
 * @param nanos when, by the kernel's clock, in nanoseconds since 1970
 * @param packet the datagram
 */
record Sighting(long nanos, Side sender, ByteBuffer packet) {

  /** Sta of a session that is up. */
  static final int UP = 3;

  /** Diag: Control Detection Time Expired. */
  static final int DETECTION_TIME_EXPIRED = 1;

  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV4 = 0x0800;
  private static final int SOURCE_OFFSET = 12;
  private static final int UDP_LENGTH = 8;
  private static final int BFD_PORT = 3784;
  private static final int BFD_LENGTH = 24;

  /** What is in an Ethernet frame; empty if that is no single-hop BFD control packet. */
  static Optional<Sighting> of(long nanos, ByteBuffer frame, String contender) {
    if (frame.remaining() < ETHERNET_LENGTH + 20 || frame.getShort(12) != IPV4) {
      return Optional.empty();
    }
    int udp = ETHERNET_LENGTH + (frame.get(ETHERNET_LENGTH) & 0x0f) * 4;
    if (frame.remaining() < udp + UDP_LENGTH + BFD_LENGTH || frame.getShort(udp + 2) != BFD_PORT) {
      return Optional.empty();
    }
    byte[] source = new byte[4];
    frame.get(ETHERNET_LENGTH + SOURCE_OFFSET, source);
    Side sender = text(source).equals(contender) ? Side.CONTENDER : Side.NEIGHBOUR;
    int start = udp + UDP_LENGTH;
    return Optional.of(new Sighting(nanos, sender, frame.slice(start, frame.limit() - start)));
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.length + " octets are no address", e);
    }
  }

  int diagnostic() {
    return packet.get(0) & 0x1f;
  }

  boolean isUp() {
    return (packet.get(1) & 0xff) >> 6 == UP;
  }

  private boolean isPollOrFinal() {
    return (packet.get(1) & 0x30) != 0;
  }

  /** Whether its sender is up with these times, and waits for no answer to a change of them. */
  boolean isSettled(Timing timing) {
    int micros = timing.intervalMillis() * 1000;
    return isUp()
        && !isPollOrFinal()
        && packet.get(2) == timing.multiplier()
        && packet.getInt(12) == micros
        && packet.getInt(16) == micros;
  }
}
