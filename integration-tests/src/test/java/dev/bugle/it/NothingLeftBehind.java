package dev.bugle.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After the last test of a class, looks whether anything with this process's prefix remains on the
 * host: a namespace, an interface, a directory, a process, a container or a Docker network.
 */
final class NothingLeftBehind implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) {
    Eventually.see(
        "nothing that the tests made is left on this host",
        Duration.ofSeconds(5),
        NothingLeftBehind::remains,
        List::isEmpty);
  }

  static List<String> remains() {
    List<String> found = new ArrayList<>();
    files("network namespace", Path.of("/run/netns"), found);
    files("network interface", Path.of("/sys/class/net"), found);
    files("directory", Path.of(System.getProperty("java.io.tmpdir")), found);
    processes(found);
    if (Files.exists(Path.of("/var/run/docker.sock"))) {
      engine("container", found, "docker", "ps", "-a", "--format", "{{.Names}}");
      engine("Docker network", found, "docker", "network", "ls", "--format", "{{.Name}}");
    }
    return found;
  }

  private static void files(String what, Path directory, List<String> found) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(Belongings.PREFIX))
          .forEach(name -> found.add(what + " " + name));
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + directory, e);
    }
  }

  // Every process that a test starts has a path with the prefix on its command line, or is this
  // JVM's child.
  private static void processes(List<String> found) {
    ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .forEach(
            child ->
                found.add(
                    "child process " + child.pid() + " " + child.info().command().orElse("")));
    ProcessHandle.allProcesses()
        .filter(process -> commandLine(process.pid()).contains(Belongings.PREFIX))
        .forEach(
            process -> found.add("process " + process.pid() + " " + commandLine(process.pid())));
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException e) {
      return ""; // It has ended meanwhile, or this is no Linux.
    }
  }

  private static void engine(String what, List<String> found, String... command) {
    Output listed = HostCommand.run(command);
    if (listed.exitCode() == 0) {
      listed
          .out()
          .lines()
          .filter(name -> name.startsWith(Belongings.PREFIX))
          .forEach(name -> found.add(what + " " + name));
    }
  }
}
