package dev.bugle.benchmarks.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFormatTest {

  private static final long NANOS = 1_795_577_143_492_244_342L;
  private static final byte[] FRAME = {1, 2, 3, 4, 5};

  /** A section, an interface whose clock counts in units of 10^-exponent s, and one packet. */
  private static byte[] capture(ByteOrder order, int exponent, long ticks) {
    ByteBuffer out = ByteBuffer.allocate(200).order(order);
    out.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putInt(1).putLong(-1).putInt(28);
    out.putInt(1).putInt(32).putInt(1).putInt(0); // Ethernet, no limit
    out.putShort((short) 9).putShort((short) 1).put((byte) exponent).put(new byte[3]);
    out.putInt(0).putInt(32);
    out.putInt(5).putInt(12).putInt(12); // an interface statistics block, of no interest
    out.putInt(6).putInt(40).putInt(0).putInt((int) (ticks >>> 32)).putInt((int) ticks);
    out.putInt(FRAME.length).putInt(FRAME.length).put(FRAME).put(new byte[3]).putInt(40);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static List<PcapngReader.Packet> read(byte[] capture) throws IOException {
    List<PcapngReader.Packet> packets = new ArrayList<>();
    new PcapngReader(new ByteArrayInputStream(capture)).forEach(packets::add);
    return packets;
  }

  @Test
  void packetsAreReadInEitherByteOrder() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      assertThat(read(capture(order, 9, NANOS)))
          .containsExactly(new PcapngReader.Packet(NANOS, ByteBuffer.wrap(FRAME)));
    }
  }

  @Test
  void timesInMicrosecondsAreUnderstood() throws IOException {
    assertThat(read(capture(ByteOrder.LITTLE_ENDIAN, 6, NANOS / 1000)))
        .extracting(PcapngReader.Packet::nanos)
        .containsExactly(NANOS / 1000 * 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 27, 28, 70, 111})
  void aCaptureThatIsCutOffEndsWithItsLastWholePacket(int length) throws IOException {
    assertThat(read(Arrays.copyOf(capture(ByteOrder.LITTLE_ENDIAN, 9, NANOS), length))).isEmpty();
  }

  @Test
  void aControlPacketIsFoundInItsFrameWithItsSender() {
    Sighting sent = Packets.up(1, Side.CONTENDER);
    ByteBuffer frame = Packets.frame(sent.packet(), 3784);
    assertThat(Sighting.of(1_000_000, frame, Packets.CONTENDER)).contains(sent);
    assertThat(Sighting.of(1_000_000, frame, "10.2.0.1"))
        .contains(new Sighting(1_000_000, Side.NEIGHBOUR, sent.packet()));
  }

  @Test
  void otherFramesAreNone() {
    ByteBuffer packet = Packets.up(1, Side.CONTENDER).packet();
    assertThat(Sighting.of(1, Packets.frame(packet, 3785), Packets.CONTENDER)).isEmpty();
    assertThat(Sighting.of(1, Packets.frame(packet.slice(0, 23), 3784), Packets.CONTENDER))
        .isEmpty();
    assertThat(Sighting.of(1, ByteBuffer.allocate(33), Packets.CONTENDER)).isEmpty();
  }
}
