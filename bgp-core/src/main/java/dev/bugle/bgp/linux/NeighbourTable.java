package dev.bugle.bgp.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The system's table of IPv6 neighbours (rtnetlink, RTM_GETNEIGH). Needs no rights. */
public final class NeighbourTable {

  private static final int AF_NETLINK = 16;
  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int BUFFER = 65536;

  private static final int TYPE = 4;
  private static final int FLAGS = 6;
  private static final int NLM_F_REQUEST_DUMP = 0x301;
  private static final int RTM_GETNEIGH = 30;

  private final Kernel kernel;
  private final NativeMemory answer;

  /** Of this network namespace. */
  public NeighbourTable(Kernel kernel) {
    this.kernel = kernel;
    this.answer = kernel.memory(BUFFER);
  }

  /**
   * All that is in it now.
   *
   * @throws SystemCallException when the table cannot be read
   */
  public List<Neighbour> read() {
    int fd = kernel.check("netlink", kernel.libc().socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
    try {
      int length = NeighbourDump.HEADER + NeighbourDump.NDMSG;
      NativeMemory request = kernel.memory(length);
      request.bytes().putInt(0, length);
      request.bytes().putShort(TYPE, (short) RTM_GETNEIGH);
      request.bytes().putShort(FLAGS, (short) NLM_F_REQUEST_DUMP);
      request.bytes().put(NeighbourDump.HEADER, (byte) AF_INET6);
      kernel.check("RTM_GETNEIGH", kernel.libc().write(fd, request.pointer(), length));
      return answers(fd);
    } finally {
      kernel.libc().close(fd);
    }
  }

  private List<Neighbour> answers(int fd) {
    List<Neighbour> all = new ArrayList<>();
    while (true) {
      int length = kernel.check("netlink", kernel.libc().read(fd, answer.pointer(), BUFFER));
      ByteBuffer datagram = answer.bytes().duplicate().order(answer.bytes().order());
      NeighbourDump dump = NeighbourDump.decode(datagram.position(0).limit(length));
      all.addAll(dump.neighbours());
      if (dump.isLast() || length == 0) {
        return all;
      }
    }
  }
}
