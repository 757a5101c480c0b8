package dev.bugle.bgp.linux;

import java.util.Optional;

/** Lets one thread wait for a socket or for time, and any other thread end that wait. */
public final class Wakeup implements AutoCloseable {

  private static final int EFD_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;

  // struct pollfd
  private static final int ENTRY = 8;
  private static final int EVENTS = 4;

  private final Kernel kernel;
  private final int fd;

  private Wakeup(Kernel kernel, int fd) {
    this.kernel = kernel;
    this.fd = fd;
  }

  /** Opens one. */
  public static Wakeup open(Kernel kernel) {
    return new Wakeup(
        kernel, kernel.check("eventfd", kernel.libc().eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)));
  }

  /** Returns when the socket has something, when woken, or when the time is over. */
  public void await(Optional<? extends Descriptor> socket, int milliseconds) {
    NativeMemory entries = kernel.memory(2 * ENTRY);
    entries.bytes().putInt(0, fd).putShort(EVENTS, POLLIN);
    // poll(2) passes over a negative descriptor.
    entries
        .bytes()
        .putInt(ENTRY, socket.map(Descriptor::descriptor).orElse(-1))
        .putShort(ENTRY + EVENTS, POLLIN);
    kernel.libc().poll(entries.pointer(), 2, milliseconds);
    kernel.libc().read(fd, kernel.memory(Long.BYTES).pointer(), Long.BYTES);
  }

  /** Ends the wait, or the next one. From any thread, before it is closed. */
  public void wake() {
    NativeMemory one = kernel.memory(Long.BYTES);
    one.bytes().putLong(0, 1);
    kernel.libc().write(fd, one.pointer(), Long.BYTES);
  }

  @Override
  public void close() {
    kernel.libc().close(fd);
  }
}
