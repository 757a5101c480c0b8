package dev.bugle.bgp.linux;

/** The kernel has refused a call. */
public final class SystemCallException extends RuntimeException {

  private static final int EPERM = 1;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EEXIST = 17;
  private static final int ENODEV = 19;
  private static final int EADDRNOTAVAIL = 99;

  private static final long serialVersionUID = 1;

  private final int errno;

  SystemCallException(String call, int errno, String meaning) {
    super(call + ": " + meaning);
    this.errno = errno;
  }

  /** Whether this process lacks the right to do it. */
  public boolean isForbidden() {
    return errno == EPERM || errno == EACCES;
  }

  /** Whether it takes a capability that this process does not have. */
  public boolean isBeyondCapabilities() {
    return errno == EPERM;
  }

  /** Whether what was to be made is there. */
  public boolean isAlreadyThere() {
    return errno == EEXIST;
  }

  /** Whether there is no such address, or no such interface. */
  public boolean isNotThere() {
    return errno == EADDRNOTAVAIL || errno == ENODEV;
  }

  /** Whether there was nothing to read. */
  boolean isNothingThere() {
    return errno == EAGAIN;
  }
}
