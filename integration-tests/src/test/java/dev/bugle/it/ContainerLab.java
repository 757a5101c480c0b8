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

  private static final Supplier<Optional<String>> MISSING = new Once<>(ContainerLab::look);
  private static final Supplier<Output> IMAGE = new Once<>(ContainerLab::image);

  @Override
  public Optional<String> missing() {
    return MISSING.get();
  }

  @Override
  public Machine newMachine() {
    return ContainerMachine.create(IMAGE.get().succeeded().strip());
  }

  private static Optional<String> look() {
    DockerClientFactory docker = DockerClientFactory.instance();
    if (!docker.isDockerAvailable()) {
      return Optional.of("no Docker engine answers");
    }
    // Bugle must be able to listen on the engine's networks.
    boolean isHere =
        System.getProperty("os.name").equals("Linux")
            && "unix".equals(docker.getTransportConfig().getDockerHost().getScheme());
    if (!isHere) {
      return Optional.of("the Docker engine is not on this host");
    }
    Output image = IMAGE.get();
    return image.exitCode() == 0
        ? Optional.empty()
        : Optional.of("the image of the routers cannot be made: " + lastLine(image.err()));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  /** The script makes the image if the engine does not have it, and prints its name. */
  private static Output image() {
    Path script = Path.of("router-image").toAbsolutePath();
    if (!Files.isExecutable(script)) {
      throw new IllegalStateException(
          script + " is not there: run the tests in the directory of their module");
    }
    return HostCommand.run(Duration.ofMinutes(5), List.of(script.toString()));
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
