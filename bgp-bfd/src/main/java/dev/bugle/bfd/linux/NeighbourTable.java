package dev.bugle.bfd.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The system's table of neighbours (rtnetlink, RTM_GETNEIGH): ARP and Neighbor Discovery. */
public final class NeighbourTable {

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int BUFFER = 65536;

  // struct nlmsghdr
  private static final int HEADER = 16;
  private static final int TYPE = 4;
  private static final int FLAGS = 6;
  private static final int NLM_F_REQUEST_DUMP = 0x301;
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_GETNEIGH = 30;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;

  // struct ndmsg, behind the header
  private static final int NDMSG = 12;
  private static final int NDM_INTERFACE = 4;

  // struct rtattr
  private static final int ATTRIBUTE = 4;
  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;

  private final Kernel kernel;

  /** Of this network namespace. */
  public NeighbourTable(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * The hardware address of a neighbour, six octets; empty while the system does not know it.
   *
   * @throws SystemCallException when the table cannot be read
   */
  public Optional<byte[]> find(int interfaceIndex, InetAddress neighbour) {
    int fd = kernel.check("netlink", kernel.libc().socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
    try {
      NativeMemory request = kernel.memory(HEADER + NDMSG);
      request.bytes().putInt(0, HEADER + NDMSG);
      request.bytes().putShort(TYPE, (short) RTM_GETNEIGH);
      request.bytes().putShort(FLAGS, (short) NLM_F_REQUEST_DUMP);
      kernel.check(
          "RTM_GETNEIGH", (int) kernel.libc().write(fd, request.pointer(), HEADER + NDMSG));
      return search(fd, interfaceIndex, neighbour.getAddress());
    } finally {
      kernel.libc().close(fd);
    }
  }

  private Optional<byte[]> search(int fd, int interfaceIndex, byte[] address) {
    NativeMemory answer = kernel.memory(BUFFER);
    Optional<byte[]> found = Optional.empty();
    while (true) {
      int length = kernel.check("netlink", (int) kernel.libc().read(fd, answer.pointer(), BUFFER));
      ByteBuffer bytes = answer.bytes();
      for (int at = 0; at + HEADER <= length; ) {
        int size = bytes.getInt(at);
        int type = bytes.getShort(at + TYPE);
        if (type == NLMSG_DONE || type == NLMSG_ERROR || size < HEADER || at + size > length) {
          return found;
        }
        if (type == RTM_NEWNEIGH && bytes.getInt(at + HEADER + NDM_INTERFACE) == interfaceIndex) {
          int end = at + size;
          byte[] hardware = hardwareAddress(bytes, at + HEADER + NDMSG, end, address);
          found = hardware.length == 6 ? Optional.of(hardware) : found;
        }
        at += (size + 3) & ~3;
      }
    }
  }

  /** The hardware address in an entry for this address; empty in any other. */
  private static byte[] hardwareAddress(ByteBuffer bytes, int start, int end, byte[] address) {
    byte[] hardware = {};
    boolean matches = false;
    for (int at = start; at + ATTRIBUTE <= end; ) {
      int size = Short.toUnsignedInt(bytes.getShort(at));
      if (size < ATTRIBUTE || at + size > end) {
        break;
      }
      byte[] value = new byte[size - ATTRIBUTE];
      bytes.get(at + ATTRIBUTE, value);
      int kind = bytes.getShort(at + 2);
      if (kind == NDA_DST) {
        matches = Arrays.equals(value, address);
      } else if (kind == NDA_LLADDR) {
        hardware = value;
      }
      at += (size + 3) & ~3;
    }
    return matches ? hardware : new byte[0];
  }
}
