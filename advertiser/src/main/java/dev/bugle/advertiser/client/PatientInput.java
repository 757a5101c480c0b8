package dev.bugle.advertiser.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Reads from a channel, which unlike a socket has no limit of its own on waiting. */
final class PatientInput extends InputStream {

  private static final int SIZE = 16 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final long silenceMillis;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).flip();

  /** Takes the channel, and makes it one that does not block. */
  PatientInput(SocketChannel channel, Duration silence) throws IOException {
    this.channel = channel;
    this.silenceMillis = silence.toMillis();
    channel.configureBlocking(false);
    this.selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, buffer.remaining());
    buffer.get(into, offset, taken);
    return taken;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear();
    int count = channel.read(buffer);
    while (count == 0) {
      if (selector.select(silenceMillis) == 0) {
        buffer.flip();
        throw new SocketTimeoutException("nothing came in time");
      }
      selector.selectedKeys().clear();
      count = channel.read(buffer);
    }
    buffer.flip();
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
