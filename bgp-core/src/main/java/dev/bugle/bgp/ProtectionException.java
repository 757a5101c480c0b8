package dev.bugle.bgp;

import io.netty.channel.ChannelException;
import java.util.Map;

/**
 * A protection that is configured cannot be had, or keeps a connection out; the message says which
 * one, why, and what to do.
 */
final class ProtectionException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  /** What to do about an error of the system, by what its text has in it. */
  private static final Map<String, String> ADVICE =
      Map.of(
          "Protocol not available",
          "the kernel was built without it, or is too old: use another kernel, or remove it here"
              + " and at the router",
          "Operation not permitted",
          "it needs root or the capability CAP_NET_RAW",
          "No such device",
          "there is no interface of this name; see `ip link`");

  private final String text;

  private ProtectionException(String text) {
    super(text);
    this.text = text;
  }

  /** It cannot be had. */
  static ProtectionException cannotApply(String protection, String cause) {
    return new ProtectionException("cannot apply " + protection + ": " + cause);
  }

  /** It is there, and does what it is for. */
  static ProtectionException keepsOut(String protection, String cause) {
    return new ProtectionException(protection + " keeps it out: " + cause);
  }

  /** The message, which is never null. */
  String text() {
    return text;
  }

  /** The system does not take the option. */
  static ProtectionException of(String protection, String option, ChannelException refused) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    String found = String.valueOf(cause.getMessage());
    String advice =
        ADVICE.entrySet().stream()
            .filter(entry -> found.contains(entry.getKey()))
            .map(entry -> "; " + entry.getValue())
            .findFirst()
            .orElse("");
    return cannotApply(protection, option + ": " + found + advice);
  }
}
