package dev.bugle.bgp.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pcap file of one TCP stream to port 179, a message to a segment: what an analyser would have
 * captured.
 */
final class Capture {

  private static final int LINKTYPE_RAW = 101; // IP packets without a link header
  private static final int IP_HEADER = 20;
  private static final int TCP_HEADER = 20;

  private Capture() {}

  static void write(Path file, List<byte[]> messages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(65535).putInt(LINKTYPE_RAW);
    out.write(header.array());
    int sequence = 1;
    for (byte[] message : messages) {
      int length = IP_HEADER + TCP_HEADER + message.length;
      ByteBuffer packet = ByteBuffer.allocate(16 + length);
      packet.putInt(0).putInt(0).putInt(length).putInt(length);
      packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
      packet.put((byte) 1).put((byte) 6).putShort((short) 0);
      packet.put(new byte[] {(byte) 192, 0, 2, 1}).put(new byte[] {(byte) 192, 0, 2, 2});
      packet.putShort((short) 50000).putShort((short) 179).putInt(sequence).putInt(1);
      packet.putShort((short) 0x5018).putShort((short) 65535).putInt(0);
      packet.put(message);
      out.write(packet.array());
      sequence += message.length;
    }
    Files.write(file, out.toByteArray());
  }
}
