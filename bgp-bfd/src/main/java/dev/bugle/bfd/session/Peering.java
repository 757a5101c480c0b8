package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.State;
import java.util.Optional;

/** What the other side has told of itself (RFC 5880 §6.8.1, the variables named Remote). */
final class Peering {

  /** As good as no bound, until the other side has given one (RFC 5880 §6.8.1). */
  private static final long INITIAL_MIN_RX_MICROS = 1;

  private State state = State.DOWN;
  private int discriminator;
  private int detectMult;
  private long desiredMinTxMicros;
  private long minRxMicros = INITIAL_MIN_RX_MICROS;
  private boolean demand;
  private Optional<ControlPacket> lastHeard = Optional.empty();

  void heard(ControlPacket packet) {
    lastHeard = Optional.of(packet);
    state = packet.state();
    discriminator = packet.myDiscriminator();
    detectMult = packet.detectMult();
    desiredMinTxMicros = packet.intervals().desiredMinTxMicros();
    minRxMicros = packet.intervals().requiredMinRxMicros();
    demand = packet.flags().demand();
  }

  /** Nothing was heard for the Detection Time (RFC 5880 §6.8.1, bfd.RemoteDiscr). */
  void silent() {
    discriminator = 0;
    state = State.DOWN;
    demand = false;
  }

  Optional<ControlPacket> lastHeard() {
    return lastHeard;
  }

  State state() {
    return state;
  }

  /** Zero while it is not known. */
  int discriminator() {
    return discriminator;
  }

  boolean isKnown() {
    return discriminator != 0;
  }

  int detectMult() {
    return detectMult;
  }

  long desiredMinTxMicros() {
    return desiredMinTxMicros;
  }

  /** Zero when it wants nothing periodic. */
  long minRxMicros() {
    return minRxMicros;
  }

  boolean demand() {
    return demand;
  }
}
