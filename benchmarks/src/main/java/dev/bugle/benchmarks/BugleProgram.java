package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ./bugle run}, as a user runs it: with the launcher and its options. */
final class BugleProgram {

  private BugleProgram() {}

  /** Why it cannot run here, and what would help; empty when it can. */
  static Optional<String> absence() {
    return root().map(root -> root.resolve("bugle")).filter(Files::isExecutable).isPresent()
        ? Optional.empty()
        : Optional.of("there is no launcher; start this by its script in benchmarks/");
  }

  private static Optional<Path> root() {
    return Optional.ofNullable(System.getProperty("bugle.root")).map(Path::of);
  }

  /**
   * Makes sure that it is built, so that its first start is like the others.
   *
   * @throws IOException with what it said, when it cannot be built
   */
  static void prepare(Path directory) throws IOException, InterruptedException {
    Path log = directory.resolve("prepare.log");
    Process process =
        new ProcessBuilder(launcher(), "-V")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("./bugle cannot be built: " + Files.readString(log).strip());
    }
  }

  /**
   * Starts it. The launcher becomes the program: the process id is that of both.
   *
   * @param directory its own
   * @param configuration the text of its file
   */
  static Daemon start(Path directory, String configuration) throws IOException {
    Path file = Files.writeString(directory.resolve("bugle.yaml"), configuration);
    return Daemon.start(
        directory,
        List.of(
            "env",
            "BUGLE_CLASS_PATH=" + CommandedProvider.location(),
            launcher(),
            "run",
            file.toString()));
  }

  private static String launcher() {
    return root().orElseThrow().resolve("bugle").toString();
  }
}
