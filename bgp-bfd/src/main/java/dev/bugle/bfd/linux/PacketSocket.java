package dev.bugle.bfd.linux;

import java.nio.ByteBuffer;

/**
 * Sends and receives IP packets on one interface, beside the system's own routing: to a neighbour
 * by its hardware address, whatever the IP header says. Takes CAP_NET_RAW.
 */
public final class PacketSocket implements Descriptor, AutoCloseable {

  private static final int AF_PACKET = 17;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int ETH_P_IP = 0x0800;
  private static final int ETH_P_IPV6 = 0x86DD;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;

  // struct sockaddr_ll
  private static final int LENGTH = 20;
  private static final int PROTOCOL = 2;
  private static final int INTERFACE = 4;
  private static final int HARDWARE_LENGTH = 11;
  private static final int HARDWARE_ADDRESS = 12;

  private static final int ETHERNET_LENGTH = 6;

  /** Classic BPF: UDP to a port, in an IPv4 packet that is no later fragment. */
  private static final long[] UDP_OVER_IPV4 = {
    0x0030_0000_0000_0009L, // ldb [9]
    0x0015_0006_0000_0011L, // jeq 17 else reject
    0x0028_0000_0000_0006L, // ldh [6]
    0x0045_0400_0000_1FFFL, // jset 0x1fff reject
    0x00B1_0000_0000_0000L, // ldxb 4*([0]&0xf)
    0x0048_0000_0000_0002L, // ldh [x+2]
    0x0015_0001_0000_0000L, // jeq port else reject
    0x0006_0000_0000_FFFFL, // accept
    0x0006_0000_0000_0000L, // reject
  };

  /** The same in an IPv6 packet without extension headers. */
  private static final long[] UDP_OVER_IPV6 = {
    0x0030_0000_0000_0006L, // ldb [6]
    0x0015_0003_0000_0011L, // jeq 17 else reject
    0x0028_0000_0000_002AL, // ldh [42]
    0x0015_0001_0000_0000L, // jeq port else reject
    0x0006_0000_0000_FFFFL, // accept
    0x0006_0000_0000_0000L, // reject
  };

  private final Kernel kernel;
  private final int fd;
  private final NativeMemory neighbour;
  private boolean closed;

  private PacketSocket(Kernel kernel, int fd) {
    this.kernel = kernel;
    this.fd = fd;
    this.neighbour = kernel.memory(LENGTH);
  }

  /**
   * Opens one that receives the UDP packets of one IP version that come in on an interface for a
   * port.
   *
   * @throws SystemCallException EPERM without CAP_NET_RAW
   */
  public static PacketSocket open(Kernel kernel, int interfaceIndex, boolean ipv4, int port) {
    // With protocol 0 nothing is received before the filter is there.
    int fd =
        kernel.check(
            "packet socket",
            kernel.libc().socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    PacketSocket socket = new PacketSocket(kernel, fd);
    try {
      socket.filter(ipv4 ? UDP_OVER_IPV4 : UDP_OVER_IPV6, port);
      ByteBuffer address = socket.neighbour.bytes();
      int protocol = ipv4 ? ETH_P_IP : ETH_P_IPV6;
      address.putShort(0, (short) AF_PACKET);
      address.put(PROTOCOL, (byte) (protocol >>> 8)).put(PROTOCOL + 1, (byte) protocol);
      address.putInt(INTERFACE, interfaceIndex);
      kernel.check("bind", kernel.libc().bind(fd, socket.neighbour.pointer(), LENGTH));
      address.put(HARDWARE_LENGTH, (byte) ETHERNET_LENGTH);
      return socket;
    } catch (RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private void filter(long[] program, int port) {
    NativeMemory code = kernel.memory(program.length * Long.BYTES);
    int portTest = program.length - 3;
    for (int i = 0; i < program.length; i++) {
      long step = program[i];
      int at = i * Long.BYTES;
      code.bytes().putShort(at, (short) (step >>> 48));
      code.bytes().put(at + 2, (byte) (step >>> 40)).put(at + 3, (byte) (step >>> 32));
      code.bytes().putInt(at + 4, i == portTest ? port : (int) step);
    }
    NativeMemory head = kernel.memory(2 * Long.BYTES);
    head.bytes().putShort(0, (short) program.length);
    head.bytes().putLong(Long.BYTES, code.address());
    kernel.check(
        "SO_ATTACH_FILTER",
        kernel.libc().setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, head.pointer(), 2 * Long.BYTES));
  }

  @Override
  public int descriptor() {
    return fd;
  }

  /** From now on sends to this hardware address, six octets. */
  public void neighbour(byte[] hardwareAddress) {
    for (int i = 0; i < ETHERNET_LENGTH; i++) {
      neighbour.bytes().put(HARDWARE_ADDRESS + i, hardwareAddress[i]);
    }
  }

  /** Sends an IP packet to the neighbour; returns 0, or the errno of the failure. */
  public int send(NativeMemory packet, int length) {
    long sent =
        kernel
            .libc()
            .sendto(fd, packet.pointer(), length, MSG_DONTWAIT, neighbour.pointer(), LENGTH);
    return sent < 0 ? kernel.errno() : 0;
  }

  /**
   * Receives what is there, up to the size of the batch; each is a packet from its IP header on.
   */
  public void receive(Datagrams batch) {
    batch.receive(kernel, fd);
  }

  /** Does nothing when it is closed already. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      kernel.libc().close(fd);
    }
  }
}
