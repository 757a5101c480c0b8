package dev.bugle.bgp.mrt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a stream of records, each whole. For one thread at a time. */
public final class MrtWriter implements Closeable, Flushable {

  private final OutputStream out;
  private final ByteBuf record = Unpooled.buffer(512);

  /** One that writes there, and closes it. */
  public MrtWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a record.
   *
   * @throws IllegalArgumentException when something in it does not fit in its field; then nothing
   *     is written
   */
  public void write(MrtRecord value) throws IOException {
    record.clear();
    value.encode(record);
    record.readBytes(out, record.readableBytes());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
