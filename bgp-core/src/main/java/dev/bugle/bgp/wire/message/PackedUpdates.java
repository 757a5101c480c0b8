package dev.bugle.bgp.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * UPDATEs as they are sent, one behind another. Its bytes are counted references: who has one calls
 * {@link #release} in the end, or hands the bytes to who does.
 */
public final class PackedUpdates {

  private static final int LENGTH_AT = 16;

  private final ByteBuf bytes;
  private final int messages;
  private final int announced;
  private final int withdrawn;

  PackedUpdates(ByteBuf bytes, int messages, int announced, int withdrawn) {
    this.bytes = bytes;
    this.messages = messages;
    this.announced = announced;
    this.withdrawn = withdrawn;
  }

  /** The messages. */
  public ByteBuf bytes() {
    return bytes;
  }

  /** Each message, as a part of the bytes that is no reference of its own. */
  public void forEach(Consumer<ByteBuf> each) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      int length = bytes.getUnsignedShort(at + LENGTH_AT);
      each.accept(bytes.slice(at, length));
      at += length;
    }
  }

  /** How many messages there are. */
  public int messages() {
    return messages;
  }

  /** How many destinations they announce. */
  public int announced() {
    return announced;
  }

  /** How many destinations they withdraw. */
  public int withdrawn() {
    return withdrawn;
  }

  /** How many octets they have. */
  public int octets() {
    return bytes.readableBytes();
  }

  /** The same bytes for one more, who releases them for himself. */
  public PackedUpdates share() {
    return new PackedUpdates(bytes.retainedDuplicate(), messages, announced, withdrawn);
  }

  /** They are not needed any more. */
  public void release() {
    bytes.release();
  }
}
