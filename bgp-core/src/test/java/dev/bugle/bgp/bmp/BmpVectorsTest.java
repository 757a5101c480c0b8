package dev.bugle.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.WireVector;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages written by hand from the RFCs, with their text. */
class BmpVectorsTest {

  static List<WireVector> all() {
    return WireVector.read("../../bmp/vectors/bmp.txt");
  }

  @ParameterizedTest
  @MethodSource("all")
  void octetsDecodeToTheText(WireVector vector) throws Exception {
    assertThat(read(vector.octets())).hasToString(vector.text());
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatWasDecodedEncodesToTheOctets(WireVector vector) throws Exception {
    ByteBuf out = Unpooled.buffer();
    BmpCodec.encode(read(vector.octets()), out);
    assertThat(Bytes.readAll(out)).isEqualTo(Bytes.of(vector.octets()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMessageIsTakenOnlyWhenItIsWholeWhereverTheStreamIsSplit(WireVector vector)
      throws Exception {
    byte[] octets = vector.octets();
    for (int split = 0; split < octets.length; split++) {
      ByteBuf stream = Unpooled.buffer().writeBytes(octets, 0, split);
      assertThat(BmpCodec.decodeNext(stream)).as("at %d", split).isEmpty();
      assertThat(stream.readableBytes()).isEqualTo(split);
      stream.writeBytes(octets, split, octets.length - split).writeBytes(octets);
      assertThat(BmpCodec.decodeNext(stream).orElseThrow()).hasToString(vector.text());
      assertThat(BmpCodec.decodeNext(stream).orElseThrow()).hasToString(vector.text());
      assertThat(stream.isReadable()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aShortenedMessageIsReadWholeOrIsAFaultAndTheNextIsRead(WireVector vector) throws Exception {
    byte[] octets = vector.octets();
    for (int length = BmpCodec.HEADER_LENGTH; length < octets.length; length++) {
      byte[] shortened = Arrays.copyOf(octets, length);
      shortened[3] = (byte) (length >> 8);
      shortened[4] = (byte) length;
      ByteBuf stream = Unpooled.buffer().writeBytes(shortened).writeBytes(octets);
      try {
        assertThat(BmpCodec.decodeNext(stream)).isPresent();
      } catch (MalformedBmpException fault) {
        assertThat(fault.getMessage()).as("at %d", length).isNotBlank();
      }
      assertThat(BmpCodec.decodeNext(stream).orElseThrow()).hasToString(vector.text());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMessageWithOneWrongOctetIsReadOrIsAFault(WireVector vector) {
    byte[] octets = vector.octets();
    for (int at = 0; at < octets.length; at++) {
      for (int wrong : new int[] {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
        byte[] changed = octets.clone();
        changed[at] = (byte) wrong;
        try {
          Optional<BmpMessage> message = BmpCodec.decodeNext(Unpooled.wrappedBuffer(changed));
          message.ifPresent(one -> assertThat(one.toString()).isNotEmpty());
        } catch (MalformedBmpException fault) {
          assertThat(fault.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  void aLengthThatNobodyNeedsIsRefusedBeforeItIsWaitedFor() {
    ByteBuf stream = Unpooled.buffer().writeByte(3).writeInt(0x7FFF_FFFF).writeByte(0);
    assertThatThrownBy(() -> BmpCodec.decodeNext(stream))
        .isInstanceOf(MalformedBmpException.class)
        .hasMessage("a message of 2147483647 octets is not of 6 to 1048576");
  }

  @Test
  void anotherVersionIsRefusedAtItsFirstOctet() {
    assertThatThrownBy(() -> BmpCodec.decodeNext(Unpooled.buffer().writeByte(4)))
        .hasMessage("version 4 is not 3: not BMP, or another one");
  }

  private static BmpMessage read(byte[] octets) throws MalformedBmpException {
    ByteBuf stream = Unpooled.wrappedBuffer(octets);
    BmpMessage message = BmpCodec.decodeNext(stream).orElseThrow();
    assertThat(stream.isReadable()).as("octets left").isFalse();
    return message;
  }
}
