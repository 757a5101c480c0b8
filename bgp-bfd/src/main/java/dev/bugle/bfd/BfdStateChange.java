package dev.bugle.bfd;

import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;

/**
 * A session has come from one state to another.
 *
 * @param from the state before
 * @param to the state now
 * @param diagnostic why it failed or was held down; none when it came UP
 * @param isFailure whether the path has failed, so that what depends on it must end (RFC 5882
 *     §3.2): false when either side has only switched BFD off
 * @param silence since the last accepted packet; zero when none was received
 * @param ownDelay by how much this process was late within that time at the worst: what it was late
 *     cannot be blamed on the other side
 */
public record BfdStateChange(
    State from,
    State to,
    Diagnostic diagnostic,
    boolean isFailure,
    Duration silence,
    Duration ownDelay) {

  /** Whether an UP session has failed because nothing was received for the Detection Time. */
  public boolean isSilence() {
    return from == State.UP && diagnostic.equals(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
  }

  /** The cause, for people; empty when there is none to tell. */
  public String cause() {
    if (isSilence()) {
      return "%s: nothing received for %.1f ms (own delay %.1f ms)"
          .formatted(diagnostic, silence.toNanos() / 1e6, ownDelay.toNanos() / 1e6);
    }
    return diagnostic.equals(Diagnostic.NONE) ? "" : diagnostic.toString();
  }
}
