package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.State;

/** The three-way handshake and the tearing down (RFC 5880 §6.2, §6.8.6). */
final class Handshake {

  private Handshake() {}

  /** The state after a packet of the other side that reports its own. */
  static State next(State ours, State theirs) {
    return switch (ours) {
      case ADMIN_DOWN -> State.ADMIN_DOWN;
      case DOWN ->
          switch (theirs) {
            case DOWN -> State.INIT;
            case INIT -> State.UP;
            case ADMIN_DOWN, UP -> State.DOWN;
          };
      case INIT ->
          switch (theirs) {
            case INIT, UP -> State.UP;
            case DOWN -> State.INIT;
            case ADMIN_DOWN -> State.DOWN;
          };
      case UP ->
          switch (theirs) {
            case INIT, UP -> State.UP;
            case ADMIN_DOWN, DOWN -> State.DOWN;
          };
    };
  }
}
