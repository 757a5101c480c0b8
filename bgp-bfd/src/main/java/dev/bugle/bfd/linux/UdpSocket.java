package dev.bugle.bfd.linux;

import java.nio.charset.StandardCharsets;

/** A UDP socket that never blocks. Sending is safe from any thread, the rest from one at a time. */
public final class UdpSocket implements Descriptor, AutoCloseable {

  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;

  private static final int IPPROTO_IP = 0;
  private static final int IP_TOS = 1;
  private static final int IP_TTL = 2;
  private static final int IP_PKTINFO = 8;
  private static final int IP_RECVTTL = 12;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_UNICAST_HOPS = 16;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_TCLASS = 67;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SO_RCVBUFFORCE = 33;

  /** Network control (RFC 2474 §4.2.2.2, class selector 6). */
  private static final int NETWORK_CONTROL = 0xC0;

  private final Kernel kernel;
  private final boolean ipv4;
  private final int fd;

  private UdpSocket(Kernel kernel, boolean ipv4, int fd) {
    this.kernel = kernel;
    this.ipv4 = ipv4;
    this.fd = fd;
  }

  /** An unbound socket for one IP version. */
  public static UdpSocket open(Kernel kernel, boolean ipv4) {
    int domain = ipv4 ? Sockaddr.AF_INET : Sockaddr.AF_INET6;
    int fd =
        kernel.check(
            "socket", kernel.libc().socket(domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    UdpSocket socket = new UdpSocket(kernel, ipv4, fd);
    try {
      if (!ipv4) {
        socket.option("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY, 1);
      }
      return socket;
    } catch (RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public int descriptor() {
    return fd;
  }

  /**
   * Gives it its own address.
   *
   * @throws SystemCallException among others EADDRINUSE, EADDRNOTAVAIL, EACCES
   */
  public void bind(Sockaddr address) {
    kernel.check("bind", kernel.libc().bind(fd, address.memory().pointer(), address.length()));
  }

  /**
   * Binds to a port of a range that no other socket of the address has, trying each once from the
   * first on, around the end.
   *
   * @return the port
   * @throws SystemCallException EADDRINUSE when all are taken
   */
  public int bindToFreePort(Sockaddr address, int low, int high, int first) {
    int ports = high - low + 1;
    for (int tried = 0; ; tried++) {
      int port = low + (first - low + tried) % ports;
      address.port(port);
      if (kernel.libc().bind(fd, address.memory().pointer(), address.length()) == 0) {
        return port;
      }
      SystemCallException refused = kernel.failure("bind");
      if (refused.errno() != SystemCallException.EADDRINUSE || tried == ports - 1) {
        throw refused;
      }
    }
  }

  /** Sends through and receives from this interface only; also a VRF device. */
  public void bindToDevice(String name) {
    byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
    NativeMemory value = kernel.memory(octets.length + 1);
    for (int i = 0; i < octets.length; i++) {
      value.bytes().put(i, octets[i]);
    }
    kernel.check(
        "SO_BINDTODEVICE " + name,
        kernel.libc().setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, value.pointer(), octets.length));
  }

  /** What it sends has this TTL or hop limit, and goes before ordinary traffic. */
  public void sendAsControl(int ttl) {
    if (ipv4) {
      option("IP_TTL", IPPROTO_IP, IP_TTL, ttl);
      option("IP_TOS", IPPROTO_IP, IP_TOS, NETWORK_CONTROL);
    } else {
      option("IPV6_UNICAST_HOPS", IPPROTO_IPV6, IPV6_UNICAST_HOPS, ttl);
      option("IPV6_TCLASS", IPPROTO_IPV6, IPV6_TCLASS, NETWORK_CONTROL);
    }
  }

  /** With what it receives come the TTL or hop limit, the interface, and our address. */
  public void receiveHeaders() {
    if (ipv4) {
      option("IP_RECVTTL", IPPROTO_IP, IP_RECVTTL, 1);
      option("IP_PKTINFO", IPPROTO_IP, IP_PKTINFO, 1);
    } else {
      option("IPV6_RECVHOPLIMIT", IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
      option("IPV6_RECVPKTINFO", IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    }
  }

  /** Room for so many octets that wait to be read, or as much of it as the system allows. */
  public void receiveBuffer(int octets) {
    NativeMemory value = kernel.memory(Integer.BYTES);
    value.bytes().putInt(0, octets);
    int forced =
        kernel.libc().setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, value.pointer(), Integer.BYTES);
    if (forced != 0) { // it takes CAP_NET_ADMIN to go beyond the system's limit
      option("SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, octets);
    }
  }

  private void option(String name, int level, int option, int value) {
    NativeMemory memory = kernel.memory(Integer.BYTES);
    memory.bytes().putInt(0, value);
    kernel.check(
        name, kernel.libc().setsockopt(fd, level, option, memory.pointer(), Integer.BYTES));
  }

  /** The port that it is bound to. */
  public int localPort() {
    NativeMemory address = kernel.memory(Sockaddr.IPV6_LENGTH);
    NativeMemory length = kernel.memory(Integer.BYTES);
    length.bytes().putInt(0, Sockaddr.IPV6_LENGTH);
    kernel.check("getsockname", kernel.libc().getsockname(fd, address.pointer(), length.pointer()));
    return Sockaddr.portOf(address.bytes(), 0);
  }

  /**
   * Sends the first octets of this memory. Allocates nothing.
   *
   * @return 0, or the errno of the failure
   */
  public int send(NativeMemory data, int length, Sockaddr to) {
    long sent =
        kernel
            .libc()
            .sendto(fd, data.pointer(), length, MSG_DONTWAIT, to.memory().pointer(), to.length());
    return sent < 0 ? kernel.errno() : 0;
  }

  /** Receives what is there, up to the size of the batch; nothing when it fails. */
  public void receive(Datagrams batch) {
    batch.receive(kernel, fd);
  }

  /** Once; nothing is to be called after. */
  @Override
  public void close() {
    kernel.libc().close(fd);
  }
}
