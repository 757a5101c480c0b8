package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.AttributeDecoder.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Path Attributes fields that were read before, by their octets: routes share them, so that the
 * same octets come again and again. Then they are the same object, and nothing is decoded. Belongs
 * to one session; used by one thread.
 *
 * <p>Only what had no fault is kept, and no NLRI: a field with MP_REACH_NLRI or MP_UNREACH_NLRI is
 * decoded each time. Of a full table most fields come once, or a few times one behind the other; so
 * the last one is always remembered, and others when they come for the second time.
 *
 * <p>What is kept is bounded by {@link #SLOTS} and {@link #MAX_LENGTH}, and decodes to a few times
 * its octets. A peer that chooses octets which meet in one slot makes them be decoded as without a
 * cache, and harms nobody else; so the hash needs no secret.
 */
public final class AttributeCache {

  /** How many fields are kept at most; a power of two. */
  static final int SLOTS = 4096;

  /** Longer fields are rare, and not kept. */
  static final int MAX_LENGTH = 256;

  private static final int FIRST_SLOTS = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A field, and what it was decoded to. */
  private static final class Known {
    final byte[] octets;
    final Decoded decoded;

    Known(byte[] octets, Decoded decoded) {
      this.octets = octets;
      this.decoded = decoded;
    }

    boolean is(byte[] others, int length) {
      return Arrays.equals(octets, 0, octets.length, others, 0, length);
    }
  }

  /** By hash: the hash of the field that came last, and one that came twice. */
  private int[] hashes = new int[FIRST_SLOTS];

  private @Nullable Known[] slots = new Known[FIRST_SLOTS];

  /** How many hashes were written since there are so many slots. */
  private int arrivals;

  private byte[] field = new byte[MAX_LENGTH];
  private byte[] last = new byte[MAX_LENGTH];

  /** The same, for the decoder, which reads an array more quickly than a slice of what came. */
  private ByteBuf fieldBuffer = Unpooled.wrappedBuffer(field);

  private ByteBuf lastBuffer = Unpooled.wrappedBuffer(last);
  private int lastLength;
  private Decoded lastDecoded = new Decoded(PathAttributes.EMPTY, List.of());
  private CodecContext context = CodecContext.INITIAL;

  /** Knows nothing yet. */
  public AttributeCache() {}

  /**
   * Reads attributes until the buffer is empty, as {@link AttributeDecoder#decode} does. With
   * another context than before, all that was known is forgotten.
   *
   * @param octets a slice of exactly the Path Attributes field
   * @throws dev.bugle.bgp.wire.BgpException for a fault that ends the session
   */
  @SuppressWarnings("ReferenceEquality") // which is quick; an equal one is another, and rare
  public Decoded decode(ByteBuf octets, CodecContext agreed) {
    if (agreed != context) {
      begin(FIRST_SLOTS);
      lastLength = 0;
      context = agreed;
    }
    int length = octets.readableBytes();
    if (length == 0 || length > MAX_LENGTH) {
      return AttributeDecoder.decode(octets, agreed);
    }
    octets.readBytes(field, 0, length);
    if (Arrays.equals(last, 0, lastLength, field, 0, length)) {
      return lastDecoded;
    }
    int hash = hash(length);
    int slot = hash & slots.length - 1;
    Known known = slots[slot];
    Decoded decoded;
    if (known != null && known.is(field, length)) {
      decoded = known.decoded;
    } else {
      decoded = AttributeDecoder.decode(fieldBuffer.setIndex(0, length), agreed);
      if (!isLasting(decoded)) {
        return decoded;
      }
      arrived(slot, hash, length, decoded);
    }
    remember(length, decoded);
    return decoded;
  }

  private static boolean isLasting(Decoded decoded) {
    return decoded.faults().isEmpty()
        && decoded.attributes().get(MpReach.class).isEmpty()
        && decoded.attributes().get(MpUnreach.class).isEmpty();
  }

  /** Keeps a field that comes for the second time, and of another its hash. */
  private void arrived(int slot, int hash, int length, Decoded decoded) {
    if (hashes[slot] == hash) {
      slots[slot] = new Known(Arrays.copyOf(field, length), decoded);
      return;
    }
    hashes[slot] = hash;
    arrivals++;
    if (arrivals > slots.length && slots.length < SLOTS) {
      begin(4 * slots.length);
    }
  }

  private void remember(int length, Decoded decoded) {
    byte[] before = last;
    last = field;
    field = before;
    ByteBuf bufferBefore = lastBuffer;
    lastBuffer = fieldBuffer;
    fieldBuffer = bufferBefore;
    lastLength = length;
    lastDecoded = decoded;
  }

  /** Forgets what came, but for the last; what comes twice fills the slots soon. */
  private void begin(int size) {
    hashes = new int[size];
    slots = new Known[size];
    arrivals = 0;
  }

  /** Of the octets of the field; not 0, which says that nothing came. */
  private int hash(int length) {
    long hash = length;
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(field, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; at < length; at++) {
      hash = (hash ^ field[at]) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash ^ hash >>> 32) | Integer.MIN_VALUE;
  }
}
