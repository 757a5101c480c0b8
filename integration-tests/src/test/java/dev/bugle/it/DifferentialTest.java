package dev.bugle.it;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * bugle.differential.seeds}, how many there are, one after the other in each topology.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
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
  void allNeighboursAreToldTheSameByBugleAndFrrAndBird(Topology topology) {
    long first = Long.getLong("bugle.differential.seed", 20261130);
    int seeds = Integer.getInteger("bugle.differential.seeds", 1);
    Map<String, Integer> counts = new TreeMap<>();
    Machine made = lab.newMachine();
    machine = Optional.of(made);
    try (ComparedNetwork network = ComparedNetwork.start(made, topology)) {
      for (long seed = first; seed < first + seeds; seed++) {
        run(network, seed, counts);
      }
    }
    System.out.printf("%s, seeds from %d on: %s%n", topology, first, counts);
  }

  private static void run(ComparedNetwork network, long seed, Map<String, Integer> counts) {
    try {
      new DifferentialRun(network, seed, counts).run(STEPS);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s, -Dbugle.differential.seed=%d: %s; logs: %s"
              .formatted(network.topology(), seed, e.getMessage(), network.logs()),
          e);
    }
  }
}
