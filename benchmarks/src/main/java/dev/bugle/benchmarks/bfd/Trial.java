package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One measurement of one contender. */
record Trial(Measurement measurement, Contender contender, Timing timing, Load load) {

  /** Measures, if that can be done here. */
  Finding run(BfdPlan plan, Path directory) throws InterruptedException {
    try {
      Optional<String> absence = contender.absence();
      if (absence.isEmpty()) {
        absence = load.absence();
      }
      return absence.isPresent()
          ? new Finding.Absent(absence.get())
          : measurement.of(this, plan, directory);
    } catch (IOException e) {
      return new Finding.Failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "%s of %s, %s, %s".formatted(measurement, contender, timing, load);
  }
}
