package dev.bugle.bgp.wire;

/**
 * A fault in what a peer sent. It carries the {@link BgpError} that answers it in a NOTIFICATION,
 * and a text for the log. It has no stack trace: it is an answer, not an accident.
 */
public final class BgpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient BgpError error;
  private final String found;

  /** A fault, with the error that answers it and what was found, for people. */
  public BgpException(BgpError error, String found) {
    super(found, null, false, false);
    this.error = error;
    this.found = found;
  }

  /** Code, subcode and data of the NOTIFICATION to send. */
  public BgpError error() {
    return error;
  }

  /** What was found, for people. */
  public String found() {
    return found;
  }
}
