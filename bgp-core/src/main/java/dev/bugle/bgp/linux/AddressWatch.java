package dev.bugle.bgp.linux;

/**
 * Hears that interfaces or their addresses have changed, and not how: who hears it reads them anew.
 * So it does not matter that the kernel drops notices when there are many. For one thread.
 */
public final class AddressWatch implements Descriptor, AutoCloseable {

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  // struct sockaddr_nl
  private static final int ADDRESS = 12;
  private static final int GROUPS = 8;
  private static final int LINK = 1;
  private static final int IPV4_ADDRESS = 0x10;
  private static final int IPV6_ADDRESS = 0x100;

  private static final int BUFFER = 65536;

  /** Notices, before what they are about is looked at. */
  private static final int MAX_AT_ONCE = 1000;

  private final Kernel kernel;
  private final int fd;
  private final NativeMemory notice;

  private AddressWatch(Kernel kernel, int fd) {
    this.kernel = kernel;
    this.fd = fd;
    this.notice = kernel.memory(BUFFER);
  }

  /**
   * Begins to listen, in the network namespace of the calling thread. Needs no rights.
   *
   * @throws SystemCallException when that is not possible
   */
  public static AddressWatch open(Kernel kernel) {
    int fd =
        kernel.check(
            "netlink",
            kernel.libc().socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    AddressWatch watch = new AddressWatch(kernel, fd);
    NativeMemory address = kernel.memory(ADDRESS);
    address
        .bytes()
        .putShort(0, (short) AF_NETLINK)
        .putInt(GROUPS, LINK | IPV4_ADDRESS | IPV6_ADDRESS);
    try {
      kernel.check("bind to netlink", kernel.libc().bind(fd, address.pointer(), ADDRESS));
      return watch;
    } catch (SystemCallException e) {
      watch.close();
      throw e;
    }
  }

  /** Whether anything has changed since this was called last. */
  public boolean hasChanged() {
    boolean changed = false;
    for (int i = 0; i < MAX_AT_ONCE; i++) {
      try {
        kernel.check("netlink", kernel.libc().read(fd, notice.pointer(), BUFFER));
        changed = true;
      } catch (SystemCallException failed) {
        if (failed.isNothingThere()) {
          return changed;
        }
        changed = true; // Notices were dropped, ENOBUFS.
      }
    }
    return changed;
  }

  @Override
  public int descriptor() {
    return fd;
  }

  @Override
  public void close() {
    kernel.libc().close(fd);
  }
}
