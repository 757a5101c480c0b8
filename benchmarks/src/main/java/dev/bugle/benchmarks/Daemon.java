package dev.bugle.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine that runs until it is closed, at the latest when this JVM ends. */
public final class Daemon implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 3;

  private final Process process;
  private final Path log;

  private Daemon(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Where a program is; looks also where an ordinary user's PATH does not. */
  public static Optional<Path> find(String program) {
    List<String> directories =
        new ArrayList<>(Arrays.asList(System.getenv("PATH").split(File.pathSeparator)));
    directories.addAll(List.of("/usr/local/sbin", "/usr/sbin", "/sbin"));
    return directories.stream()
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** An address of loopback whose TCP port nobody listens on at this moment. */
  public static InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }

  /** Starts it; what it prints as errors goes to a file in the directory. */
  public static Daemon start(Path directory, List<String> command) throws IOException {
    Path log = directory.resolve("output.log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(log.toFile())
            .start();
    Daemon daemon = new Daemon(process, log);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
    } catch (IllegalStateException ending) { // Nobody else would end it.
      daemon.close();
      throw new IOException("this JVM ends", ending);
    }
    return daemon;
  }

  /** What it reads. */
  public Writer input() {
    return process.outputWriter();
  }

  /** What it prints. */
  public BufferedReader output() {
    return process.inputReader();
  }

  /** What it writes, where that is no text. */
  public InputStream bytes() {
    return process.getInputStream();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Fails when it has ended by itself, with what it printed. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "it ended with exit code " + process.exitValue() + ": " + Files.readString(log).strip());
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
