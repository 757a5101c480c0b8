package dev.bugle.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short command on the host, which is ended when its deadline passes. */
final class HostCommand {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private HostCommand() {}

  static Output run(List<String> command) {
    return run(DEADLINE, command);
  }

  static Output run(String... command) {
    return run(DEADLINE, List.of(command));
  }

  static Output run(Duration deadline, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "'%s' did not end within %d s"
                .formatted(String.join(" ", command), deadline.toSeconds()));
      }
      return new Output(command, process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run '" + String.join(" ", command) + "'", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while '" + String.join(" ", command) + "' ran", e);
    }
  }

  private static CompletableFuture<String> read(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.completeExceptionally(e);
              }
            },
            "output of a command");
    reader.setDaemon(true);
    reader.start();
    return text;
  }
}
