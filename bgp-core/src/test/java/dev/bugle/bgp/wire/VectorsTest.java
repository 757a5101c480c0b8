package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages written by hand from the RFCs, with their text or the fault that they are. */
class VectorsTest {

  private static final List<String> FILES =
      List.of("open.txt", "update.txt", "notification.txt", "other.txt", "faults.txt", "nlri.txt");

  static Stream<WireVector> all() {
    return FILES.stream().flatMap(file -> WireVector.read(file).stream());
  }

  static Stream<WireVector> valid() {
    return all().filter(vector -> !vector.isFault());
  }

  static Stream<WireVector> faults() {
    return all().filter(WireVector::isFault);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void octetsDecodeToTheText(WireVector vector) {
    assertThat(decode(vector)).hasToString(vector.text());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatWasDecodedEncodesToTheOctets(WireVector vector) {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(decode(vector), out, vector.context());
    assertThat(Bytes.readAll(out)).isEqualTo(Bytes.of(vector.written()));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void attributesTakeTheOctetsThatTheySay(WireVector vector) {
    if (decode(vector) instanceof UpdateMessage update) {
      ByteBuf out = Unpooled.buffer();
      update.attributes().encode(out, vector.context());
      assertThat(update.attributes().encodedLength(vector.context()))
          .isEqualTo(out.readableBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatIsWrittenDecodesToTheSameMessage(WireVector vector) {
    ByteBuf written = Unpooled.wrappedBuffer(vector.written());
    assertThat(MessageCodec.decodeNext(written, vector.context())).hasValue(decode(vector));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultNamesItsAnswer(WireVector vector) {
    assertThatThrownBy(() -> MessageCodec.decodeNext(vector.buffer(), vector.context()))
        .isInstanceOfSatisfying(
            BgpException.class,
            e -> {
              assertThat(e.error()).hasToString(vector.fields().get("error"));
              assertThat(e.found()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aMessageIsTakenOnlyWhenItIsWholeWhereverTheStreamIsSplit(WireVector vector) {
    byte[] octets = vector.octets();
    Message expected = decode(vector);
    for (int split = 0; split < octets.length; split++) {
      ByteBuf stream = Unpooled.buffer();
      stream.writeBytes(octets, 0, split);
      assertThat(MessageCodec.decodeNext(stream, vector.context())).as("at %d", split).isEmpty();
      assertThat(stream.readableBytes()).isEqualTo(split);
      stream.writeBytes(octets, split, octets.length - split);
      stream.writeBytes(octets);
      assertThat(MessageCodec.decodeNext(stream, vector.context())).hasValue(expected);
      assertThat(MessageCodec.decodeNext(stream, vector.context())).hasValue(expected);
      assertThat(stream.isReadable()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aShortenedMessageIsReadWholeOrIsAFault(WireVector vector) {
    byte[] octets = vector.octets();
    for (int length = MessageCodec.HEADER_LENGTH; length < octets.length; length++) {
      byte[] shortened = Arrays.copyOf(octets, length);
      shortened[16] = (byte) (length >> 8);
      shortened[17] = (byte) length;
      ByteBuf stream = Unpooled.wrappedBuffer(shortened);
      try {
        assertThat(MessageCodec.decodeNext(stream, vector.context())).isPresent();
        assertThat(stream.isReadable()).isFalse();
      } catch (BgpException fault) {
        assertThat(fault.error().code()).as("at %d", length).isIn(1, 2, 3, 7);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noBufferIsKept(WireVector vector) {
    ByteBuf stream = Unpooled.directBuffer().writeBytes(vector.octets());
    ByteBuf out = Unpooled.directBuffer();
    try {
      Optional<Message> message = MessageCodec.decodeNext(stream, vector.context());
      message.ifPresent(m -> MessageCodec.encode(m, out, vector.context()));
    } catch (BgpException fault) {
      assertThat(vector.isFault()).isTrue();
    }
    assertThat(stream.refCnt()).isOne();
    assertThat(out.refCnt()).isOne();
    stream.release();
    out.release();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aMessageDoesNotChangeWhenItsBufferDoes(WireVector vector) {
    byte[] octets = vector.octets();
    Message message =
        MessageCodec.decodeNext(Unpooled.wrappedBuffer(octets), vector.context()).orElseThrow();
    Arrays.fill(octets, (byte) 0x55);
    assertThat(message).hasToString(vector.text());
  }

  private static Message decode(WireVector vector) {
    ByteBuf stream = vector.buffer();
    Message message = MessageCodec.decodeNext(stream, vector.context()).orElseThrow();
    assertThat(stream.isReadable()).as("octets left").isFalse();
    return message;
  }
}
