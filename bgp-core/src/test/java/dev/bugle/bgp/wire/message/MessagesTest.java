package dev.bugle.bgp.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not to be seen in one vector. */
class MessagesTest {

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
  private static final Prefix HOST = Prefix.parse("2001:db8::1/128");

  @Test
  void anEndOfRibSaysNothingElse() { // RFC 4724 §2
    for (AddressFamily family : List.of(IPV4, IPV6, AddressFamily.EVPN)) {
      assertThat(UpdateMessage.endOfRib(family).endOfRib()).hasValue(family);
    }
    assertThat(UpdateMessage.endOfRib(IPV4).attributes()).isEqualTo(PathAttributes.EMPTY);
    MpUnreach nothing = new MpUnreach(IPV6, List.of());
    assertThat(withdrawing(PathAttributes.of(nothing)).endOfRib()).hasValue(IPV6);
    assertThat(withdrawing(PathAttributes.of(nothing, Origin.IGP)).endOfRib()).isEmpty();
    assertThat(withdrawing(PathAttributes.of(Origin.IGP)).endOfRib()).isEmpty();
    assertThat(withdrawing(PathAttributes.of(new MpUnreach(IPV6, List.of(HOST)))).endOfRib())
        .isEmpty();
    Nlri all = Prefix.parse("0.0.0.0/0");
    PathAttributes none = PathAttributes.EMPTY;
    assertThat(new UpdateMessage(List.of(all), none, List.of()).endOfRib()).isEmpty();
    assertThat(new UpdateMessage(List.of(), none, List.of(all)).endOfRib()).isEmpty();
  }

  private static UpdateMessage withdrawing(PathAttributes attributes) {
    return new UpdateMessage(List.of(), attributes, List.of());
  }

  @Test
  void whatIsWithdrawnInBothFieldsIsWithdrawn() {
    Prefix all = Prefix.parse("0.0.0.0/0");
    Prefix host = Prefix.parse("192.0.2.1/32");
    PathAttributes unreach = PathAttributes.of(new MpUnreach(IPV4, List.of(host)));
    assertThat(new UpdateMessage(List.of(all), unreach, List.of()).withdrawn())
        .isEqualTo(Map.of(IPV4, List.of(all, host)));
  }

  @Test
  void theDataOfANotificationIsCutToTheMessage() {
    byte[] data = new byte[5000];
    for (int length : new int[] {4096 - 21, 4096 - 20, 5000}) {
      NotificationMessage message =
          new NotificationMessage(
              BgpError.OPEN_ERROR.withData(Bytes.of(Arrays.copyOf(data, length))));
      ByteBuf out = Unpooled.buffer();
      MessageCodec.encode(message, out, CodecContext.INITIAL);
      assertThat(out.readableBytes()).isEqualTo(4096);
      assertThat(MessageCodec.decodeNext(out, CodecContext.INITIAL)).isPresent();
    }
  }

  @Test
  void theErrorOfARouteRefreshOfWrongLengthHasItsLength() { // RFC 4271 §6.1
    ByteBuf stream = Unpooled.buffer();
    stream.writeLong(-1).writeLong(-1).writeShort(0x012C).writeByte(5).writeZero(300 - 19);
    assertThatThrownBy(() -> MessageCodec.decodeNext(stream, CodecContext.INITIAL))
        .isInstanceOfSatisfying(
            BgpException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(BgpError.BAD_MESSAGE_LENGTH.withData(Bytes.hex("012c"))));
  }

  @Test
  void theDecoderOfASessionReadsWhatTheCodecReads() {
    ByteBuf stream = Unpooled.buffer();
    UpdateMessage update = UpdateMessage.endOfRib(IPV6);
    MessageCodec.encode(update, stream, CodecContext.INITIAL);
    MessageDecoder decoder = new MessageDecoder();
    assertThat(decoder.decodeNext(stream, CodecContext.INITIAL)).hasValue(update);
    assertThat(decoder.decodeNext(stream, CodecContext.INITIAL)).isEmpty();
  }
}
