package dev.bugle.bgp;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Optional;

/** A peer made of a plain blocking socket, which sends whatever a test wants. */
final class RawPeer implements AutoCloseable {

  private final Socket socket = new Socket();
  private final ByteBuf received = Unpooled.buffer();
  private CodecContext context = CodecContext.INITIAL;

  private RawPeer() {}

  /** Connects from this address of ours to the speaker. */
  static RawPeer connect(String localAddress, InetSocketAddress speaker) throws IOException {
    return connect(localAddress, speaker, (int) Deadline.LIMIT.toMillis());
  }

  /** The same, with a limit of its own for the connection. */
  static RawPeer connect(String localAddress, InetSocketAddress speaker, int limitMillis)
      throws IOException {
    return new RawPeer().connected(localAddress, speaker, limitMillis);
  }

  /** The same, with so little room for what it does not read that it soon holds up the speaker. */
  static RawPeer connectWithSmallBuffer(String localAddress, InetSocketAddress speaker)
      throws IOException {
    RawPeer peer = new RawPeer();
    peer.socket.setReceiveBufferSize(4096);
    return peer.connected(localAddress, speaker, (int) Deadline.LIMIT.toMillis());
  }

  private RawPeer connected(String localAddress, InetSocketAddress speaker, int limitMillis)
      throws IOException {
    socket.setSoTimeout((int) Deadline.LIMIT.toMillis());
    socket.bind(new InetSocketAddress(localAddress, 0));
    try {
      socket.connect(speaker, limitMillis);
    } catch (IOException refused) {
      close();
      throw refused;
    }
    return this;
  }

  void sendHex(String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }

  void send(Message message, CodecContext context) throws IOException {
    ByteBuf bytes = Unpooled.buffer();
    MessageCodec.encode(message, bytes, context);
    bytes.readBytes(socket.getOutputStream(), bytes.readableBytes());
  }

  /** Waits until the speaker has sent something, and does not read it. */
  void awaitInput() throws IOException {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (socket.getInputStream().available() == 0) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the speaker sent nothing within " + Deadline.LIMIT);
      }
      Deadline.pause();
    }
  }

  /** How what the speaker sends is read from now on. */
  void readWith(CodecContext agreed) {
    context = agreed;
  }

  /** The next message of the speaker; empty when it closed the connection. */
  Optional<Message> next() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] chunk = new byte[4096];
    while (true) {
      Optional<Message> message = MessageCodec.decodeNext(received, context);
      if (message.isPresent()) {
        return message;
      }
      int count = in.read(chunk);
      if (count < 0) {
        return Optional.empty();
      }
      received.writeBytes(chunk, 0, count);
    }
  }

  /** Reads until the speaker closes and returns the last message before that. */
  String lastWords() throws IOException {
    String last = "nothing";
    for (Optional<Message> next = next(); next.isPresent(); next = next()) {
      last = next.get().toString();
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
