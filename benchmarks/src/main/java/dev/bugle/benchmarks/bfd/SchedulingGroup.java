package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A control group whose processes share the processor with others as if they were one. */
final class SchedulingGroup implements AutoCloseable {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(5);

  private final Path directory;

  private SchedulingGroup(Path directory) {
    this.directory = directory;
  }

  /** Why there cannot be one here; empty when there can. */
  static Optional<String> absence() throws IOException {
    List<String> mounts = Files.readAllLines(MOUNTS);
    if (versionOne(mounts).isPresent()) {
      return Optional.empty();
    }
    Optional<Path> root = versionTwo(mounts);
    if (root.isEmpty()) {
      return Optional.of(
          "no control groups are mounted; on Linux: mount -t cgroup2 none DIRECTORY");
    }
    Path enabled = root.get().resolve("cgroup.subtree_control");
    return List.of(Files.readString(enabled).strip().split(" ", -1)).contains("cpu")
        ? Optional.empty()
        : Optional.of("the controller cpu is not enabled; as root: echo +cpu >" + enabled);
  }

  /** Makes one, without processes. */
  static SchedulingGroup create() throws IOException {
    List<String> mounts = Files.readAllLines(MOUNTS);
    Path parent = versionOne(mounts).or(() -> versionTwo(mounts)).orElseThrow();
    Path directory = parent.resolve("bugle-load-" + ProcessHandle.current().pid());
    SchedulingGroup group = new SchedulingGroup(directory);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(group::close));
    } catch (IllegalStateException ending) {
      throw new IOException("this JVM ends", ending);
    }
    Files.createDirectory(directory);
    return group;
  }

  /** Where the controller cpu of cgroup v1 is mounted. */
  static Optional<Path> versionOne(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(
            cells ->
                cells[2].equals("cgroup") && Arrays.asList(cells[3].split(",", -1)).contains("cpu"))
        .map(cells -> Path.of(cells[1]))
        .findFirst();
  }

  /** Where cgroup v2 is mounted. */
  static Optional<Path> versionTwo(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(cells -> cells[2].equals("cgroup2"))
        .map(cells -> Path.of(cells[1]))
        .findFirst();
  }

  /** A process joins by writing its id there. */
  Path members() {
    return directory.resolve("cgroup.procs");
  }

  /** Removes it; its processes must have been told to end. */
  @Override
  public void close() {
    try {
      Eventually.require(
          REMOVAL_LIMIT,
          directory + " removed",
          () -> {
            // The files in it are the kernel's and go with it.
            return !Files.exists(directory) || directory.toFile().delete();
          });
    } catch (IOException e) {
      System.err.println("cannot remove a control group: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
