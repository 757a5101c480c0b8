package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The paths and prefixes that the tests of this room play with, and the wire to judge by. */
final class Paths {

  static final CodecContext CONTEXT = CodecContext.INITIAL.withFourOctetAs(true);

  static final AddressFamily V4 = AddressFamily.IPV4_UNICAST;
  static final AddressFamily V6 = AddressFamily.IPV6_UNICAST;

  private Paths() {}

  static Prefix prefix(String text) {
    return Prefix.parse(text);
  }

  /** The n-th /32. */
  static Prefix host4(int n) {
    return prefix("10." + (n >> 16) + "." + (n >> 8 & 0xFF) + "." + (n & 0xFF) + "/32");
  }

  /** The n-th /128. */
  static Prefix host6(int n) {
    return prefix("2001:db8::" + Integer.toHexString(n) + "/128");
  }

  static PathAttributes attributes(long med) {
    return PathAttributes.of(Origin.IGP, AsPath.sequence(65001L), new MultiExitDisc(med));
  }

  /** A path to destinations of this family; another number is another path. */
  static Path path(AddressFamily family, long number) {
    return path(family, attributes(number));
  }

  static Path path(AddressFamily family, PathAttributes attributes) {
    return new Path(
        attributes, Optional.of(IpAddress.parse(family.equals(V4) ? "192.0.2.1" : "2001:db8::1")));
  }

  /** Long attributes: four octets for each of so many communities. */
  static PathAttributes withCommunities(int count) {
    List<Community> values =
        IntStream.range(0, count).mapToObj(i -> Community.of(65001, i)).toList();
    return attributes(0).with(new Communities(values));
  }

  /** The next UPDATE as the peer reads it, which shows that it can be encoded. */
  static Optional<UpdateMessage> nextOnTheWire(AdjRibOut table) {
    return table.nextMessage().map(message -> (UpdateMessage) overTheWire(message, CONTEXT));
  }

  static List<UpdateMessage> drain(AdjRibOut table) {
    return drain(table, CONTEXT).stream().map(UpdateMessage.class::cast).toList();
  }

  /** Everything that the table has to say, as the peer reads it. */
  static List<Message> drain(AdjRibOut table, CodecContext context) {
    List<Message> messages = new ArrayList<>();
    for (Optional<Message> next = table.nextMessage();
        next.isPresent();
        next = table.nextMessage()) {
      messages.add(overTheWire(next.get(), context));
    }
    return messages;
  }

  static Message overTheWire(Message message, CodecContext context) {
    ByteBuf bytes = Unpooled.buffer();
    MessageCodec.encode(message, bytes, context);
    return MessageCodec.decodeNext(bytes, context.mirrored()).orElseThrow();
  }

  /** How many octets the message has. */
  static int length(UpdateMessage update) {
    return encode(update).readableBytes();
  }

  private static ByteBuf encode(UpdateMessage update) {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(update, out, CONTEXT);
    return out;
  }
}
