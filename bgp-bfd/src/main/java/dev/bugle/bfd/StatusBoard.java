package dev.bugle.bfd;

import dev.bugle.bfd.session.SessionFsm;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A session's status: written on BFD's thread, read from any. */
final class StatusBoard {

  private record Seen(
      State state,
      Instant since,
      Diagnostic diagnostic,
      Optional<Duration> transmitInterval,
      Optional<Duration> detectionTime,
      Optional<ControlPacket> remote) {}

  private final int discriminator;
  private final int sourcePort;
  private final Counters counters;
  private volatile Seen seen =
      new Seen(
          State.ADMIN_DOWN,
          Instant.now(),
          Diagnostic.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  StatusBoard(int discriminator, int sourcePort, Counters counters) {
    this.discriminator = discriminator;
    this.sourcePort = sourcePort;
    this.counters = counters;
  }

  void publish(SessionFsm fsm) {
    Seen before = seen;
    seen =
        new Seen(
            fsm.state(),
            fsm.state() == before.state() ? before.since() : Instant.now(),
            fsm.diagnostic(),
            fsm.transmitInterval(),
            fsm.detectionTime(),
            fsm.lastReceived());
  }

  State state() {
    return seen.state();
  }

  Diagnostic diagnostic() {
    return seen.diagnostic();
  }

  BfdStatus status() {
    Seen now = seen;
    return new BfdStatus(
        now.state(),
        now.since(),
        now.diagnostic(),
        discriminator,
        sourcePort,
        now.transmitInterval(),
        now.detectionTime(),
        now.remote().map(packet -> packet.withAuthentication(Optional.empty())),
        counters.snapshot());
  }
}
