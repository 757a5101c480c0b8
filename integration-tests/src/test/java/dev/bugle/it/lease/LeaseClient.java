package dev.bugle.it.lease;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the server, and does not wait for ever. */
record LeaseClient(Path server, String identity, Duration timeout) {

  /** Who holds the lease in which version. */
  record Seen(long version, String holder) {
    boolean isFree() {
      return holder.equals("-");
    }
  }

  Seen get() throws IOException {
    String[] words = ask("get " + identity).split(" ", -1);
    return new Seen(Long.parseLong(words[0]), words[1]);
  }

  /** Whether the lease has become that one's, in the version that follows. */
  boolean put(long version, String holder, long until) throws IOException {
    return ask("put " + identity + " " + version + " " + holder + " " + until).startsWith("ok ");
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      long end = System.nanoTime() + timeout.toNanos();
      channel.connect(UnixDomainSocketAddress.of(server));
      channel.write(StandardCharsets.US_ASCII.encode(request + "\n"));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer answer = ByteBuffer.allocate(200);
      while (answer.position() == 0 || answer.get(answer.position() - 1) != '\n') {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IOException("no answer within " + timeout.toMillis() + " ms");
        }
        selector.select(left);
        selector.selectedKeys().clear();
        if (channel.read(answer) < 0) {
          throw new IOException("the server hung up");
        }
      }
      return StandardCharsets.US_ASCII.decode(answer.flip()).toString().strip();
    }
  }
}
