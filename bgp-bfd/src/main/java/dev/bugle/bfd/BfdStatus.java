package dev.bugle.bfd;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session at one moment.
 *
 * @param state of our side
 * @param since when it is in that state, or when it was made
 * @param diagnostic why it last left UP; none while UP
 * @param localDiscriminator ours, 32 bits
 * @param sourcePort from which we send
 * @param transmitInterval at which we send, without jitter; empty while we do not
 * @param detectionTime how long the other side may be silent; empty while nothing is awaited
 * @param remote what the other side told last, without its authentication; empty before the first
 *     packet
 * @param counters since the session was made
 */
public record BfdStatus(
    State state,
    Instant since,
    Diagnostic diagnostic,
    int localDiscriminator,
    int sourcePort,
    Optional<Duration> transmitInterval,
    Optional<Duration> detectionTime,
    Optional<ControlPacket> remote,
    Counters counters) {

  /**
   * What was counted.
   *
   * @param flaps how often the session left UP
   * @param sent packets handed to the kernel
   * @param notSent packets that the kernel refused, with no route for instance
   * @param received packets that were accepted
   * @param dropped packets that belonged to the session and were not accepted, by their reason
   */
  public record Counters(
      long flaps, long sent, long notSent, long received, Map<DropReason, Long> dropped) {}
}
