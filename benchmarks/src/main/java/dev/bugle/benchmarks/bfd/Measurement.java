package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What can be measured of a contender. */
enum Measurement {
  DETECTION(
      "last packet of a neighbour that falls silent -> Down packet of the contender, in ms;"
          + " early: Downs in less than the detection time, not in the figures",
      "drops, min, p50, p99, max, early") {
    @Override
    Finding of(Trial trial, BfdPlan plan, Path directory) throws IOException, InterruptedException {
      return DetectionTime.measure(trial, plan, directory);
    }
  },
  DOWNS(
      "Downs while the neighbour sends all the time, by who found the other silent;"
          + " the longest time without a packet of each while the session was up",
      "seconds, downs, by contender, by neighbour, its gap ms, nb. gap ms") {
    @Override
    Finding of(Trial trial, BfdPlan plan, Path directory) throws IOException, InterruptedException {
      return FalseDowns.measure(trial, plan, directory);
    }
  },
  COST(
      "one session that is up; CPU and memory of all processes, and memory of the one with BFD",
      "CPU %, RSS MB, its RSS MB") {
    @Override
    Finding of(Trial trial, BfdPlan plan, Path directory) throws IOException, InterruptedException {
      return RunningCost.ofOneSession(trial, directory);
    }
  },
  MANY(
      "many sessions at once; CPU and memory of all processes; memory of each session after the"
          + " first",
      "sessions, up at end, CPU %, CPU %/1000, RSS MB, kB each") {
    @Override
    Finding of(Trial trial, BfdPlan plan, Path directory) throws IOException, InterruptedException {
      return RunningCost.ofManySessions(trial, directory);
    }
  };

  private final String meaning;
  private final String columns;

  Measurement(String meaning, String columns) {
    this.meaning = meaning;
    this.columns = columns;
  }

  abstract Finding of(Trial trial, BfdPlan plan, Path directory)
      throws IOException, InterruptedException;

  /** What a reader of the table must know. */
  String meaning() {
    return meaning;
  }

  /** The heads of the cells of a {@link Finding}. */
  List<String> columns() {
    return List.of(columns.split(", ", -1));
  }

  /** Its name on the command line and in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
