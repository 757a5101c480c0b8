package dev.bugle.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Watches a wire with tshark, which reads BGP independently of Bugle and of the routers. */
final class WireTap implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/tshark");

  private static final List<String> SUBCODES =
      List.of("", "_open", "_update", "_expired", "_state", "_cease");

  private final Path directory;
  private final Process process;

  private WireTap(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static Optional<String> missing() {
    return Files.isExecutable(PROGRAM)
        ? Optional.empty()
        : Optional.of("not installed on this host: tshark");
  }

  /** Begins to watch for NOTIFICATION messages, and returns when it does. */
  static WireTap on(Wire wire) {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"), Belongings.newName());
    try {
      Files.createDirectory(directory);
      String device =
          NetworkInterface.getByInetAddress(InetAddress.getByName(wire.hostV4())).getName();
      File messages = directory.resolve("messages").toFile();
      List<String> command =
          new ArrayList<>(
              List.of(
                  PROGRAM.toString(),
                  "-i",
                  device,
                  "-n",
                  "-l",
                  "-f",
                  "tcp",
                  "-Y",
                  "bgp.type == 3",
                  "-T",
                  "fields",
                  "-E",
                  "separator=,",
                  "-e",
                  "ip.src",
                  "-e",
                  "bgp.notify.major_error"));
      // One field for the subcodes of each code; all but one are empty.
      SUBCODES.forEach(field -> command.addAll(List.of("-e", "bgp.notify.minor_error" + field)));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(messages)
              .redirectError(directory.resolve("log").toFile());
      // Where it keeps its capture file.
      builder.environment().put("TMPDIR", directory.toString());
      Process process = builder.start();
      WireTap tap = Belongings.keep(new WireTap(directory, process));
      tap.awaitReady();
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start tshark in " + directory, e);
    }
  }

  private void awaitReady() {
    try {
      Eventually.see(
          "tshark captures",
          Deadlines.START,
          () -> read("log"),
          log -> log.contains("Capture started") || log.contains("File: "));
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** The NOTIFICATION messages seen so far, like {@code 10.231.0.1/2/2}: sender, code, subcode. */
  List<String> notifications() {
    return read("messages")
        .lines()
        .map(line -> line.replaceAll(",+", "/").replaceAll("/$", ""))
        .toList();
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
    // tshark ends its capturing child itself; the child is ended too in case it does not.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    HostCommand.run("rm", "-rf", directory.toString()).succeeded();
    Belongings.forget(this);
  }

  @Override
  public String toString() {
    return "tshark in " + directory;
  }
}
