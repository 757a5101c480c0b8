package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The other end of a {@link CommandedElector} in the program. */
final class ElectionTrigger implements ProgramCause.Trigger {

  private static final int ATTEMPTS = 1500;

  private final Path path;
  private final ServerSocketChannel listening;
  private @Nullable SocketChannel elector;
  private boolean lost;

  private ElectionTrigger(Path path, ServerSocketChannel listening) {
    this.path = path;
    this.listening = listening;
  }

  static ElectionTrigger open(Path directory) throws IOException {
    Path path = directory.resolve("elector");
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(path));
    listening.configureBlocking(false);
    return new ElectionTrigger(path, listening);
  }

  @Override
  public String configuration() {
    return """
    leadership: {measured: {type: %s, socket: %s}}
    vips: [{prefix: %s, leadership: measured}]
    admin: off
    """
        .formatted(CommandedProvider.TYPE, path, MeasuredRoute.PREFIX);
  }

  @Override
  public void connect(Daemon program) throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      program.requireAlive();
      SocketChannel accepted = listening.accept();
      if (accepted != null) {
        accepted.configureBlocking(true);
        elector = accepted;
        return;
      }
      Thread.sleep(20);
    }
    throw new IOException("its elector does not connect");
  }

  private SocketChannel elector() throws IOException {
    if (elector == null) {
      throw new IOException("its elector is not connected");
    }
    return elector;
  }

  private void tell(byte command) throws IOException {
    elector().write(ByteBuffer.wrap(new byte[] {command}));
  }

  @Override
  public void announce() throws IOException {
    tell(CommandedElector.WIN);
    lost = false;
  }

  @Override
  public void withdraw() throws IOException {
    tell(CommandedElector.LOSE);
    lost = true;
  }

  @Override
  public void settle() throws IOException {
    if (lost && elector().read(ByteBuffer.allocate(1)) != 1) {
      throw new IOException("leadership is not released");
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    if (elector != null) {
      elector.close();
    }
  }
}
