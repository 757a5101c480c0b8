package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.linux.Descriptor;
import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.linux.NeighbourTable;
import dev.bugle.bfd.linux.PacketSocket;
import dev.bugle.bfd.linux.Sockaddr;
import dev.bugle.bfd.linux.SystemCallException;
import dev.bugle.bfd.linux.UdpSocket;
import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way from us to ourselves through a neighbour: packets addressed to our own IP address are
 * sent to the neighbour's hardware address, and its forwarding returns them (RFC 5881 §4). They
 * pass beside the system's routing both ways, which would not let them out, and takes those that
 * return for forged.
 */
final class EchoLink implements Receiver {

  private static final int DISCARD_PORT = 9;
  private static final int MAX_PAYLOAD = 64;

  private final Kernel kernel;
  private final InetAddress neighbour;
  private final int interfaceIndex;
  private final PacketSocket socket;
  private final EchoPacket format;
  private final NativeMemory packet;
  private final NativeMemory nothing;
  private Consumer<ByteBuf> returned = payload -> {};
  private boolean isResolved;

  private EchoLink(
      Kernel kernel, BfdSessionConfig config, int interfaceIndex, PacketSocket socket) {
    this.kernel = kernel;
    this.neighbour = config.peer();
    this.interfaceIndex = interfaceIndex;
    this.socket = socket;
    this.format = new EchoPacket(config.local().orElseThrow());
    this.packet = kernel.memory(EchoPacket.MAX_HEADERS + MAX_PAYLOAD);
    this.nothing = kernel.memory(1);
  }

  /**
   * Opens it.
   *
   * @throws SystemCallException without CAP_NET_RAW, or when the interface is not there
   */
  static EchoLink open(Kernel kernel, BfdSessionConfig config) {
    int interfaceIndex = kernel.interfaceIndex(config.interfaceName().orElseThrow());
    boolean ipv4 = config.peer() instanceof Inet4Address;
    return new EchoLink(
        kernel,
        config,
        interfaceIndex,
        PacketSocket.open(kernel, interfaceIndex, ipv4, EchoPacket.PORT));
  }

  /** Who is given the payload of each packet that has come back. */
  void whenReturned(Consumer<ByteBuf> receiver) {
    returned = receiver;
  }

  /** Looks the neighbour's hardware address up, and has the system ask for it where it must. */
  boolean resolve() {
    Optional<byte[]> found = new NeighbourTable(kernel).find(interfaceIndex, neighbour);
    found.ifPresent(socket::neighbour);
    isResolved = found.isPresent();
    if (!isResolved) {
      // Any packet makes the system ask.
      try (UdpSocket probe = UdpSocket.open(kernel, neighbour instanceof Inet4Address)) {
        probe.send(nothing, 1, Sockaddr.of(kernel, neighbour, DISCARD_PORT, interfaceIndex));
      }
    }
    return isResolved;
  }

  boolean isResolved() {
    return isResolved;
  }

  /** Sends the first octets of this memory; returns 0, or the errno of the failure. */
  int send(NativeMemory payload, int length) {
    return socket.send(packet, format.write(packet, payload.bytes(), length));
  }

  @Override
  public Descriptor socket() {
    return socket;
  }

  @Override
  public void drain(Datagrams batch, Demultiplexer sessions) {
    do {
      socket.receive(batch);
      for (int i = 0; i < batch.count(); i++) {
        ByteBuf received = batch.select(i);
        if (format.read(received)) {
          returned.accept(received);
        }
      }
    } while (batch.count() == Datagrams.SIZE);
  }

  @Override
  public void close() {
    socket.close();
  }
}
