package dev.bugle.bfd.linux;

import java.nio.ByteBuffer;

/** Waits, on one thread, for datagrams, for a time, or for another thread that calls. */
public final class Poller implements AutoCloseable {

  private static final int EFD_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;
  private static final int POLLFD = 8;
  private static final int EVENTS = 4;
  private static final int RETURNED = 6;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private final Kernel kernel;
  private final int wakeUp;
  private final NativeMemory one;
  private final NativeMemory counter;
  private final NativeMemory timeout;
  private NativeMemory descriptors;
  private int count;

  /** Nothing to wait for yet but a call. */
  public Poller(Kernel kernel) {
    this.kernel = kernel;
    this.wakeUp = kernel.check("eventfd", kernel.libc().eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    this.one = kernel.memory(Long.BYTES);
    this.counter = kernel.memory(Long.BYTES);
    this.timeout = kernel.memory(2 * Long.BYTES);
    this.descriptors = kernel.memory(0);
    one.bytes().putLong(0, 1);
    watch();
  }

  /** From now on waits for these sockets, in place of the former ones. */
  public void watch(Descriptor... sockets) {
    count = sockets.length + 1;
    descriptors = kernel.memory(count * POLLFD);
    put(0, wakeUp);
    for (int i = 0; i < sockets.length; i++) {
      put(i + 1, sockets[i].descriptor());
    }
  }

  private void put(int index, int fd) {
    ByteBuffer bytes = descriptors.bytes();
    bytes.putInt(index * POLLFD, fd);
    bytes.putShort(index * POLLFD + EVENTS, POLLIN);
  }

  /** Returns when it was called, or after this time; what arrives in a socket can wait. */
  public void rest(long nanos) {
    await(nanos, 1);
  }

  /** Returns when something is to be read, when it was called, or after this time. */
  public void await(long nanos) {
    await(nanos, count);
  }

  private void await(long nanos, int descriptorCount) {
    timeout.bytes().putLong(0, nanos / NANOS_PER_SECOND);
    timeout.bytes().putLong(Long.BYTES, nanos % NANOS_PER_SECOND);
    // After an interruption (EINTR) the caller shall look at everything.
    if (kernel.libc().ppoll(descriptors.pointer(), descriptorCount, timeout.pointer(), null) < 0) {
      for (int i = 0; i < count; i++) {
        descriptors.bytes().putShort(i * POLLFD + RETURNED, POLLIN);
      }
    }
  }

  /** Whether something waited in this socket, by its place in {@link #watch}, when it returned. */
  public boolean isReadable(int place) {
    return descriptors.bytes().getShort((place + 1) * POLLFD + RETURNED) != 0;
  }

  /** Whether it was called since this was last asked. */
  public boolean wasCalled() {
    if (descriptors.bytes().getShort(RETURNED) == 0) {
      return false;
    }
    kernel.libc().read(wakeUp, counter.pointer(), Long.BYTES);
    return true;
  }

  /** From any thread: ends the wait that is going on, or the next one. */
  public void call() {
    kernel.libc().write(wakeUp, one.pointer(), Long.BYTES);
  }

  /** Once no thread waits or calls any more. */
  @Override
  public void close() {
    kernel.libc().close(wakeUp);
  }
}
