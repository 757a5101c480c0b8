package dev.bugle.bgp;

import io.netty.channel.ChannelException;
import java.util.Map;

/** A protection that is configured cannot be had; the message says which one, why, what to do. */
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

  ProtectionException(String protection, String cause) {
    super("cannot apply " + protection + ": " + cause);
    this.text = "cannot apply " + protection + ": " + cause;
  }

  /** The message. */
  String text() {
    return text;
  }

  static ProtectionException of(String protection, String option, ChannelException refused) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    String found = String.valueOf(cause.getMessage());
    String advice =
        ADVICE.entrySet().stream()
            .filter(entry -> found.contains(entry.getKey()))
            .map(entry -> "; " + entry.getValue())
            .findFirst()
            .orElse("");
    return new ProtectionException(protection, option + ": " + found + advice);
  }
}
