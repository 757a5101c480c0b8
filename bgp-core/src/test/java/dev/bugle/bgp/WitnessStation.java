package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpCodec;
import dev.bugle.bgp.bmp.BmpMessage;
import dev.bugle.bgp.bmp.MalformedBmpException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A BMP station on loopback, which reads one connection at a time when it is told to. */
final class WitnessStation implements AutoCloseable {

  /** Nobody connects from there: a port that was free before is not another's meanwhile. */
  static final String ADDRESS = "127.0.0.179";

  private final ServerSocket listening;
  private final BlockingQueue<BmpMessage> messages = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  /** On a free port, or on one that was free before. */
  WitnessStation(int port) throws IOException {
    listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.setReceiveBufferSize(1 << 16);
    listening.bind(new InetSocketAddress(ADDRESS, port));
    listening.setSoTimeout(4 * (int) Deadline.LIMIT.toMillis()); // it comes again after a pause
  }

  int port() {
    return listening.getLocalPort();
  }

  BlockingQueue<BmpMessage> messages() {
    return messages;
  }

  /** All that was read, as it came. */
  byte[] octets() {
    synchronized (stream) {
      return stream.toByteArray();
    }
  }

  /** The next connection of the speaker, of which nothing is read. */
  Socket accept() throws IOException {
    return listening.accept();
  }

  /** Reads the next connection to its end, on a thread of its own. */
  Socket read() throws IOException {
    Socket socket = accept();
    Thread reader = new Thread(() -> read(socket), "witness-station");
    reader.setDaemon(true);
    reader.start();
    return socket;
  }

  /** Reads all connections that come from now on, on a thread of its own. */
  void readAll() {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (true) {
                  read(accept());
                }
              } catch (IOException closed) {
                // The test has seen enough.
              }
            },
            "witness-station");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Socket socket) {
    ByteBuf received = Unpooled.buffer();
    byte[] chunk = new byte[8192];
    try (socket;
        InputStream in = socket.getInputStream()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        synchronized (stream) {
          stream.write(chunk, 0, count);
        }
        received.writeBytes(chunk, 0, count);
        Optional<BmpMessage> next = BmpCodec.decodeNext(received);
        while (next.isPresent()) {
          messages.add(next.get());
          next = BmpCodec.decodeNext(received);
        }
        received.discardReadBytes();
      }
    } catch (IOException closed) {
      // The test has seen enough.
    } catch (MalformedBmpException fault) {
      throw new AssertionError("the speaker sends no BMP", fault);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
