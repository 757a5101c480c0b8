package dev.bugle.bfd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What file descriptors this process has. */
final class Descriptors {

  private Descriptors() {}

  /**
   * Those that BFD may have opened: sockets and event counters, each with its number. The JDK keeps
   * a Unix socket from the first time that it needs one; those do not count.
   */
  static Set<String> ofSockets() {
    Set<String> open = new TreeSet<>();
    try {
      Set<String> all = all();
      Set<String> unix = unixSockets();
      for (String each : all) {
        if (!unix.contains(each.substring(each.indexOf(' ') + 1))) {
          open.add(each);
        }
      }
      return open;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> unixSockets() throws IOException {
    Set<String> inodes = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/net/unix"))) {
      String[] columns = line.split(" +", -1);
      if (columns.length > 6) {
        inodes.add("socket:[" + columns[6] + "]");
      }
    }
    return inodes;
  }

  private static Set<String> all() throws IOException {
    Set<String> open = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all) {
        String target = target(descriptor);
        if (target.startsWith("socket:") || target.contains("eventfd")) {
          open.add(descriptor.getFileName() + " " + target);
        }
      }
      return open;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
