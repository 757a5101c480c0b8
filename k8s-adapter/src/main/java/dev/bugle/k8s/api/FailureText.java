package dev.bugle.k8s.api;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;

/** Failures of the HTTP client, for people: some of its exceptions have no message. */
final class FailureText {

  private static final int LONGEST = 300;

  private FailureText() {}

  /** Why that server gave no answer. */
  static String of(String server, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the name of " + server + " cannot be resolved";
      }
      if (cause instanceof ConnectException && cause.getMessage() == null) {
        return server + " cannot be reached";
      }
      if (cause instanceof HttpTimeoutException) {
        return server + " did not answer in time";
      }
      if (cause instanceof ClosedChannelException) {
        return server + " ended the connection";
      }
    }
    return server + " gave no answer: " + of(failure);
  }

  /** The innermost message there is. */
  static String of(Throwable failure) {
    String text = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text = cause.getMessage() == null ? text : cause.toString();
    }
    text = text.replaceAll("\\p{Cntrl}+\\s*", " "); // Those of parsers have several lines.
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
