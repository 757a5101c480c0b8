package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory that is removed when it is closed, or else when this JVM ends. */
public final class Scratch implements AutoCloseable {

  private static final int ATTEMPTS = 20;

  private final Path directory;
  private volatile boolean kept;

  /** Makes a directory whose name begins with the prefix. */
  public Scratch(String prefix) throws IOException {
    directory = Files.createTempDirectory(prefix);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** Leaves the directory where it is, for people to look into. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept || !Files.exists(directory)) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        remove();
        return;
      } catch (IOException | UncheckedIOException e) { // Something was made or removed meanwhile.
        if (attempt == ATTEMPTS) {
          System.err.println("cannot remove " + directory + ": " + e);
          return;
        }
      }
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException gone) {
      if (Files.exists(directory)) {
        throw gone;
      }
    }
  }
}
