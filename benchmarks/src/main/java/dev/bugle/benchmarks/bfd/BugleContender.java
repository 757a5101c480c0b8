package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The library {@code bgp-bfd} in a JVM of its own.
 *
 * @param realTimePriority of its thread, 0 for an ordinary one
 * @param javaOptions after {@link #JVM_OPTIONS}
 */
record BugleContender(int realTimePriority, List<String> javaOptions) implements Contender {

  /** As {@code ./bugle} has them. */
  static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms16m",
          "-Xmx256m",
          "-XX:+ExitOnOutOfMemoryError");

  private static final int NATIVE_ACCESS_FEATURE = 24;
  private static final int GARBAGE_MEGABYTES_PER_SECOND = 1000;

  BugleContender {
    javaOptions = List.copyOf(javaOptions);
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public boolean collectsGarbage() {
    return true;
  }

  @Override
  public String settings() {
    String thread = realTimePriority == 0 ? "an ordinary thread" : "SCHED_FIFO " + realTimePriority;
    return thread + "; java " + String.join(" ", jvmOptions());
  }

  private List<String> jvmOptions() {
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    if (Runtime.version().feature() >= NATIVE_ACCESS_FEATURE) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    options.addAll(javaOptions);
    return options;
  }

  @Override
  public Speaker start(Job job) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BfdEndpoint.class.getName());
    command.add(Integer.toString(job.timing().intervalMillis()));
    command.add(Integer.toString(job.timing().multiplier()));
    command.add(Integer.toString(realTimePriority));
    command.add(Integer.toString(job.makesGarbage() ? GARBAGE_MEGABYTES_PER_SECOND : 0));
    job.link().pairs().forEach(pair -> command.add(pair.local() + "=" + pair.remote()));
    return new Speaker(
        List.of(Daemon.start(job.directory(), job.link().contender().inside(command))));
  }

  @Override
  public String toString() {
    return "bugle";
  }
}
