package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The trials of a run, in rounds: those of one round run side by side. */
record Schedule(List<List<Trial>> rounds) {

  private static final List<Timing> TIMINGS = List.of(new Timing(50, 3), new Timing(10, 3));
  private static final Timing TIMING_OF_MANY = new Timing(300, 3);
  private static final long END_SECONDS = 20;

  /** All trials of these contenders. */
  static Schedule of(List<Measurement> measurements, List<Contender> contenders) {
    List<List<Trial>> rounds = new ArrayList<>();
    for (Measurement measurement : measurements) {
      switch (measurement) {
        case DETECTION, COST -> rounds.addAll(together(measurement, contenders));
        case DOWNS -> {
          rounds.addAll(together(measurement, contenders));
          rounds.addAll(loaded(contenders));
        }
        case MANY -> {
          for (Contender contender : contenders) {
            rounds.add(List.of(new Trial(measurement, contender, TIMING_OF_MANY, Load.QUIET)));
          }
        }
      }
    }
    return new Schedule(rounds);
  }

  private static List<List<Trial>> together(Measurement measurement, List<Contender> contenders) {
    return TIMINGS.stream()
        .map(
            timing ->
                contenders.stream()
                    .map(contender -> new Trial(measurement, contender, timing, Load.QUIET))
                    .toList())
        .toList();
  }

  /** One after another, so that they are no load to each other; in turn under each load. */
  private static List<List<Trial>> loaded(List<Contender> contenders) {
    List<List<Trial>> rounds = new ArrayList<>();
    for (Load load : Load.values()) {
      for (Timing timing : TIMINGS) {
        for (Contender contender : contenders) {
          if (load != Load.QUIET && (!load.makesGarbage() || contender.collectsGarbage())) {
            rounds.add(List.of(new Trial(Measurement.DOWNS, contender, timing, load)));
          }
        }
      }
    }
    return rounds;
  }

  /** Runs all; the findings in the order of the trials. */
  Map<Trial, Finding> run(BfdPlan plan, Path directory, Consumer<List<Trial>> beginning)
      throws IOException, InterruptedException {
    Map<Trial, Finding> findings = new LinkedHashMap<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (List<Trial> round : rounds) {
        beginning.accept(round);
        Map<Trial, Future<Finding>> running = new LinkedHashMap<>();
        round.forEach(
            trial -> running.put(trial, threads.submit(() -> trial.run(plan, directory))));
        for (Map.Entry<Trial, Future<Finding>> entry : running.entrySet()) {
          findings.put(entry.getKey(), entry.getValue().get());
        }
      }
      return findings;
    } catch (ExecutionException e) {
      throw new IOException("a trial broke: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
      // They leave nothing behind, if they are given the time.
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    }
  }
}
