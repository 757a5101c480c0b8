package dev.bugle.it;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bugle, FRR and BIRD are told the same at random, and tell the same.
 *
 * <p>System properties: {@code bugle.differential.seed}, the first seed, and {@code
 * bugle.differential.seeds}, how many follow one another in each topology.
 */
@ExtendWith(NothingLeftBehind.class)
@Timeout(DifferentialTest.LONGEST_SECONDS)
class DifferentialTest {

  /** A guard only: all that is waited for has a deadline of its own. */
  static final int LONGEST_SECONDS = 24 * 60 * 60;

  private static final int STEPS = 8;

  private final Lab lab = new NamespaceLab();
  private Optional<Machine> machine = Optional.empty();

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  @AfterEach
  void close() {
    machine.ifPresent(Machine::close);
  }

  @ParameterizedTest
  @EnumSource
  void receiverIsToldTheSameByBugleAndFrrAndBird(Topology topology) {
    long first = Long.getLong("bugle.differential.seed", 20261130);
    int seeds = Integer.getInteger("bugle.differential.seeds", 1);
    Machine made = lab.newMachine();
    machine = Optional.of(made);
    try (DifferentialRun run = DifferentialRun.start(made, topology)) {
      for (long seed = first; seed < first + seeds; seed++) {
        run.run(seed, STEPS);
      }
      System.out.printf("%s, seeds from %d on: %s%n", topology, first, run.counts());
    }
  }
}
