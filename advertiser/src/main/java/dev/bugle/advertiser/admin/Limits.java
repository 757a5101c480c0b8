package dev.bugle.advertiser.admin;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a client may use of this side.
 *
 * @param idle how long a connection may be open without a request
 * @param request how long a request may take to come in, from its first byte to its last
 * @param handling how long a handler may take
 * @param answer how long the client may take to read an answer
 * @param connections how many may be open
 */
record Limits(
    Duration idle, Duration request, Duration handling, Duration answer, int connections) {

  static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          2048);

  private static final int FEWEST_CONNECTIONS = 16;

  /** The default, but not more than half of the files that this process may open. */
  static Limits within(OptionalLong openFiles) {
    long most =
        Math.max(
            FEWEST_CONNECTIONS,
            Math.min(DEFAULT.connections, openFiles.orElse(Long.MAX_VALUE) / 2));
    return new Limits(
        DEFAULT.idle, DEFAULT.request, DEFAULT.handling, DEFAULT.answer, Math.toIntExact(most));
  }

  /** The longest body of a request. */
  static final int MAX_BODY = 64 * 1024;

  /** The longest line that begins a request, and all of its header fields together. */
  static final int MAX_LINE = 4096;

  static final int MAX_HEADERS = 8192;

  /** How much may lie in memory of bodies and answers of all connections together. */
  static final long MAX_MEMORY = 16L * 1024 * 1024;

  /** Answers up to this do not count, so that probes are answered whatever others do. */
  static final int SMALL_ANSWER = 4096;

  /** How many requests a client may send ahead, in parts of which each has two or more. */
  static final int MAX_AHEAD = 32;

  /** How long what is sent after a refusal is thrown away, so that the refusal can be read. */
  static final Duration LINGER = Duration.ofSeconds(1);

  /** How often a stream of events says that it is there. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
}
