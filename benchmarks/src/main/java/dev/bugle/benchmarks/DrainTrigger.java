package dev.bugle.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code bugle drain} does: a request to the admin server of the program. */
final class DrainTrigger implements ProgramCause.Trigger {

  private static final int ATTEMPTS = 1500;

  private final Path socket;
  private final ByteBuffer octet = ByteBuffer.allocate(1);
  private @Nullable SocketChannel admin;

  /** The socket will be in that directory. */
  DrainTrigger(Path directory) {
    this.socket = directory.resolve("admin");
  }

  @Override
  public String configuration() {
    return """
    vips: [{prefix: %s, leadership: always}]
    admin: {listen: "unix:%s"}
    """
        .formatted(MeasuredRoute.PREFIX, socket);
  }

  @Override
  public void connect(Daemon program) throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      program.requireAlive();
      if (Files.exists(socket)) {
        admin = SocketChannel.open(StandardProtocolFamily.UNIX);
        admin.connect(UnixDomainSocketAddress.of(socket));
        return;
      }
      Thread.sleep(20);
    }
    throw new IOException("its admin server does not listen");
  }

  private SocketChannel admin() throws IOException {
    if (admin == null) {
      throw new IOException("its admin server is not connected");
    }
    return admin;
  }

  private void ask(String method, String rest) throws IOException {
    String request = method + " /v1/drain HTTP/1.1\r\nHost: localhost\r\n" + rest;
    admin().write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /** At the start it is announced already, and this changes nothing. */
  @Override
  public void announce() throws IOException {
    ask("DELETE", "\r\n");
  }

  @Override
  public void withdraw() throws IOException {
    ask("POST", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  }

  /** Reads the answer. */
  @Override
  public void settle() throws IOException {
    String status = line();
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    StringBuilder body = new StringBuilder();
    while (body.length() < length) {
      body.append(next());
    }
    if (!status.matches("HTTP/1\\.1 2\\d\\d .*")) {
      throw new IOException("its admin server answers " + status + ": " + body);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (char c = next(); c != '\n'; c = next()) {
      if (c != '\r') {
        line.append(c);
      }
    }
    return line.toString();
  }

  private char next() throws IOException {
    if (admin().read(octet.clear()) != 1) {
      throw new EOFException("its admin server has closed the connection");
    }
    return (char) (octet.get(0) & 0xFF);
  }

  @Override
  public void close() throws IOException {
    if (admin != null) {
      admin.close();
    }
  }
}
