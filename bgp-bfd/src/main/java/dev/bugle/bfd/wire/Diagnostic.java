package dev.bugle.bfd.wire;

import java.util.List;

/**
 * Why a session last left the state UP (RFC 5880 §4.1). An open registry of five bits.
 *
 * @param code 0 to 31
 */
public record Diagnostic(int code) {

  /** It has not. */
  public static final Diagnostic NONE = new Diagnostic(0);

  /** Nothing was heard for the Detection Time. */
  public static final Diagnostic CONTROL_DETECTION_TIME_EXPIRED = new Diagnostic(1);

  /** The echo packets did not come back. */
  public static final Diagnostic ECHO_FUNCTION_FAILED = new Diagnostic(2);

  /** The other side said that its session is down. */
  public static final Diagnostic NEIGHBOR_SIGNALED_SESSION_DOWN = new Diagnostic(3);

  /** Our forwarding plane was reset. */
  public static final Diagnostic FORWARDING_PLANE_RESET = new Diagnostic(4);

  /** The path is known to be down by other means. */
  public static final Diagnostic PATH_DOWN = new Diagnostic(5);

  /** Our operator holds it down. */
  public static final Diagnostic ADMINISTRATIVELY_DOWN = new Diagnostic(7);

  private static final List<String> NAMES =
      List.of(
          "no diagnostic",
          "control detection time expired",
          "echo function failed",
          "neighbor signaled session down",
          "forwarding plane reset",
          "path down",
          "concatenated path down",
          "administratively down",
          "reverse concatenated path down");

  /** Checks the range. */
  public Diagnostic {
    if (code < 0 || code > 31) {
      throw new IllegalArgumentException("diagnostic " + code + " is not in 0 to 31");
    }
  }

  /** The name in the RFC, or the number. */
  @Override
  public String toString() {
    return code < NAMES.size() ? NAMES.get(code) : "diagnostic " + code;
  }
}
