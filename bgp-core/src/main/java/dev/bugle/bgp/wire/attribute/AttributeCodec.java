package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * How a path attribute that the library does not know is read. This is the open door for
 * attributes: an artifact of its own implements it and hands it to {@link AttributeCodecs#with}.
 * How the attribute is written is said by the {@link PathAttribute} that is made of it.
 *
 * <p>Flags, length, duplicates, and what a fault does to the UPDATE are taken care of, as for the
 * attributes of the library, by what is said here.
 *
 * <p>Implementations are stateless and may be called from any thread.
 */
public interface AttributeCodec {

  /** The attribute type code, 0 to 255; none that the library reads itself. */
  int typeCode();

  /** As its RFC writes it. */
  String name();

  /** The flags that it must carry (RFC 7606 §3 (c)). */
  AttributeFlags flags();

  /** What a fault in its value does to the UPDATE (RFC 7606 §8: its own RFC has to say it). */
  FaultClass onFault();

  /** What other flags do: treat-as-withdraw, unless its own RFC says something else. */
  default FaultClass onFlags() {
    return FaultClass.TREAT_AS_WITHDRAW;
  }

  /**
   * Reads the value; what it leaves unread is a fault.
   *
   * @param value a slice of exactly the value, maybe empty
   * @return of this {@link #typeCode}
   * @throws BgpException when the value is malformed; never another exception
   */
  PathAttribute decode(ByteBuf value, CodecContext context);
}
