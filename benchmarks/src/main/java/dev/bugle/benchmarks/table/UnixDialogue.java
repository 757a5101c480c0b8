package dev.bugle.benchmarks.table;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Questions and answers over a Unix socket. */
final class UnixDialogue implements AutoCloseable {

  private final SocketChannel channel;

  private UnixDialogue(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to what listens there. */
  static UnixDialogue open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new UnixDialogue(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes all of this. */
  void write(byte[] octets) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(octets);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /** Reads until what was read, as Latin-1, is complete. */
  String readUntil(Predicate<String> complete) throws IOException {
    StringBuilder read = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
    while (!complete.test(read.toString())) {
      if (channel.read(buffer.clear()) < 0) {
        throw new EOFException("it closed its control socket after: " + read);
      }
      read.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
    }
    return read.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
