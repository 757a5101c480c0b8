package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any events in any order: {@link CheckedFsm} holds what must hold. A failure names its seed. */
class RandomWalkTest {

  private static final Keys KEYS =
      Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 1, Secret.of("key"));

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
    RandomEvents events = new RandomEvents(random, signed ? Optional.of(KEYS) : Optional.empty());
    CheckedFsm fsm = new CheckedFsm(events.config());
    for (int i = 0; i < 150; i++) {
      for (Action action : fsm.handle(events.next())) {
        if (action instanceof StateChanged changed) {
          visited.add(changed.to());
        }
      }
    }
  }
}
