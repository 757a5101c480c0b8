package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packets that neighbours return, and what must not be taken for one. */
class EchoPacketTest {

  private static final int TTL_OF_IPV4 = 8;
  private static final int TTL_OF_IPV6 = 7;

  private final Kernel kernel = Kernel.load();

  /** The checksums were worked out apart (RFC 791, RFC 768, RFC 8200 §8.1). */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1," + "45c0002000000000ff11370ac0000201c0000201 0ec90ec9000c0000 01020304",
    "2001:db8::1,"
        + "6c000000000c11ff20010db800000000000000000000000120010db8000000000000000000000001"
        + " 0ec90ec9000c82ca 01020304"
  })
  void octetsAreAsTheRfcsSay(String address, String expected) {
    byte[] octets = ByteBufUtil.getBytes(written(address, 1, 2, 3, 4));
    byte[] wanted = ByteBufUtil.decodeHexDump(expected.replace(" ", ""));
    assertThat(ByteBufUtil.hexDump(octets)).isEqualTo(ByteBufUtil.hexDump(wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "fe80::1"})
  void whatIsWrittenIsReadWhenItHasPassedOneRouter(String address) {
    ByteBuf packet = returned(address, 9, 8, 7);
    assertThat(new EchoPacket(IpLiteral.parse(address)).read(packet)).isTrue();
    assertThat(ByteBufUtil.getBytes(packet)).containsExactly(9, 8, 7);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1,192.0.2.2", "2001:db8::1,2001:db8::2"})
  void otherPacketsAreLeftAlone(String address, String other) {
    EchoPacket format = new EchoPacket(IpLiteral.parse(address));
    assertThat(format.read(returned(other, 1))).as("of another address").isFalse();
    ByteBuf far = returned(address, 1);
    far.setByte(ttlOf(address), 253);
    assertThat(format.read(far)).as("from farther away").isFalse();
    ByteBuf ofAnotherPort = returned(address, 1);
    ofAnotherPort.setShort(address.contains(":") ? 42 : 22, 3784);
    assertThat(format.read(ofAnotherPort)).isFalse();
  }

  @Test
  void garbageIsRefusedWithoutAnException() {
    Random random = new Random(3);
    for (String address : new String[] {"192.0.2.1", "2001:db8::1"}) {
      EchoPacket format = new EchoPacket(IpLiteral.parse(address));
      byte[] good = ByteBufUtil.getBytes(returned(address, 1, 2, 3, 4, 5, 6, 7, 8));
      for (int length = 0; length < good.length; length++) {
        assertThat(format.read(Unpooled.copiedBuffer(good, 0, length))).isFalse();
      }
      for (int i = 0; i < 200_000; i++) {
        ByteBuf bent = Unpooled.copiedBuffer(good, 0, random.nextInt(good.length + 1));
        for (int j = 0; j < 3 && bent.isReadable(); j++) {
          bent.setByte(random.nextInt(bent.readableBytes()), random.nextInt(256));
        }
        int octets = bent.readableBytes();
        if (format.read(bent)) {
          assertThat(bent.readerIndex() + bent.readableBytes()).isLessThanOrEqualTo(octets);
        }
      }
    }
  }

  private ByteBuf returned(String address, int... payload) {
    ByteBuf packet = written(address, payload);
    packet.setByte(ttlOf(address), 254);
    return packet;
  }

  private static int ttlOf(String address) {
    return address.contains(":") ? TTL_OF_IPV6 : TTL_OF_IPV4;
  }

  private ByteBuf written(String address, int... payload) {
    NativeMemory memory = kernel.memory(EchoPacket.MAX_HEADERS + 64);
    ByteBuffer octets = ByteBuffer.allocate(64);
    for (int octet : payload) {
      octets.put((byte) octet);
    }
    int length = new EchoPacket(IpLiteral.parse(address)).write(memory, octets, payload.length);
    ByteBuffer all = memory.bytes().duplicate();
    all.position(0).limit(length);
    return Unpooled.copiedBuffer(all);
  }
}
