package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Whatever octets come: a message, more to wait for, or a {@link BgpException}; and a whole message
 * is consumed whole. Every failure names its seed.
 */
class FuzzTest {

  private static final int HEADER = MessageCodec.HEADER_LENGTH;
  private static final CodecContext EXTENDED =
      WireVector.CONTEXT.withReceived(Direction.INITIAL.withLongestMessage(65535));

  @Test
  void randomBodiesOfEveryType() {
    fuzz(
        60_000,
        (random, context) -> {
          int longest = context.received().longestMessage() - HEADER;
          byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? longest + 1 : 80)];
          random.nextBytes(body);
          return frame(1 + random.nextInt(5), body);
        });
  }

  @Test
  void flippedBitsInValidMessages() {
    fuzz(
        40_000,
        (random, context) -> {
          byte[] octets = valid(random, context);
          for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
            if (octets.length > HEADER) {
              int at = HEADER + random.nextInt(octets.length - HEADER);
              octets[at] ^= (byte) (1 << random.nextInt(8));
            }
          }
          return octets;
        });
  }

  @Test
  void piecesOfValidMessagesPutTogether() {
    fuzz(
        40_000,
        (random, context) -> {
          byte[] one = valid(random, context);
          byte[] other = valid(random, context);
          int cut = HEADER + random.nextInt(one.length - HEADER + 1);
          int from = random.nextInt(other.length);
          int longest = context.received().longestMessage();
          byte[] body = new byte[Math.min(longest, cut + other.length - from) - HEADER];
          int head = Math.min(cut - HEADER, body.length);
          System.arraycopy(one, HEADER, body, 0, head);
          System.arraycopy(other, from, body, head, body.length - head);
          return frame(one[18], body);
        });
  }

  @Test
  void attributesOfRandomFlagsTypesAndLengths() {
    fuzz(80_000, (random, context) -> frame(2, updateBody(random, attributes(random))));
  }

  @Test
  void randomStreamsInRandomPieces() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] octets =
          random.nextInt(3) == 0
              ? new byte[random.nextInt(60)]
              : valid(random, CodecContext.INITIAL.withNlriCodecs(Families.ALL));
      if (octets.length < 60) {
        for (int i = random.nextInt(3) == 0 ? 0 : 16; i < octets.length; i++) {
          octets[i] = (byte) random.nextInt();
        }
      }
      ByteBuf stream = Unpooled.buffer();
      int fed = 0;
      try {
        while (fed < octets.length) {
          int piece = Math.min(1 + random.nextInt(40), octets.length - fed);
          stream.writeBytes(octets, fed, piece);
          fed += piece;
          int before = stream.readableBytes();
          Optional<Message> message = MessageCodec.decodeNext(stream, CodecContext.INITIAL);
          assertThat(message.isPresent())
              .as("seed %d", seed)
              .isEqualTo(stream.readableBytes() < before);
        }
      } catch (BgpException fault) {
        assertThat(fault.error().code()).as("seed %d", seed).isBetween(1, 7);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void oneMessageNeverTakesMuchMemory() {
    byte[] worst = new byte[4096 - HEADER]; // NLRI of 4073 times 0.0.0.0/0
    byte[] path = new byte[4096 - HEADER]; // one attribute of unknown type after the other
    path[2] = (byte) ((4096 - 23) >> 8);
    path[3] = (byte) (4096 - 23);
    for (int i = 4; i + 3 <= path.length; i += 3) {
      path[i] = (byte) 0xC0;
      path[i + 1] = (byte) (i / 3);
    }
    assertThat(allocated(frame(2, worst))).isLessThan(4 << 20);
    assertThat(allocated(frame(2, path))).isLessThan(4 << 20);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] body = new byte[4096 - HEADER];
      random.nextBytes(body);
      body[0] = body[1] = body[2] = body[3] = 0;
      assertThat(allocated(frame(1 + random.nextInt(5), body))).isLessThan(4 << 20);
    }
  }

  @Test
  void oneExtendedMessageTakesNoMoreForEachOfItsOctets() { // RFC 8654 §6
    byte[] prefixes = new byte[65535 - HEADER]; // NLRI of 65512 times 0.0.0.0/0
    assertThat(allocated(frame(2, prefixes), EXTENDED)).isLessThan(16 * (4 << 20));
    CodecContext paths =
        EXTENDED.withReceived(
            EXTENDED.received().withPathIdentifiers(Set.of(AddressFamily.IPV4_UNICAST)));
    byte[] identified = Arrays.copyOf(prefixes, 4 + 5 * 13_102); // 13102 times 0.0.0.0/0 path 0
    assertThat(allocated(frame(2, identified), paths)).isLessThan(16 * (4 << 20));
  }

  private static long allocated(byte[] octets) {
    return allocated(octets, WireVector.CONTEXT);
  }

  private static long allocated(byte[] octets, CodecContext context) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuf stream = Unpooled.wrappedBuffer(octets);
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      MessageCodec.decodeNext(stream, context);
    } catch (BgpException fault) {
      assertThat(fault.error()).isNotNull();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void fuzz(int count, BiFunction<Random, CodecContext, byte[]> octetsOf) {
    int refused = 0;
    for (long seed = 0; seed < count; seed++) {
      Random random = new Random(seed);
      CodecContext context = new RandomMessages(seed).context();
      byte[] octets = octetsOf.apply(random, context);
      ByteBuf stream = Unpooled.wrappedBuffer(octets);
      try {
        Message message = MessageCodec.decodeNext(stream, context).orElseThrow();
        if (stream.isReadable()) {
          throw new AssertionError(stream.readableBytes() + " octets left");
        }
        readsAgain(message, context);
      } catch (BgpException fault) {
        refused++;
        if (fault.error().code() < 1 || fault.error().code() > 7) {
          throw new AssertionError("seed " + seed + " " + fault.error());
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + Bytes.of(octets), e);
      }
    }
    assertThat(refused)
        .as("both ends of the road are travelled")
        .isBetween(count / 20, count - count / 20);
  }

  /** What was understood without a fault is written so that it is understood the same again. */
  static void readsAgain(Message message, CodecContext context) {
    boolean understood = !(message instanceof UpdateMessage update) || update.faults().isEmpty();
    // RFC 6793 §4.2.3 does not keep confederation segments inside a path of two-octet numbers,
    // and what it puts together may be longer than what came.
    boolean same = context.fourOctetAs();
    if (!message.toString().isEmpty() && understood && same) {
      ByteBuf out = Unpooled.buffer();
      MessageCodec.encode(message, out, context.mirrored());
      Message again = MessageCodec.decodeNext(out, context).orElseThrow();
      if (!again.equals(message)) {
        throw new AssertionError(message + " became " + again);
      }
    }
  }

  /** A message that the peer may send in this context. */
  private static byte[] valid(Random random, CodecContext context) {
    RandomMessages messages = new RandomMessages(random.nextLong());
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(messages.message(context.mirrored()), out, context.mirrored());
    return Bytes.readAll(out).toArray();
  }

  private static byte[] attributes(Random random) {
    ByteBuf out = Unpooled.buffer();
    for (int count = random.nextInt(5); count > 0; count--) {
      byte[] value = new byte[random.nextInt(24)];
      random.nextBytes(value);
      for (int i = 0; i < value.length && random.nextBoolean(); i++) {
        value[i] = (byte) random.nextInt(5); // plausible families, segment types and counts
      }
      boolean extended = random.nextInt(4) == 0;
      out.writeByte((random.nextInt(4) << 6) | (extended ? 0x10 : 0) | random.nextInt(16));
      out.writeByte(random.nextInt(10) == 0 ? random.nextInt(256) : random.nextInt(41));
      int length = value.length + (random.nextInt(10) == 0 ? random.nextInt(5) - 2 : 0);
      if (extended) {
        out.writeShort(length);
      } else {
        out.writeByte(length);
      }
      out.writeBytes(value);
    }
    return Bytes.readAll(out).toArray();
  }

  private static byte[] updateBody(Random random, byte[] attributes) {
    byte[] nlri = WireVector.octets(random.nextInt(3) == 0 ? "" : "20cb00710a");
    ByteBuf out = Unpooled.buffer();
    out.writeShort(0).writeShort(attributes.length).writeBytes(attributes).writeBytes(nlri);
    return Bytes.readAll(out).toArray();
  }

  /** A message of this body, with a length that its type allows. */
  private static byte[] frame(int type, byte[] body) {
    int atLeast = new int[] {0, 10, 4, 2, 0, 4}[type];
    int length = HEADER + (type == 4 ? 0 : Math.max(atLeast, body.length));
    ByteBuf out = Unpooled.buffer();
    out.writeLong(-1).writeLong(-1).writeShort(length).writeByte(type);
    out.writeBytes(body, 0, Math.min(body.length, length - HEADER));
    out.writeZero(HEADER + Math.max(0, length - HEADER) - out.readableBytes());
    return Bytes.readAll(out).toArray();
  }
}
