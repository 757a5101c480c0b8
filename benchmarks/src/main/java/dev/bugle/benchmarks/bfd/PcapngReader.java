package dev.bugle.benchmarks.bfd;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Reads the packets from a capture in the pcapng format, of one interface. */
final class PcapngReader {

  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int TIMESTAMP_RESOLUTION = 9;
  private static final int NANO_EXPONENT = 9;
  private static final int MICRO_EXPONENT = 6;
  private static final int MAX_BLOCK = 1 << 20;

  private final DataInputStream in;
  private ByteOrder order = BIG_ENDIAN;
  private long nanosPerTick = 1000;

  PcapngReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * A captured packet.
   *
   * @param nanos since 1970
   * @param frame from its Ethernet header on
   */
  record Packet(long nanos, ByteBuffer frame) {}

  /** Hands over each packet as it comes; returns at the end of the capture. */
  void forEach(Consumer<Packet> packets) throws IOException {
    try {
      while (true) {
        int type = in.readInt();
        int length = in.readInt();
        if (type == SECTION_HEADER) { // a palindrome: it is before the order is known
          order = in.readInt() == BYTE_ORDER_MAGIC ? BIG_ENDIAN : LITTLE_ENDIAN;
          in.skipNBytes(ordered(length) - 12L);
        } else {
          block(ordered(type), body(ordered(length)), packets);
        }
      }
    } catch (EOFException end) { // Also amid a block, when the program was ended.
    }
  }

  private void block(int type, ByteBuffer body, Consumer<Packet> packets) throws IOException {
    if (type == INTERFACE_DESCRIPTION) {
      describeInterface(body);
    } else if (type == ENHANCED_PACKET) {
      packets.accept(packet(body));
    }
  }

  private int ordered(int bigEndian) {
    return order == BIG_ENDIAN ? bigEndian : Integer.reverseBytes(bigEndian);
  }

  /** The rest of a block of this total length, of which 8 octets have been read. */
  private ByteBuffer body(int length) throws IOException {
    if (length < 12 || length > MAX_BLOCK) {
      throw new IOException("the capture has a block of " + length + " octets");
    }
    byte[] octets = new byte[length - 8];
    in.readFully(octets);
    return ByteBuffer.wrap(octets, 0, octets.length - 4).order(order); // the length comes again
  }

  private void describeInterface(ByteBuffer body) throws IOException {
    int exponent = MICRO_EXPONENT;
    body.position(8);
    while (body.remaining() >= 4) {
      int code = body.getShort();
      int length = body.getShort();
      if (code == TIMESTAMP_RESOLUTION) {
        exponent = body.get(body.position());
      }
      body.position(Math.min(body.limit(), body.position() + (length + 3) / 4 * 4));
    }
    if (exponent != MICRO_EXPONENT && exponent != NANO_EXPONENT) {
      throw new IOException("the capture counts time in units of 10^-" + exponent + " s");
    }
    nanosPerTick = exponent == NANO_EXPONENT ? 1 : 1000;
  }

  private Packet packet(ByteBuffer body) {
    long ticks =
        Integer.toUnsignedLong(body.getInt(4)) << 32 | Integer.toUnsignedLong(body.getInt(8));
    int length = body.getInt(12);
    return new Packet(ticks * nanosPerTick, body.slice(20, length));
  }
}
