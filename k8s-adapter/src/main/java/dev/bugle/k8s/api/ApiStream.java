package dev.bugle.k8s.api;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** An answer that is read while it comes. For one thread. */
public final class ApiStream implements AutoCloseable {

  private final int code;
  private final Optional<Duration> retryAfter;
  private final StreamBody body;
  private final Runnable end;
  private boolean closed;

  /** Of an answer whose head has come. */
  ApiStream(int code, Optional<Duration> retryAfter, StreamBody body, Runnable end) {
    this.code = code;
    this.retryAfter = retryAfter;
    this.body = body;
    this.end = end;
  }

  /** The status of HTTP. */
  public int code() {
    return code;
  }

  /** How long the server wants to be left alone, if it says so. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /**
   * The body. A read waits until something has come, but not longer than the answer may take; then,
   * when the connection breaks, and beyond what {@link #allow} has allowed, it throws an exception
   * whose message is for people.
   */
  public InputStream body() {
    return body;
  }

  /** From what has been read, the body may go on for so many octets, and not more. */
  public void allow(int octets) {
    body.allow(octets);
  }

  /** Ends the connection if the answer is not complete. May be called again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      end.run();
    }
  }
}
