package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory that is removed when it is closed, or else when this JVM ends. */
final class Scratch implements AutoCloseable {

  private final Path directory;
  private volatile boolean kept;

  Scratch(String prefix) throws IOException {
    directory = Files.createTempDirectory(prefix);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  Path directory() {
    return directory;
  }

  /** Leaves the directory where it is, for people to look into. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept || !Files.exists(directory)) {
      return;
    }
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("cannot remove " + directory + ": " + e);
    }
  }
}
