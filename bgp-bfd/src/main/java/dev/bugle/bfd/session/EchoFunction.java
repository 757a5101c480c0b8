package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Optional;

/**
 * Which echo packets have come back (RFC 5880 §6.4, §6.8.5, §6.8.8, §6.8.9). Pure, as the state
 * machine is; one thread.
 */
public final class EchoFunction {

  private int sent;
  private int returned;

  /** Nothing is sent yet. */
  public EchoFunction() {}

  /** At what interval echo packets are sent now; empty for not at all. */
  public static Optional<Duration> interval(
      State state, Optional<Duration> wanted, Optional<ControlPacket> remote) {
    long theirs = remote.map(packet -> packet.intervals().requiredMinEchoRxMicros()).orElse(0L);
    return wanted
        .filter(ours -> state == State.UP && theirs > 0)
        .map(ours -> ours.compareTo(Timing.micros(theirs)) < 0 ? Timing.micros(theirs) : ours);
  }

  /** Echo packets are sent from now on, and none is missed. */
  public void start() {
    returned = sent;
  }

  /** The number of the next one that is sent. */
  public int next() {
    return ++sent;
  }

  /** One has come back. An old one, or one that was never sent, says nothing. */
  public void returned(int number) {
    if (number - returned > 0 && number - sent <= 0) {
      returned = number;
    }
  }

  /** Whether so many in a row have not come back that the path has failed. */
  public boolean hasFailed(int detectMult) {
    return sent - returned >= detectMult;
  }
}
