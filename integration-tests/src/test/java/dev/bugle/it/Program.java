package dev.bugle.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program itself, {@code bugle run}, as a process of its own in the host's namespace. */
final class Program implements AutoCloseable {

  private final HostProcess process;

  private Program(HostProcess process) {
    this.process = process;
  }

  /** Starts it on a configuration, with the classes and the JVM that this test runs on. */
  static Program run(String configuration) {
    ScratchDirectory directory = ScratchDirectory.create();
    Path file = directory.write("bugle.yaml", configuration);
    return new Program(
        HostProcess.start(
            directory,
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bugle.advertiser.cli.Main",
                "run",
                file.toString())));
  }

  /** SIGTERM. */
  void terminate() {
    process.process().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.process().destroyForcibly();
  }

  int awaitExitCode(Duration deadline) throws InterruptedException {
    if (!process.process().waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "the program did not end within %d s; its output:%n%s"
              .formatted(deadline.toSeconds(), output()));
    }
    return process.process().exitValue();
  }

  String output() {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
  }
}
