package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.linux.Sockaddr;
import dev.bugle.bfd.linux.SystemCallException;
import dev.bugle.bfd.linux.UdpSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;

/** The way to the other side of a session: its own socket, with a source port of its own. */
final class PeerPath implements Path {

  /** RFC 5881 §4, RFC 5883 §5. */
  private static final int LOWEST_PORT = 49152;

  private static final int HIGHEST_PORT = 65535;
  private static final int TTL = 255;

  private final Kernel kernel;
  private final UdpSocket socket;
  private final Sockaddr peer;
  private final PathKey key;
  private final int minimumTtl;
  private final int sourcePort;

  private PeerPath(Kernel kernel, BfdSessionConfig config, UdpSocket socket, Sockaddr peer) {
    this.kernel = kernel;
    this.socket = socket;
    this.peer = peer;
    this.minimumTtl = config.hops().minimumTtl();
    this.key = PathKey.of(config, peer.scope());
    this.sourcePort = bind(config);
  }

  /**
   * Opens it.
   *
   * @param port of the other side
   * @throws SystemCallException when the interface or the address is not there, or not allowed
   */
  static PeerPath open(Kernel kernel, BfdSessionConfig config, int port) {
    int interfaceIndex = config.interfaceName().map(kernel::interfaceIndex).orElse(0);
    Sockaddr peer = Sockaddr.of(kernel, config.peer(), port, interfaceIndex);
    UdpSocket socket = UdpSocket.open(kernel, config.peer() instanceof Inet4Address);
    try {
      socket.sendAsControl(TTL);
      config.interfaceName().ifPresent(socket::bindToDevice);
      return new PeerPath(kernel, config, socket, peer);
    } catch (RuntimeException notOpened) {
      socket.close();
      throw notOpened;
    }
  }

  private int bind(BfdSessionConfig config) {
    InetAddress any = config.peer() instanceof Inet4Address ? PathKey.ANY_IPV4 : PathKey.ANY_IPV6;
    int first = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
    return socket.bindToFreePort(
        Sockaddr.of(kernel, config.local().orElse(any), 0, peer.scope()),
        LOWEST_PORT,
        HIGHEST_PORT,
        first);
  }

  @Override
  public PathKey key() {
    return key;
  }

  @Override
  public int sourcePort() {
    return sourcePort;
  }

  @Override
  public int minimumTtl() {
    return minimumTtl;
  }

  @Override
  public NativeMemory memory(int length) {
    return kernel.memory(length);
  }

  @Override
  public int send(NativeMemory frame, int length) {
    return socket.send(frame, length, peer);
  }

  @Override
  public String meaning(int errno) {
    return kernel.meaning(errno);
  }

  @Override
  public void close() {
    socket.close();
  }
}
