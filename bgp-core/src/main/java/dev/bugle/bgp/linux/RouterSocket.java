package dev.bugle.bgp.linux;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Hears the Router Advertisements of all links, and sends our own. Needs CAP_NET_RAW. Sending and
 * closing are for one thread, the one that receives.
 */
public final class RouterSocket implements AutoCloseable, Descriptor {

  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MULTICAST_HOPS = 18;
  private static final int IPV6_MULTICAST_LOOP = 19;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int ICMP6_FILTER = 1;
  private static final int FILTER_WORDS = 8;

  /** The group of all nodes of a link, and that of its routers: ff02::1 and ff02::2. */
  private static final byte ALL_NODES = 1;

  private static final byte ALL_ROUTERS = 2;

  private static final int PAYLOAD = 1500;
  private static final int CONTROL = 64;

  // struct sockaddr_in6
  private static final int NAME = 28;
  private static final int NAME_ADDRESS = 8;
  private static final int NAME_SCOPE = 24;

  // struct msghdr
  private static final int HEADER = 56;
  private static final int IOVEC = 16;

  // struct cmsghdr
  private static final int CONTROL_HEADER = 16;

  private final Kernel kernel;
  private final int fd;
  private final NativeMemory payload;
  private final NativeMemory name;
  private final NativeMemory control;
  private final NativeMemory iovec;
  private final NativeMemory header;

  private RouterSocket(Kernel kernel, int fd) {
    this.kernel = kernel;
    this.fd = fd;
    this.payload = kernel.memory(PAYLOAD);
    this.name = kernel.memory(NAME);
    this.control = kernel.memory(CONTROL);
    this.iovec = kernel.memory(IOVEC);
    this.header = kernel.memory(HEADER);
  }

  /**
   * Opens one.
   *
   * @throws SystemCallException {@link SystemCallException#isForbidden} without CAP_NET_RAW
   */
  public static RouterSocket open(Kernel kernel) {
    int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
    int fd =
        kernel.check("raw ICMPv6 socket", kernel.libc().socket(AF_INET6, type, IPPROTO_ICMPV6));
    RouterSocket socket = new RouterSocket(kernel, fd);
    try {
      socket.passOnly(RouterAdvertisement.ADVERTISEMENT);
      kernel.option(fd, "IPV6_RECVHOPLIMIT", IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
      kernel.option(fd, "IPV6_MULTICAST_HOPS", IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 255);
      kernel.option(fd, "IPV6_MULTICAST_LOOP", IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
      return socket;
    } catch (RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  /** RFC 3542 §3.2: a set bit blocks its type. */
  private void passOnly(int type) {
    NativeMemory filter = kernel.memory(FILTER_WORDS * Integer.BYTES);
    for (int word = 0; word < FILTER_WORDS; word++) {
      int blocked = word == type >>> 5 ? ~(1 << (type & 31)) : -1;
      filter.bytes().putInt(word * Integer.BYTES, blocked);
    }
    kernel.check(
        "ICMP6_FILTER",
        kernel
            .libc()
            .setsockopt(
                fd, IPPROTO_ICMPV6, ICMP6_FILTER, filter.pointer(), FILTER_WORDS * Integer.BYTES));
  }

  @Override
  public int descriptor() {
    return fd;
  }

  /**
   * Takes a message that was received; empty when there is none, or when it is not sound.
   *
   * @throws SystemCallException when the socket is broken
   */
  public Optional<RouterAdvertisement> receive() {
    prepare();
    int length;
    try {
      length = kernel.check("recvmsg", kernel.libc().recvmsg(fd, header.pointer(), 0));
    } catch (SystemCallException failed) {
      if (failed.isNothingThere()) {
        return Optional.empty();
      }
      throw failed;
    }
    ByteBuffer message = payload.bytes().duplicate().position(0).limit(length);
    return RouterAdvertisement.decode(
        source(), name.bytes().getInt(NAME_SCOPE), hopLimit(), message);
  }

  /** Where the kernel has written how much there is, it is told again how much room there is. */
  private void prepare() {
    iovec.bytes().putLong(0, payload.address()).putLong(8, PAYLOAD);
    header
        .bytes()
        .putLong(0, name.address())
        .putInt(8, NAME)
        .putLong(16, iovec.address())
        .putLong(24, 1)
        .putLong(32, control.address())
        .putLong(40, CONTROL)
        .putInt(48, 0);
  }

  private Inet6Address source() {
    byte[] octets = new byte[16];
    name.bytes().get(NAME_ADDRESS, octets);
    try {
      return Inet6Address.getByAddress("", octets, name.bytes().getInt(NAME_SCOPE));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("16 octets are an address", impossible);
    }
  }

  /** -1 when the kernel does not say. */
  private int hopLimit() {
    ByteBuffer bytes = control.bytes();
    long length = Math.min(header.bytes().getLong(40), CONTROL);
    if (length < CONTROL_HEADER + Integer.BYTES
        || bytes.getInt(8) != IPPROTO_IPV6
        || bytes.getInt(12) != IPV6_HOPLIMIT) {
      return -1; // nothing else was asked for
    }
    return bytes.getInt(CONTROL_HEADER);
  }

  /**
   * Tells all nodes of a link.
   *
   * @throws SystemCallException when it cannot be sent, as while the interface is down
   */
  public void advertise(int interfaceIndex, byte[] advertisement) {
    send(interfaceIndex, ALL_NODES, advertisement);
  }

  /**
   * Asks the routers of a link.
   *
   * @throws SystemCallException when it cannot be sent, as while the interface is down
   */
  public void solicit(int interfaceIndex, byte[] solicitation) {
    send(interfaceIndex, ALL_ROUTERS, solicitation);
  }

  private void send(int interfaceIndex, byte group, byte[] message) {
    NativeMemory data = kernel.memory(message.length);
    data.bytes().put(0, message);
    NativeMemory to = kernel.memory(NAME);
    to.bytes()
        .putShort(0, (short) AF_INET6)
        .put(NAME_ADDRESS, (byte) 0xff)
        .put(NAME_ADDRESS + 1, (byte) 0x02)
        .put(NAME_ADDRESS + 15, group)
        .putInt(NAME_SCOPE, interfaceIndex);
    kernel.check(
        "sendto", kernel.libc().sendto(fd, data.pointer(), message.length, 0, to.pointer(), NAME));
  }

  @Override
  public void close() {
    kernel.libc().close(fd);
  }
}
