package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any events in any order: {@link CheckedFsm} holds what must hold. A failure names its seed. */
class RandomWalkTest {

  private static final Keys KEYS =
      Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 1, Secret.of("key"));

  private static final List<State> STATES =
      List.of(State.ADMIN_DOWN, State.DOWN, State.INIT, State.UP, State.UP, State.UP);

  @Test
  void nothingBreaksTheMachine() {
    Set<State> visited = EnumSet.noneOf(State.class);
    for (long seed = 0; seed < 2000; seed++) {
      try {
        walk(new Random(seed), visited);
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("seed " + seed, broken);
      }
    }
    assertThat(visited).containsExactlyInAnyOrder(State.values());
  }

  private static void walk(Random random, Set<State> visited) {
    boolean signed = random.nextInt(4) == 0;
    CheckedFsm fsm =
        new CheckedFsm(
            new SessionConfig(
                Packets.OURS,
                timing(random),
                random.nextBoolean() ? SessionConfig.Role.ACTIVE : SessionConfig.Role.PASSIVE,
                random.nextBoolean(),
                false,
                random.nextInt(),
                signed ? Optional.of(KEYS) : Optional.empty()));
    int sequenceNumber = random.nextInt();
    for (int i = 0; i < 150; i++) {
      Event event = event(random);
      if (signed && event instanceof Event.PacketReceived received && random.nextInt(8) > 0) {
        event = new Event.PacketReceived(KEYS.sign(received.packet(), ++sequenceNumber));
      }
      for (Action action : fsm.handle(event)) {
        if (action instanceof StateChanged changed) {
          visited.add(changed.to());
        }
      }
    }
  }

  private static Event event(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> new Event.Enable();
      case 1 -> random.nextInt(4) == 0 ? new Event.Disable() : new Event.PollRequested();
      case 2 -> new Event.DetectionTimerExpired();
      case 3, 4 -> new Event.TransmitTimerExpired();
      case 5 -> new Event.TimingChanged(timing(random));
      case 6 -> new Event.PathFailed(new Diagnostic(random.nextInt(32)));
      case 7 -> new Event.PollRequested();
      default -> new Event.PacketReceived(packet(random));
    };
  }

  private static ControlPacket packet(Random random) {
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
        new Intervals(micros(random), micros(random), micros(random)),
        Optional.empty());
  }

  private static long micros(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 0xFFFF_FFFFL;
      default -> random.nextInt(2_000_000);
    };
  }

  private static Timing timing(Random random) {
    return new Timing(
        Duration.ofMillis(1 + random.nextInt(2000)),
        Duration.ofMillis(1 + random.nextInt(2000)),
        Duration.ZERO,
        random.nextInt(5) == 0 ? 255 : 1 + random.nextInt(3),
        random.nextInt(3) == 0);
  }
}
