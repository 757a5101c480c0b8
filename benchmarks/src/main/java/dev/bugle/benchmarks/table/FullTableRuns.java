package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All runs, of the contenders in turn.
 *
 * @param contenders that take part
 * @param harness whether the senders and receivers are also measured alone
 * @param prefixes of a full table
 * @param seed that tables are made from
 */
record FullTableRuns(List<TableContender> contenders, boolean harness, int prefixes, long seed) {

  /** The name of the senders and receivers alone, on the command line and in reports. */
  static final String HARNESS = "harness";

  FullTableRuns {
    contenders = List.copyOf(contenders);
  }

  /**
   * One contender in one scenario.
   *
   * @param runs that were done
   * @param missing why there are no more of them
   */
  record Outcome(
      Scenario scenario, String contender, List<LoadResult> runs, Optional<String> missing) {

    Outcome {
      runs = List.copyOf(runs);
    }
  }

  /** The table of the first scenarios, the full one. */
  FullTable table() {
    return FullTable.of(prefixes, seed);
  }

  /** Does them; a contender that fails does not take part in the scenario again. */
  List<Outcome> run(Set<Scenario> scenarios, int trials, LoadTrials plan, Path directory)
      throws IOException, InterruptedException {
    Map<Integer, FullTable> tables = new HashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      FullTable table =
          tables.computeIfAbsent(scenario.prefixes(prefixes), count -> FullTable.of(count, seed));
      plan.runDirectly(scenario, table); // what is cold in this JVM is not the contenders'
      List<Runner> runners = new ArrayList<>();
      if (harness) {
        runners.add(
            new Runner(HARNESS, Optional.empty(), trial -> plan.runDirectly(scenario, table)));
      }
      for (TableContender contender : contenders) {
        Path place = directory.resolve(contender.name() + "-" + scenario);
        runners.add(
            new Runner(
                contender.name(),
                contender.absence(scenario),
                trial ->
                    plan.run(
                        contender,
                        scenario,
                        table,
                        Files.createDirectories(place.resolve(Integer.toString(trial))))));
      }
      for (int trial = 0; trial < trials; trial++) {
        for (Runner runner : runners) {
          runner.run(trial);
        }
      }
      runners.forEach(runner -> outcomes.add(runner.outcome(scenario)));
    }
    return outcomes;
  }

  @FunctionalInterface
  private interface Trial {
    LoadResult run(int number) throws IOException, InterruptedException;
  }

  /** One contender in one scenario, while it is run. */
  private static final class Runner {
    private final String name;
    private final Trial trial;
    private final List<LoadResult> results = new ArrayList<>();
    private Optional<String> missing;

    Runner(String name, Optional<String> absence, Trial trial) {
      this.name = name;
      this.missing = absence;
      this.trial = trial;
    }

    void run(int number) throws InterruptedException {
      if (missing.isEmpty()) {
        try {
          results.add(trial.run(number));
        } catch (IOException e) {
          missing = Optional.of("failed: " + e.getMessage());
        }
      }
    }

    Outcome outcome(Scenario scenario) {
      return new Outcome(scenario, name, results, missing);
    }
  }
}
