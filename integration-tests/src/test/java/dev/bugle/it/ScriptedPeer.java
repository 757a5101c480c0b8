package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * ExaBGP in the host's namespace: a peer that announces what its configuration says, independent of
 * Bugle.
 */
final class ScriptedPeer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/exabgp");

  private final Path directory;
  private final Process process;

  private ScriptedPeer(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static Optional<String> missing() {
    return Files.isExecutable(PROGRAM)
        ? Optional.empty()
        : Optional.of("not installed on this host: exabgp");
  }

  /** Starts it on {@code address}:{@code port}, with the neighbours of {@code configuration}. */
  static ScriptedPeer start(String address, int port, String configuration) {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"), Belongings.newName());
    try {
      Files.createDirectory(directory);
      // It keeps its standard output open: ExaBGP takes the end of that for the end of the script.
      Path script =
          Files.writeString(
              directory.resolve("dump"),
              "#!/bin/sh\nwhile read -r line; do echo \"$line\" >>'%s/seen'; done\n"
                  .formatted(directory));
      if (!script.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + script + " executable");
      }
      Path file =
          Files.writeString(
              directory.resolve("exabgp.conf"),
              "process dump { run " + script + "; encoder json; }\n" + configuration);
      ProcessBuilder builder =
          new ProcessBuilder(PROGRAM.toString(), file.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "exabgp.tcp.bind", address,
                  "exabgp.tcp.port", Integer.toString(port),
                  "exabgp.daemon.user", "root",
                  "exabgp.daemon.drop", "false",
                  "exabgp.api.cli", "false"));
      ScriptedPeer peer = Belongings.keep(new ScriptedPeer(directory, builder.start()));
      peer.awaitReady();
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start ExaBGP in " + directory, e);
    }
  }

  private void awaitReady() {
    try {
      Eventually.see(
          "ExaBGP is ready",
          Deadlines.START,
          () -> read("log"),
          log -> log.contains("loaded new configuration"));
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** What it received, in ExaBGP's JSON lines. */
  String seen() {
    return read("seen");
  }

  private String read(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    HostCommand.run("rm", "-rf", directory.toString()).succeeded();
    Belongings.forget(this);
  }

  @Override
  public String toString() {
    return "ExaBGP in " + directory + ", log: " + read("log");
  }
}
