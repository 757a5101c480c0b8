package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Four processes that compute without end, at the priority of the contenders. They belong to the
 * login session of the contenders, so the kernel's automatic groups do not divide them.
 */
final class BusyLoops implements AutoCloseable {

  private static final int COUNT = 4;
  private static final String LOOP = "while :; do :; done";

  private final List<Daemon> loops = new ArrayList<>();
  private final Optional<SchedulingGroup> group;

  private BusyLoops(Optional<SchedulingGroup> group) {
    this.group = group;
  }

  /** Not one. */
  static BusyLoops none() {
    return new BusyLoops(Optional.empty());
  }

  /** In the scheduling group of everything else here. */
  static BusyLoops start(Path directory) throws IOException {
    BusyLoops busy = none();
    busy.run(directory, LOOP);
    return busy;
  }

  /** In a scheduling group of their own. */
  static BusyLoops inGroup(Path directory) throws IOException {
    SchedulingGroup group = SchedulingGroup.create();
    BusyLoops busy = new BusyLoops(Optional.of(group));
    busy.run(directory, "echo $$ >" + group.members() + " && " + LOOP);
    return busy;
  }

  private void run(Path directory, String script) throws IOException {
    try {
      for (int i = 0; i < COUNT; i++) {
        Path own = Files.createTempDirectory(directory, "loop-");
        loops.add(Daemon.start(own, List.of("sh", "-c", script)));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Fails if one has ended by itself. */
  void requireAlive() throws IOException {
    for (Daemon loop : loops) {
      loop.requireAlive();
    }
  }

  @Override
  public void close() {
    loops.forEach(Daemon::close);
    group.ifPresent(SchedulingGroup::close);
  }
}
