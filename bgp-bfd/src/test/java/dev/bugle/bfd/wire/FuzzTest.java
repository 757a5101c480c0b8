package dev.bugle.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever octets come: a reason to discard them, or a packet that can be written again. */
class FuzzTest {

  @Test
  void randomOctets() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] octets = new byte[random.nextInt(80)];
      random.nextBytes(octets);
      if (octets.length > 3 && random.nextInt(4) > 0) { // far enough to be looked at
        octets[0] = (byte) (0x20 | (octets[0] & 0x1f));
        octets[1] &= (byte) 0xfe;
        octets[3] = (byte) octets.length;
        if (octets.length > 25 && random.nextBoolean()) {
          octets[24] = (byte) (1 + random.nextInt(6));
          octets[25] = (byte) (octets.length - 24);
        }
      }
      judge(octets, "octets " + i);
    }
  }

  @Test
  void flippedBits() {
    List<Vector> good = VectorsTest.good();
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      byte[] octets = good.get(random.nextInt(good.size())).octets();
      for (int flips = 1 + random.nextInt(5); flips > 0; flips--) {
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      }
      judge(octets, "flips " + i);
    }
  }

  private static void judge(byte[] octets, String which) {
    ByteBuf datagram = Unpooled.wrappedBuffer(octets);
    if (ControlPacketCodec.fault(datagram).isPresent()) {
      return;
    }
    ControlPacket packet = ControlPacketCodec.decode(datagram);
    assertThat(datagram.isReadable()).as(which).isFalse();
    ByteBuf again = Unpooled.buffer();
    ControlPacketCodec.encode(packet, again);
    assertThat(ControlPacketCodec.fault(again)).as(which).isEmpty();
    assertThat(ControlPacketCodec.decode(again)).as(which).isEqualTo(packet);
  }
}
