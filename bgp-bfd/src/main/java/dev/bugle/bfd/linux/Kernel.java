package dev.bugle.bfd.linux;

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
   * @throws UnsupportedOperationException when this is not Linux on x86-64 or AArch64, or native
   *     code cannot be used, saying which
   */
  public static Kernel load() {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
      throw new UnsupportedOperationException(
          "BFD needs Linux on x86-64 or AArch64, where the TTL of received packets can be checked"
              + " (RFC 5881 §5); this is "
              + system
              + " on "
              + architecture);
    }
    try {
      return new Kernel(LibraryLoader.create(LibC.class).failImmediately().load("c"));
    } catch (RuntimeException | LinkageError notLoaded) {
      throw new UnsupportedOperationException(
          "BFD cannot use native code here: "
              + notLoaded
              + "; the temporary directory must be writable and allow execution"
              + " (jffi extracts its library there)",
          notLoaded);
    }
  }

  LibC libc() {
    return libc;
  }

  /** New memory of this many octets. */
  public NativeMemory memory(int length) {
    return new NativeMemory(runtime, length);
  }

  /** The reason for the last failure on this thread. */
  int errno() {
    return runtime.getLastError();
  }

  /** The result of a call, unless that is a failure. */
  int check(String call, int result) {
    if (result == -1) {
      throw failure(call);
    }
    return result;
  }

  SystemCallException failure(String call) {
    int errno = errno();
    return new SystemCallException(call, errno, meaning(errno));
  }

  /** What an errno means, in words. */
  public String meaning(int errno) {
    return libc.strerror(errno);
  }

  /**
   * The index of an interface.
   *
   * @throws SystemCallException when there is none of this name
   */
  public int interfaceIndex(String name) {
    int index = libc.if_nametoindex(name);
    if (index == 0) {
      throw new SystemCallException("interface " + name, SystemCallException.ENODEV, "not found");
    }
    return index;
  }
}
