package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Any events in any order, most packets of them signed as they should be. */
public final class RandomEvents {

  private static final List<State> STATES =
      List.of(State.ADMIN_DOWN, State.DOWN, State.INIT, State.UP, State.UP, State.UP);

  private final Random random;
  private final Optional<Keys> keys;
  private int sequenceNumber;

  /** The same events for the same random numbers. */
  public RandomEvents(Random random, Optional<Keys> keys) {
    this.random = random;
    this.keys = keys;
    this.sequenceNumber = random.nextInt();
  }

  /** A session that they can happen to. */
  public SessionConfig config() {
    return new SessionConfig(
        Packets.OURS,
        timing(),
        random.nextBoolean() ? SessionConfig.Role.ACTIVE : SessionConfig.Role.PASSIVE,
        random.nextBoolean(),
        false,
        random.nextInt(),
        keys);
  }

  /** The next one. */
  public Event next() {
    return switch (random.nextInt(16)) {
      case 0 -> new Event.Enable();
      case 1 -> random.nextInt(4) == 0 ? new Event.Disable() : new Event.PollRequested();
      case 2 -> new Event.DetectionTimerExpired();
      case 3, 4 -> new Event.TransmitTimerExpired();
      case 5 -> new Event.TimingChanged(timing());
      case 6 -> new Event.PathFailed(new Diagnostic(random.nextInt(32)));
      case 7 -> new Event.PollRequested();
      default -> new Event.PacketReceived(signed(packet()));
    };
  }

  private ControlPacket signed(ControlPacket packet) {
    return keys.filter(k -> random.nextInt(8) > 0)
        .map(k -> k.sign(packet, ++sequenceNumber))
        .orElse(packet);
  }

  private ControlPacket packet() {
    State state = STATES.get(random.nextInt(STATES.size()));
    boolean mayBeZero = state == State.DOWN || state == State.ADMIN_DOWN;
    int ours = random.nextInt(10) == 0 ? 77 : Packets.OURS;
    return new ControlPacket(
        Diagnostic.NONE,
        state,
        new Flags(
            random.nextInt(4) == 0,
            random.nextInt(4) == 0,
            random.nextBoolean(),
            random.nextInt(3) == 0),
        random.nextInt(5) == 0 ? 255 : 1 + random.nextInt(3),
        random.nextInt(10) == 0 ? 1 + random.nextInt(3) : Packets.THEIRS,
        mayBeZero && random.nextBoolean() ? 0 : ours,
        new Intervals(micros(), micros(), micros()),
        Optional.empty());
  }

  private long micros() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 0xFFFF_FFFFL;
      default -> random.nextInt(2_000_000);
    };
  }

  private Timing timing() {
    return new Timing(
        Duration.ofMillis(1 + random.nextInt(2000)),
        Duration.ofMillis(1 + random.nextInt(2000)),
        Duration.ZERO,
        random.nextInt(5) == 0 ? 255 : 1 + random.nextInt(3),
        random.nextInt(3) == 0);
  }
}
