package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes UPDATEs of one family for one kind of session, with as many destinations in each as fit,
 * and without an object for a message or a prefix. One thread at a time.
 *
 * <p>{@link #withdraw} or {@link #announce} say what follows; each destination after it goes into
 * the message that is open, or into the next one.
 */
public final class UpdatePacker {

  /** How many octets are handed over in one piece, if no message is longer. */
  private static final int PIECE = 1 << 16;

  /** Flags, type code, and a length of two octets. */
  static final int LONG_ATTRIBUTE_HEADER = 4;

  private static final int OPTIONAL_LONG = 0x90;
  private static final int OPTIONAL_SHORT = 0x80;
  private static final int MP_REACH_NLRI = 14;
  private static final int MP_UNREACH_NLRI = 15;
  private static final int MAX_SHORT_VALUE = 255;

  private final AddressFamily family;
  private final CodecContext context;
  private final boolean identified;
  private final boolean plainWithdrawals;
  private final List<PackedUpdates> finished = new ArrayList<>();
  private byte[] piece = new byte[1024];
  private int end;
  private int messages;
  private int announced;
  private int withdrawn;

  /** What is announced; null while something is withdrawn. */
  private @Nullable AttributeBlock block;

  /** Where the message that is open begins, or -1. */
  private int start = -1;

  /** Where its destinations must end. */
  private int limit;

  /** Where the value of its multiprotocol attribute begins; 0 when it has none. */
  private int value;

  /** One for sessions with this context. */
  public UpdatePacker(AddressFamily family, CodecContext context) {
    this.family = family;
    this.context = context;
    this.identified = context.sent().pathIdentifiers().contains(family);
    this.plainWithdrawals = family.equals(AddressFamily.IPV4_UNICAST);
  }

  /** What follows is withdrawn. */
  public void withdraw() {
    close();
    block = null;
  }

  /** What follows is announced with these attributes, which leave room for one destination. */
  public void announce(AttributeBlock attributes) {
    close();
    block = attributes;
  }

  /**
   * Adds a prefix.
   *
   * @param identifier of the path, where the session has one (RFC 7911)
   * @param high the first 64 bits of the prefix; those of IPv4 at the top
   * @param low the other 64 bits
   */
  public void prefix(long identifier, long high, long low, int length) {
    int octets = (length + 7) / 8;
    room((identified ? 4 : 0) + 1 + octets);
    if (identified) {
      putInt((int) identifier);
    }
    piece[end++] = (byte) length;
    for (int i = 0; i < octets; i++) {
      long half = i < 8 ? high : low;
      piece[end++] = (byte) (half >>> (56 - 8 * (i & 7)));
    }
    counted();
  }

  /** Adds a destination of any kind; with an identifier as {@link #prefix} has it. */
  public void nlri(long identifier, Nlri destination) {
    Nlri told = identified ? new PathNlri(identifier, destination) : destination;
    ByteBuf scratch = Unpooled.buffer(64);
    context.nlriCodecs().encode(family, List.of(told), scratch, context);
    int octets = scratch.readableBytes();
    room(octets);
    scratch.readBytes(piece, end, octets);
    end += octets;
    counted();
  }

  private void counted() {
    if (block == null) {
      withdrawn++;
    } else {
      announced++;
    }
  }

  /** Sees to it that so many octets of a destination can be written. */
  private void room(int octets) {
    if (start >= 0 && end + octets > limit) {
      close();
    }
    if (start < 0) {
      AttributeBlock announcing = block;
      int attributes = announcing == null ? 0 : announcing.messageLength();
      if (attributes + octets > context.sent().longestMessage()) {
        throw new IllegalArgumentException(
            "attributes and header of "
                + attributes
                + " octets leave no room for a destination of "
                + octets
                + " octets in a message of "
                + context.sent().longestMessage());
      }
      open();
    }
  }

  private void open() {
    int longest = context.sent().longestMessage();
    if (end > 0 && end + longest > Math.max(PIECE, 2 * longest)) {
      cut();
    }
    if (piece.length < end + longest) {
      piece = Arrays.copyOf(piece, Math.max(end + longest, Math.min(PIECE, 2 * piece.length)));
    }
    start = end;
    Arrays.fill(piece, start, start + 16, (byte) 0xFF);
    end = start + 18;
    piece[end++] = (byte) MessageType.UPDATE.code();
    putShort(0);
    AttributeBlock announcing = block;
    if (announcing == null) {
      openWithdrawal(longest);
    } else if (announcing.isMultiprotocol()) {
      openMultiprotocol(MP_REACH_NLRI, announcing.reach());
      limit = start + longest - announcing.attributes().length;
    } else {
      putShort(announcing.attributes().length);
      put(announcing.attributes());
      value = 0;
      limit = start + longest;
    }
  }

  private void openWithdrawal(int longest) {
    if (plainWithdrawals) {
      value = 0;
      limit = start + longest - 2;
    } else {
      openMultiprotocol(
          MP_UNREACH_NLRI,
          new byte[] {(byte) (family.afi() >> 8), (byte) family.afi(), (byte) family.safi()});
      limit = start + longest;
    }
  }

  private void openMultiprotocol(int typeCode, byte[] head) {
    putShort(0);
    piece[end++] = (byte) OPTIONAL_LONG;
    piece[end++] = (byte) typeCode;
    putShort(0);
    value = end;
    put(head);
  }

  private void close() {
    if (start < 0) {
      return;
    }
    AttributeBlock announcing = block;
    int attributes = start + MessageCodec.HEADER_LENGTH + 2;
    if (value > 0) {
      closeMultiprotocol();
      if (announcing != null) {
        put(announcing.attributes());
      }
      setShort(attributes, end - attributes - 2);
    } else if (announcing == null) {
      setShort(attributes - 2, end - attributes);
      putShort(0);
    }
    setShort(start + 16, end - start);
    messages++;
    start = -1;
  }

  /** RFC 4271 §4.3: a length of two octets is for values that are longer than one can say. */
  private void closeMultiprotocol() {
    int length = end - value;
    if (length <= MAX_SHORT_VALUE) {
      System.arraycopy(piece, value, piece, value - 1, length);
      piece[value - LONG_ATTRIBUTE_HEADER] = (byte) OPTIONAL_SHORT;
      piece[value - 2] = (byte) length;
      end--;
    } else {
      setShort(value - 2, length);
    }
  }

  /** The whole messages so far become a piece of their own. */
  private void cut() {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(end).writeBytes(piece, 0, end);
    finished.add(new PackedUpdates(bytes, messages, announced, withdrawn));
    end = 0;
    messages = 0;
    announced = 0;
    withdrawn = 0;
  }

  /** All that was added since it was called last; in pieces, in which no message is cut. */
  public List<PackedUpdates> finish() {
    close();
    if (end > 0) {
      cut();
    }
    List<PackedUpdates> all = List.copyOf(finished);
    finished.clear();
    return all;
  }

  private void put(byte[] octets) {
    System.arraycopy(octets, 0, piece, end, octets.length);
    end += octets.length;
  }

  private void putInt(int number) {
    putShort(number >>> 16);
    putShort(number);
  }

  private void putShort(int number) {
    setShort(end, number);
    end += 2;
  }

  private void setShort(int at, int number) {
    piece[at] = (byte) (number >>> 8);
    piece[at + 1] = (byte) number;
  }
}
