package dev.bugle.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/**
 * Containers made through Testcontainers. Needs a Docker engine whose networks this host reaches.
 */
final class ContainerLab implements Lab {

  private static final Supplier<String> IMAGE = new Once<>(ContainerLab::image);
  private static final Supplier<Optional<String>> MISSING = new Once<>(ContainerLab::look);

  @Override
  public Optional<String> missing() {
    return MISSING.get();
  }

  @Override
  public Machine newMachine() {
    return ContainerMachine.create(IMAGE.get());
  }

  private static Optional<String> look() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of(
          "this host cannot listen on the networks of a Docker engine in a virtual machine");
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("no Docker engine answers");
  }

  private static String image() {
    Path script = Path.of("router-image").toAbsolutePath();
    if (!Files.isExecutable(script)) {
      throw new IllegalStateException(
          script + " is not there: run the tests from their module's directory");
    }
    return HostCommand.run(Duration.ofMinutes(5), List.of(script.toString())).succeeded().strip();
  }

  /** Asks once and remembers the answer. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> question;
    private T answer;

    Once(Supplier<T> question) {
      this.question = question;
    }

    @Override
    public synchronized T get() {
      if (answer == null) {
        answer = question.get();
      }
      return answer;
    }
  }
}
