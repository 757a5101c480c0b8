package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.linux.Descriptor;
import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.Sockaddr;
import dev.bugle.bfd.linux.UdpSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** A socket on which the packets of many sessions arrive. */
final class ControlReceiver implements Receiver {

  /** Room for what arrives while this process is held up: some thousand packets. */
  private static final int BUFFER_OCTETS = 4 << 20;

  /** So much of a flood is read before anything else is looked at. */
  private static final int MAX_BATCHES = 256;

  private final Port port;
  private final InetAddress address;
  private final UdpSocket socket;

  private ControlReceiver(Port port, InetAddress address, UdpSocket socket) {
    this.port = port;
    this.address = address;
    this.socket = socket;
  }

  /**
   * Opens it.
   *
   * @param number of the port; 0 lets the system choose
   * @throws dev.bugle.bfd.linux.SystemCallException when the port is taken, or the address is not
   *     ours
   */
  static ControlReceiver open(Kernel kernel, Port port, InetAddress address, int number) {
    UdpSocket socket = UdpSocket.open(kernel, address instanceof Inet4Address);
    try {
      socket.receiveHeaders();
      socket.receiveBuffer(BUFFER_OCTETS);
      socket.bind(Sockaddr.of(kernel, address, number, scopeOf(address)));
      return new ControlReceiver(port, address, socket);
    } catch (RuntimeException notOpened) {
      socket.close();
      throw notOpened;
    }
  }

  @Override
  public Descriptor socket() {
    return socket;
  }

  int localPort() {
    return socket.localPort();
  }

  boolean isFor(Port wanted, InetAddress local) {
    return port == wanted && address.equals(local) && scopeOf(address) == scopeOf(local);
  }

  /** The interface of a link-local address, which {@link InetAddress#equals} does not look at. */
  private static int scopeOf(InetAddress address) {
    return address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
  }

  /** Reads everything that waits. */
  @Override
  public void drain(Datagrams batch, Demultiplexer sessions) {
    for (int i = 0; i < MAX_BATCHES; i++) {
      socket.receive(batch);
      for (int j = 0; j < batch.count(); j++) {
        sessions.received(port, batch.select(j), batch);
      }
      if (batch.count() < Datagrams.SIZE) {
        return;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
