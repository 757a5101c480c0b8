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
   * Send the next periodic packet after an interval that is drawn anew each time, evenly between 75
   * % of this one and the bound (RFC 5880 §6.8.7). Replaces a timer that runs.
   *
   * @param interval unjittered
   * @param percentAtMost 100, or 90 with a multiplier of 1
   */
  record StartTransmitTimer(Duration interval, int percentAtMost) implements Action {}

  /** Send nothing periodic. */
  record StopTransmitTimer() implements Action {}

  /** Give up after this time; replaces a timer that runs. */
  record StartDetectionTimer(Duration detectionTime) implements Action {}

  /** Do not give up. */
  record StopDetectionTimer() implements Action {}

  /** The received packet was discarded. */
  record Dropped(DropReason reason) implements Action {}

  /**
   * The state is another.
   *
   * @param diagnostic why, when it left UP
   */
  record StateChanged(State from, State to, Diagnostic diagnostic) implements Action {}
}
