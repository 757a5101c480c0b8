package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program in a process of its own, as its launcher starts it, with a plug-in for its election
 * that is told over a Unix socket that it has lost: as much as the control socket of BIRD.
 */
final class BugleProgramContender implements Contender {

  private static final int ATTEMPTS = 1500;

  @Override
  public String name() {
    return "bugle-program";
  }

  @Override
  public String trigger() {
    return "loss written to the Unix socket of an elector in ./bugle run";
  }

  @Override
  public Optional<String> absence() {
    return BugleProgram.absence();
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver)
      throws IOException, InterruptedException {
    BugleProgram.prepare(directory);
    Path path = directory.resolve("elector");
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(path));
    listening.configureBlocking(false);
    Daemon daemon = BugleProgram.start(directory, configuration(receiver.getPort(), path));
    try {
      return new Program(daemon, accept(daemon, listening));
    } catch (IOException | InterruptedException | RuntimeException e) {
      daemon.close();
      throw e;
    } finally {
      listening.close();
    }
  }

  private static String configuration(int port, Path elector) {
    return """
    speaker: {local-as: %d, router-id: 192.0.2.4}
    peers: [{address: %s, remote-as: %d, port: %d}]
    leadership: {measured: {type: %s, socket: %s}}
    vips: [{prefix: %s, leadership: measured}]
    drain: {time: 0s}
    admin: off
    """
        .formatted(
            AS,
            MeasuringPeer.ADDRESS,
            MeasuringPeer.AS,
            port,
            CommandedProvider.TYPE,
            elector,
            MeasuredRoute.PREFIX);
  }

  private static SocketChannel accept(Daemon daemon, ServerSocketChannel listening)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      daemon.requireAlive();
      SocketChannel accepted = listening.accept();
      if (accepted != null) {
        accepted.configureBlocking(true);
        return accepted;
      }
      Thread.sleep(20);
    }
    throw new IOException("its elector does not connect");
  }

  private static final class Program implements Speaker {

    private final Daemon daemon;
    private final SocketChannel elector;
    private boolean lost;

    Program(Daemon daemon, SocketChannel elector) {
      this.daemon = daemon;
      this.elector = elector;
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.empty();
    }

    private void tell(byte command) throws IOException {
      elector.write(ByteBuffer.wrap(new byte[] {command}));
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
      if (lost && elector.read(ByteBuffer.allocate(1)) != 1) {
        daemon.requireAlive();
        throw new IOException("leadership is not released");
      }
    }

    @Override
    public void close() throws IOException {
      daemon.close();
      elector.close();
    }
  }
}
