package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.time.Duration;

/** What the driver shall do, in the order of the list. */
public sealed interface Action {

  /** Send this packet now. */
  record Transmit(ControlPacket packet) implements Action {}

  /**
   * Send the next periodic packet an interval after the last {@link Transmit} without the Final
   * bit, at once if that is past or if there was none. The interval is drawn anew for each packet,
   * evenly between 75 % of this one and the bound (RFC 5880 §6.8.7). Replaces a timer that runs;
   * because it does not count from now, replacing it often puts no packet off.
   *
   * @param interval unjittered
   * @param percentAtMost 100, or 90 with a multiplier of 1
   */
  record StartTransmitTimer(Duration interval, int percentAtMost) implements Action {}

  /** Send nothing periodic. */
  record StopTransmitTimer() implements Action {}

  /** Report when this time has passed from now; replaces a timer that runs. */
  record StartDetectionTimer(Duration detectionTime) implements Action {}

  /**
   * Report when this time has passed since the last {@link StartDetectionTimer}, at once if it has.
   * Replaces a timer that runs.
   */
  record AdjustDetectionTimer(Duration detectionTime) implements Action {}

  /** The received packet was discarded. */
  record Dropped(DropReason reason) implements Action {}

  /**
   * The state is another.
   *
   * @param diagnostic why the session failed or was held down; none when it came UP
   * @param remote the state that the other side has told last; DOWN once it is no longer known
   */
  record StateChanged(State from, State to, Diagnostic diagnostic, State remote) implements Action {

    /**
     * Whether the path has failed, and nobody has only switched BFD off: what ends in ADMIN_DOWN on
     * either side tells nothing of the path (RFC 5882 §3.2).
     */
    public boolean isFailure() {
      return from == State.UP && to == State.DOWN && remote != State.ADMIN_DOWN;
    }
  }
}
