package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.EvpnUnknownRoute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What GoBGP, ExaBGP, FRR and BIRD sent of the families beside unicast. */
class CapturesTest {

  static Stream<WireVector> captures() {
    return WireVector.read("captures.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void anotherSpeakersRoutesAreReadWhole(WireVector capture) {
    UpdateMessage update = decode(capture.buffer());
    assertThat(update.faults()).isEmpty();
    assertThat(multiprotocol(update)).isEqualTo(capture.text());
    assertThat(routes(update))
        .isNotEmpty()
        .noneMatch(nlri -> nlri instanceof OpaqueNlri || nlri instanceof EvpnUnknownRoute);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everyAttributeIsWrittenAsTheOtherSpeakerWroteIt(WireVector capture) {
    ByteBuf written = Unpooled.buffer();
    MessageCodec.encode(decode(capture.buffer()), written, WireVector.CONTEXT);
    // The order of attributes, and whether a short one has a long length, is the writer's choice.
    assertThat(attributes(written))
        .containsExactlyInAnyOrderElementsOf(attributes(capture.buffer()));
  }

  private static UpdateMessage decode(ByteBuf stream) {
    return (UpdateMessage) MessageCodec.decodeNext(stream, WireVector.CONTEXT).orElseThrow();
  }

  private static String multiprotocol(UpdateMessage update) {
    return update
        .attributes()
        .get(MpReach.class)
        .map(MpReach::toString)
        .or(() -> update.attributes().get(MpUnreach.class).map(MpUnreach::toString))
        .orElseThrow();
  }

  private static List<Nlri> routes(UpdateMessage update) {
    List<Nlri> routes = new ArrayList<>();
    update.announced().values().forEach(routes::addAll);
    update.withdrawn().values().forEach(routes::addAll);
    return routes;
  }

  /** Flags without Extended Length, type and value of each attribute. */
  private static List<String> attributes(ByteBuf message) {
    message.skipBytes(MessageCodec.HEADER_LENGTH);
    message.skipBytes(message.readUnsignedShort());
    ByteBuf field = message.readSlice(message.readUnsignedShort());
    List<String> attributes = new ArrayList<>();
    while (field.isReadable()) {
      int flags = field.readUnsignedByte();
      int type = field.readUnsignedByte();
      int length = (flags & 0x10) != 0 ? field.readUnsignedShort() : field.readUnsignedByte();
      attributes.add((flags & ~0x10) + " " + type + " " + Bytes.read(field, length));
    }
    return attributes;
  }
}
