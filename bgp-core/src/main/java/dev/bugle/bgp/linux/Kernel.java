package dev.bugle.bgp.linux;

import java.util.List;
import java.util.Locale;
import jnr.ffi.LibraryLoader;

/** The way to the system calls of this machine. Thread-safe. */
public final class Kernel {

  private static final List<String> ARCHITECTURES = List.of("amd64", "x86_64", "aarch64");

  private final LibC libc;
  private final jnr.ffi.Runtime runtime;

  private Kernel(LibC libc) {
    this.libc = libc;
    this.runtime = jnr.ffi.Runtime.getRuntime(libc);
  }

  /**
   * Binds the C library.
   *
   * @param purpose what it is for, which begins the sentence that says where that is possible
   * @throws UnsupportedOperationException when this is not Linux on x86-64 or AArch64, or native
   *     code cannot be used, saying which
   */
  public static Kernel load(String purpose) {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
      throw new UnsupportedOperationException(
          purpose
              + " is possible on Linux on x86-64 or AArch64 only; this is "
              + system
              + " on "
              + architecture);
    }
    try {
      return new Kernel(LibraryLoader.create(LibC.class).failImmediately().load("c"));
    } catch (RuntimeException | LinkageError notLoaded) {
      throw new UnsupportedOperationException(
          "native code cannot be used here: "
              + notLoaded
              + "; the temporary directory must be writable and allow execution"
              + " (jffi extracts its library there)",
          notLoaded);
    }
  }

  LibC libc() {
    return libc;
  }

  NativeMemory memory(int length) {
    return new NativeMemory(runtime, length);
  }

  /** The result of a call, unless that is a failure. */
  int check(String call, long result) {
    if (result == -1) {
      int errno = runtime.getLastError();
      throw new SystemCallException(call, errno, libc.strerror(errno));
    }
    return (int) result;
  }

  /** Sets an option of a socket to a number. */
  void option(int fd, String name, int level, int option, int value) {
    NativeMemory memory = memory(Integer.BYTES);
    memory.bytes().putInt(0, value);
    check(name, libc.setsockopt(fd, level, option, memory.pointer(), Integer.BYTES));
  }
}
