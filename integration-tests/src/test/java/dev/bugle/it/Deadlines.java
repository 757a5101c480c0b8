package dev.bugle.it;

import java.time.Duration;

/**
 * How long the tests wait for what must happen. A deadline is generous: it costs time only when a
 * test fails.
 */
final class Deadlines {

  /** A daemon answers its own command line tool. */
  static final Duration START = Duration.ofSeconds(15);

  /** A session is established; GoBGP alone takes up to 7.5 s between two attempts to connect. */
  static final Duration SESSION = Duration.ofSeconds(30);

  /** A route or a withdrawal has travelled over an established session. */
  static final Duration ROUTE = Duration.ofSeconds(10);

  private Deadlines() {}
}
