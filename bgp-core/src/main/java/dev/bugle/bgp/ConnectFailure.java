package dev.bugle.bgp;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;

/** Says why a connection to a peer was not made, and what whoever runs it may look at. */
record ConnectFailure(PeerConfig peer, boolean external) {

  String text(Throwable cause) {
    return cause instanceof ProtectionException refused
        ? refused.text()
        : "cannot connect to "
            + peer.address()
            + " port "
            + peer.transport().port()
            + ": "
            + reason(cause);
  }

  private String reason(Throwable cause) {
    String found = String.valueOf(cause.getMessage());
    if (cause instanceof ConnectTimeoutException || found.contains("timed out")) {
      return "no answer" + silence();
    }
    if (found.contains("Connection refused")) {
      return "connection refused; does BGP run on the router, and is it told of this peer?";
    }
    if (found.contains("Cannot assign requested address")) {
      return peer.transport()
          .localAddress()
          .map(own -> "the local address " + own + " is not one of this host")
          .orElse(found);
    }
    if (found.contains("unreachable") || found.contains("No route to host")) {
      return withoutCall(found)
          + "; is the address right, and is there a route to it?"
          + distance();
    }
    return cause instanceof IOException ? withoutCall(found) : cause.toString();
  }

  /** What does not fit is dropped without an answer, by both systems: so this is all there is. */
  private String silence() {
    StringBuilder hints = new StringBuilder("; is the address right, and is the port open?");
    peer.transport()
        .authentication()
        .ifPresentOrElse(
            authentication ->
                hints
                    .append(" With a key of ")
                    .append(authentication)
                    .append(
                        " on one side only, or different keys, packets are dropped silently:"
                            + " compare the keys."),
            () ->
                hints.append(
                    " If the router has a password for this session, it drops packets silently:"
                        + " set it here, too."));
    return hints.append(distance()).toString();
  }

  private String distance() {
    TtlRule rule = peer.transport().ttl();
    if (rule instanceof TtlRule.Security security) {
      return " With TTL security, what comes from more than "
          + security.hops()
          + " hop(s) away, or was not sent with TTL 255, is dropped: has the router TTL security,"
          + " too?";
    }
    return rule instanceof TtlRule.ByRelation && external
        ? " If it is more than one hop away, set multihop."
        : "";
  }

  /** Netty puts the system call before the text of the error: {@code connect(..) failed: }. */
  private static String withoutCall(String found) {
    return found.replaceFirst("^[a-zA-Z]+\\(\\.\\.\\)( failed)?(?: with error\\([^)]*\\))?: ", "");
  }
}
