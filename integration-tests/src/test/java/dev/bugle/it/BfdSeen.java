package dev.bugle.it;

import java.time.Duration;

/**
 * What a router says of its BFD session with Bugle.
 *
 * @param transmitInterval at which it sends while UP
 * @param detectionTime how long it bears Bugle's silence
 * @param details its own words, for a failure's message
 */
record BfdSeen(State state, Duration transmitInterval, Duration detectionTime, String details) {

  /** The states of RFC 5880 §6.2, and that there is no session. */
  enum State {
    ABSENT,
    ADMIN_DOWN,
    DOWN,
    INIT,
    UP
  }

  static BfdSeen absent(String details) {
    return new BfdSeen(State.ABSENT, Duration.ZERO, Duration.ZERO, details);
  }

  boolean isUp() {
    return state == State.UP;
  }
}
