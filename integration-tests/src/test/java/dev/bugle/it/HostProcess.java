package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process on the host, with a directory of its own in which its output stays. */
final class HostProcess implements AutoCloseable {

  private final ScratchDirectory directory;
  private final Process process;

  private HostProcess(ScratchDirectory directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts a command; closing the process removes the directory. */
  static HostProcess start(
      ScratchDirectory directory, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.file("out"))
            .redirectError(directory.file("err"));
    builder.environment().putAll(environment);
    try {
      return Belongings.keep(new HostProcess(directory, builder.start()));
    } catch (IOException e) {
      directory.remove();
      throw new UncheckedIOException("cannot start '" + String.join(" ", command) + "'", e);
    }
  }

  Process process() {
    return process;
  }

  String read(String file) {
    return directory.read(file);
  }

  String out() {
    return read("out");
  }

  /** Both streams, one after the other. */
  String output() {
    return read("out") + read("err");
  }

  /** Waits until the output has this text; a process that does not get there is closed. */
  void awaitOutput(String text) {
    try {
      Eventually.see(
          this + " says '" + text + "'",
          Deadlines.START,
          this::output,
          seen -> seen.contains(text));
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** SIGKILL for it and its children. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.remove();
    Belongings.forget(this);
  }

  @Override
  public String toString() {
    return process.info().command().orElse("a process") + " in " + directory;
  }
}
