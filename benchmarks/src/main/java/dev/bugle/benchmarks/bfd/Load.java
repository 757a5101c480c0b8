package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What else the machine has to do. */
enum Load {
  QUIET(false, false, false),
  GARBAGE(false, false, true),
  LOOPS(true, false, false),
  LOOPS_GARBAGE(true, false, true),
  GROUP(true, true, false),
  GROUP_GARBAGE(true, true, true);

  private final boolean loops;
  private final boolean ownGroup;
  private final boolean garbage;

  Load(boolean loops, boolean ownGroup, boolean garbage) {
    this.loops = loops;
    this.ownGroup = ownGroup;
    this.garbage = garbage;
  }

  /** Whether the contender's own process allocates. */
  boolean makesGarbage() {
    return garbage;
  }

  /** Why there cannot be such load here; empty when there can. */
  Optional<String> absence() throws IOException {
    return ownGroup ? SchedulingGroup.absence() : Optional.empty();
  }

  /** Begins all of it that is outside of the contender; it ends when that is closed. */
  BusyLoops begin(Path directory) throws IOException, InterruptedException {
    if (!loops) {
      return BusyLoops.none();
    }
    return ownGroup ? BusyLoops.inGroup(directory) : BusyLoops.start(directory);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '+');
  }
}
