package dev.bugle.bgp.wire;

import dev.bugle.bgp.bmp.BmpCodec;
import dev.bugle.bgp.bmp.BmpMessage;
import dev.bugle.bgp.bmp.MalformedBmpException;
import dev.bugle.bgp.mrt.MalformedMrtException;
import dev.bugle.bgp.mrt.MrtReader;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.MrtWriter;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a fuzzer gives its octets to. Whatever they are, what comes is a value or a {@link
 * BgpException}; and a value is written so that it is read the same again.
 */
enum FuzzTarget {

  /** An octet that chooses the context, then a stream. */
  MESSAGE {
    @Override
    void read(byte[] octets) {
      if (octets.length == 0) {
        return;
      }
      CodecContext context = context(octets[0]);
      ByteBuf stream = Unpooled.wrappedBuffer(octets, 1, octets.length - 1);
      Optional<Message> message = MessageCodec.decodeNext(stream, context);
      while (message.isPresent()) {
        FuzzTest.readsAgain(message.get(), context);
        message = MessageCodec.decodeNext(stream, context);
      }
    }
  },

  /** An octet that chooses the context, flags and a type code, then the value of an attribute. */
  ATTRIBUTE {
    @Override
    void read(byte[] octets) {
      if (octets.length < 3 || octets.length > 4000) {
        return;
      }
      int length = octets.length - 3;
      ByteBuf body = Unpooled.buffer();
      body.writeShort(0).writeShort(4 + length);
      body.writeByte(octets[1] | 0x10).writeByte(octets[2]).writeShort(length);
      body.writeBytes(octets, 3, length);
      MESSAGE.read(framed(octets[0], 2, body));
    }
  },

  /** An octet that chooses the context, a code, then the value of a capability. */
  CAPABILITY {
    @Override
    void read(byte[] octets) {
      if (octets.length < 2 || octets.length > 255) {
        return;
      }
      int length = octets.length - 2;
      ByteBuf body = Unpooled.buffer();
      body.writeByte(4).writeShort(65001).writeShort(90).writeInt(0xC0000201);
      body.writeByte(length + 4).writeByte(2).writeByte(length + 2);
      body.writeByte(octets[1]).writeByte(length).writeBytes(octets, 2, length);
      MESSAGE.read(framed(octets[0], 1, body));
    }
  },

  /** An octet that chooses the context, one that chooses the family, then a field of NLRI. */
  NLRI {
    @Override
    void read(byte[] octets) {
      if (octets.length < 2) {
        return;
      }
      CodecContext context = context(octets[0]);
      AddressFamily family = FAMILIES.get(Byte.toUnsignedInt(octets[1]) % FAMILIES.size());
      ByteBuf field = Unpooled.wrappedBuffer(octets, 2, octets.length - 2);
      List<Nlri> read = Families.ALL.decode(family, field, context);
      ByteBuf out = Unpooled.buffer();
      Families.ALL.encode(family, read, out, context.mirrored());
      int length = out.readableBytes();
      int said =
          read.stream()
              .mapToInt(nlri -> Families.ALL.encodedLength(family, nlri, context.mirrored()))
              .sum();
      if (said != length) {
        throw new AssertionError(read + " has " + length + " octets, and says " + said);
      }
      List<Nlri> again = Families.ALL.decode(family, out, context);
      if (!again.equals(read)) {
        throw new AssertionError(read + " became " + again);
      }
    }
  },

  /** A stream of MRT records. */
  MRT {
    @Override
    void read(byte[] octets) {
      MrtReader reader = new MrtReader(new ByteArrayInputStream(octets));
      boolean more = true;
      while (more) {
        try {
          Optional<MrtRecord> record = reader.next();
          more = record.isPresent();
          if (more) {
            readsAgain(record.get());
          }
        } catch (MalformedMrtException fault) {
          if (!fault.getMessage().startsWith("the record at octet ")) {
            throw new AssertionError("no place", fault);
          }
        } catch (IOException e) {
          throw new AssertionError("a stream in memory cannot be read", e);
        }
      }
    }

    private void readsAgain(MrtRecord record) throws IOException {
      if (record.toString().contains("; ")) {
        return; // what has faults is not written with them
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (MrtWriter writer = new MrtWriter(out)) {
        writer.write(record);
      }
      Optional<MrtRecord> again = new MrtReader(new ByteArrayInputStream(out.toByteArray())).next();
      if (!again.equals(Optional.of(record))) {
        throw new AssertionError(record + " became " + again);
      }
    }
  },

  /** A stream of BMP messages. */
  BMP {
    @Override
    void read(byte[] octets) {
      ByteBuf stream = Unpooled.wrappedBuffer(octets);
      boolean more = true;
      while (more) {
        int before = stream.readerIndex();
        try {
          Optional<BmpMessage> message = BmpCodec.decodeNext(stream);
          more = message.isPresent();
          if (more) {
            readsAgain(message.get());
          }
        } catch (MalformedBmpException fault) {
          more = stream.readerIndex() > before; // else its header is wrong
        }
      }
    }

    private void readsAgain(BmpMessage message) throws MalformedBmpException {
      ByteBuf out = Unpooled.buffer();
      BmpCodec.encode(message, out);
      Optional<BmpMessage> again = BmpCodec.decodeNext(out);
      if (message.toString().isEmpty() || !again.equals(Optional.of(message))) {
        throw new AssertionError(message + " became " + again);
      }
    }
  },

  /** An octet that chooses the notation, then what somebody has typed. */
  TEXT {
    @Override
    void read(byte[] octets) {
      if (octets.length > 0) {
        String text = new String(octets, 1, octets.length - 1, StandardCharsets.UTF_8);
        TextNotation.ALL.get(Byte.toUnsignedInt(octets[0]) % TextNotation.ALL.size()).read(text);
      }
    }
  };

  private static final List<AddressFamily> FAMILIES =
      List.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV6_UNICAST,
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV6_MULTICAST,
          AddressFamily.IPV4_LABELLED_UNICAST,
          AddressFamily.IPV6_LABELLED_UNICAST,
          AddressFamily.IPV4_VPN,
          AddressFamily.IPV6_VPN,
          AddressFamily.ROUTE_TARGET,
          AddressFamily.IPV4_FLOWSPEC,
          AddressFamily.IPV6_FLOWSPEC,
          AddressFamily.IPV4_FLOWSPEC_VPN,
          AddressFamily.IPV6_FLOWSPEC_VPN,
          AddressFamily.EVPN,
          new AddressFamily(16400, 1));

  /** Reads octets that anybody may have made up. */
  abstract void read(byte[] octets);

  /** The same; a fault of the octets is an answer like any other. */
  final void run(byte[] octets) {
    try {
      read(octets);
    } catch (BgpException fault) {
      int code = fault.error().code();
      if (code < 1 || code > 7 || fault.found().isEmpty()) {
        throw new AssertionError("no answer: " + fault.error(), fault);
      }
    }
  }

  /** The name of the file with its corpus. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".txt";
  }

  private static CodecContext context(int choice) {
    Set<AddressFamily> families = (choice & 0x10) != 0 ? Set.copyOf(FAMILIES) : Set.of();
    Direction direction =
        Direction.INITIAL
            .withLongestMessage((choice & 0x08) != 0 ? 65535 : 4096)
            .withPathIdentifiers(families)
            .withExtendedNextHop(
                (choice & 0x20) != 0
                    ? Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV4_VPN)
                    : Set.of());
    return CodecContext.INITIAL
        .withFourOctetAs((choice & 0x01) == 0)
        .withExternal((choice & 0x02) == 0)
        .withEnhancedRouteRefresh((choice & 0x04) != 0)
        .withReceived(direction)
        .withSent(direction)
        .withNlriCodecs(Families.ALL);
  }

  private static byte[] framed(int choice, int type, ByteBuf body) {
    ByteBuf out = Unpooled.buffer();
    out.writeByte(choice).writeLong(-1).writeLong(-1);
    out.writeShort(MessageCodec.HEADER_LENGTH + body.readableBytes()).writeByte(type);
    return Bytes.readAll(out.writeBytes(body)).toArray();
  }
}
