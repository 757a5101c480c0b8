package dev.bugle.bfd.linux;

/** The kernel has refused a call. */
public final class SystemCallException extends RuntimeException {

  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Address already in use. */
  public static final int EADDRINUSE = 98;

  /** Cannot assign requested address. */
  public static final int EADDRNOTAVAIL = 99;

  private static final long serialVersionUID = 1;

  private final int errno;

  SystemCallException(String call, int errno, String meaning) {
    super(call + ": " + meaning);
    this.errno = errno;
  }

  /** The reason, as the kernel numbers it. */
  public int errno() {
    return errno;
  }
}
