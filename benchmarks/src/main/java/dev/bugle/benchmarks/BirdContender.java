package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** BIRD, told over its control socket to disable the static protocol that has the route. */
final class BirdContender implements Contender {

  private static final int ATTEMPTS = 200;

  @Override
  public String name() {
    return "bird";
  }

  @Override
  public String trigger() {
    return "\"disable\" written to the control socket of BIRD";
  }

  @Override
  public Optional<String> absence() {
    return Daemon.find("bird").isPresent()
        ? Optional.empty()
        : Optional.of("there is no program bird; on Debian: apt-get install bird2");
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver)
      throws IOException, InterruptedException {
    InetSocketAddress address = Daemon.freeAddress();
    Path configuration =
        Files.writeString(directory.resolve("bird.conf"), configuration(address.getPort()));
    Path control = directory.resolve("bird.ctl");
    Daemon daemon =
        Daemon.start(
            directory,
            List.of(
                Daemon.find("bird").orElseThrow().toString(),
                "-f",
                "-c",
                configuration.toString(),
                "-s",
                control.toString()));
    try {
      return new Bird(daemon, connect(daemon, control), address);
    } catch (IOException | InterruptedException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private static String configuration(int port) {
    return """
    router id 192.0.2.2;
    protocol device { }
    protocol static vip { disabled; ipv4; route %s blackhole; }
    protocol bgp receiver {
      local 127.0.0.1 port %d as %d;
      neighbor %s as %d;
      strict bind;
      multihop;
      passive;
      ipv4 { import none; export all; next hop self; };
    }
    """
        .formatted(MeasuredRoute.PREFIX, port, AS, MeasuringPeer.ADDRESS, MeasuringPeer.AS);
  }

  private static SocketChannel connect(Daemon daemon, Path control)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      daemon.requireAlive();
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(control));
        return channel;
      } catch (IOException notYet) {
        channel.close();
        if (attempt == ATTEMPTS) {
          throw notYet;
        }
        Thread.sleep(25);
      }
    }
  }

  private static final class Bird implements Speaker {

    private static final byte[] ENABLE = "enable vip\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISABLE = "disable vip\n".getBytes(StandardCharsets.US_ASCII);

    private final Daemon daemon;
    private final InetSocketAddress address;
    private final SocketChannel control;

    Bird(Daemon daemon, SocketChannel control, InetSocketAddress address) throws IOException {
      this.daemon = daemon;
      this.address = address;
      this.control = control;
      settle(); // its greeting
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.of(address);
    }

    @Override
    public void announce() throws IOException {
      control.write(ByteBuffer.wrap(ENABLE));
    }

    @Override
    public void withdraw() throws IOException {
      control.write(ByteBuffer.wrap(DISABLE));
    }

    /** Reads its reply, whose last line has a space after the number. */
    @Override
    public void settle() throws IOException {
      StringBuilder line = new StringBuilder();
      ByteBuffer octet = ByteBuffer.allocate(1);
      while (control.read(octet.clear()) == 1) {
        char read = (char) octet.get(0);
        if (read != '\n') {
          line.append(read);
        } else if (line.toString().matches("\\d{4} .*")) {
          if (line.charAt(0) > '7') {
            throw new IOException("BIRD says: " + line);
          }
          return;
        } else {
          line.setLength(0);
        }
      }
      throw new IOException("BIRD closed its control socket");
    }

    @Override
    public void close() throws IOException {
      control.close();
      daemon.close();
    }
  }
}
