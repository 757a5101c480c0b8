package dev.bugle.bgp.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One conversation with rtnetlink: requests, and what the kernel answers, in the network namespace
 * of the thread that opens it. For one thread; every answer is waited for, which is short.
 */
final class RouteNetlink implements AutoCloseable {

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  private static final int TYPE = 4;
  private static final int FLAGS = 6;
  private static final int SEQUENCE = 8;
  private static final int REQUEST = 0x01;
  private static final int ACKNOWLEDGE = 0x04;
  private static final int DUMP = 0x300;

  /** Together: make it, and do not change what is there. */
  static final int CREATE_NEW = 0x600;

  /** What the kernel puts into one datagram is at most half of this. */
  private static final int BUFFER = 65536;

  private static final int LONGEST_REQUEST = 256;

  /** The kernel answers at once; without this, a fault in that would hold the thread forever. */
  private static final long LONGEST_ANSWER_SECONDS = 5;

  /** A system that changes faster than it can be told is told of as well as may be. */
  private static final int ATTEMPTS = 5;

  private final Kernel kernel;
  private final int fd;
  private final NativeMemory request;
  private final NativeMemory answer;
  private int sequence;

  private RouteNetlink(Kernel kernel, int fd) {
    this.kernel = kernel;
    this.fd = fd;
    this.request = kernel.memory(LONGEST_REQUEST);
    this.answer = kernel.memory(BUFFER);
  }

  static RouteNetlink open(Kernel kernel) {
    int fd = kernel.check("netlink", kernel.libc().socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
    RouteNetlink opened = new RouteNetlink(kernel, fd);
    try {
      kernel.option(fd, "NETLINK_CAP_ACK", SOL_NETLINK, NETLINK_CAP_ACK, 1);
      kernel.option(fd, "NETLINK_EXT_ACK", SOL_NETLINK, NETLINK_EXT_ACK, 1);
      NativeMemory limit = kernel.memory(2 * Long.BYTES); // struct timeval
      limit.bytes().putLong(0, LONGEST_ANSWER_SECONDS);
      kernel.check(
          "SO_RCVTIMEO",
          kernel.libc().setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, limit.pointer(), 2 * Long.BYTES));
      return opened;
    } catch (SystemCallException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Asks for something to be done.
   *
   * @throws SystemCallException when the kernel has not done it, with all that it says of that
   */
  void ask(String name, int type, int flags, Consumer<ByteBuffer> body) {
    send(name, type, REQUEST | ACKNOWLEDGE | flags, body);
    while (true) {
      for (NetlinkMessage message : receive(name)) {
        var said = Acknowledgement.decode(message);
        if (said.isPresent()) {
          succeeded(name, said.get());
          return;
        }
      }
    }
  }

  /**
   * Asks for everything of a kind.
   *
   * @param size of the structure that begins the request, of which all octets are zero
   * @throws SystemCallException when the kernel does not tell it
   */
  <T> List<T> dump(String name, int type, int size, Function<NetlinkMessage, Optional<T>> decoder) {
    List<T> all = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      all.clear();
      send(name, type, REQUEST | DUMP, out -> out.put(new byte[size]));
      if (readDump(name, decoder, all) || attempt == ATTEMPTS) {
        return all;
      }
    }
  }

  /** Whether nothing has changed meanwhile. */
  private <T> boolean readDump(
      String name, Function<NetlinkMessage, Optional<T>> decoder, List<T> all) {
    boolean isConsistent = true;
    while (true) {
      for (NetlinkMessage message : receive(name)) {
        isConsistent &= !message.isInterrupted();
        if (message.type() == NetlinkMessage.DONE) {
          succeeded(name, Acknowledgement.ofEnd(message));
          return isConsistent;
        }
        Acknowledgement.decode(message).ifPresent(said -> succeeded(name, said));
        decoder.apply(message).ifPresent(all::add);
      }
    }
  }

  private void succeeded(String name, Acknowledgement said) {
    if (said.errno() != 0) {
      String meaning = kernel.libc().strerror(said.errno());
      throw new SystemCallException(
          name, said.errno(), said.text().isEmpty() ? meaning : meaning + " (" + said.text() + ")");
    }
  }

  private void send(String name, int type, int flags, Consumer<ByteBuffer> body) {
    ByteBuffer out = request.bytes().clear().position(NetlinkMessage.HEADER);
    body.accept(out);
    int length = out.position();
    out.putInt(0, length)
        .putShort(TYPE, (short) type)
        .putShort(FLAGS, (short) flags)
        .putInt(SEQUENCE, ++sequence)
        .putInt(SEQUENCE + Integer.BYTES, 0);
    kernel.check(name, kernel.libc().write(fd, request.pointer(), length));
  }

  private List<NetlinkMessage> receive(String name) {
    int length = kernel.check(name, kernel.libc().read(fd, answer.pointer(), BUFFER));
    ByteBuffer datagram = answer.bytes().duplicate().order(answer.bytes().order());
    return NetlinkMessage.decode(datagram.position(0).limit(length));
  }

  @Override
  public void close() {
    kernel.libc().close(fd);
  }
}
