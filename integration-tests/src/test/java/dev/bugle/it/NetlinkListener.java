package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Waits for a process, like {@code ip monitor}, that the kernel tells of changes. It says nothing
 * when it begins to listen, and what changed before that it never hears of.
 */
final class NetlinkListener {

  private static final String RTNETLINK = "0";
  private static final String NO_GROUPS = "00000000";

  private NetlinkListener() {}

  /** Returns when the kernel has it as a member of a multicast group of rtnetlink. */
  static void await(Process process) {
    Path sockets = Path.of("/proc/" + process.pid() + "/net/netlink");
    Eventually.see(
        "process " + process.pid() + " listens to rtnetlink",
        Deadlines.START,
        () -> read(sockets),
        lines -> lines.stream().anyMatch(line -> listens(line, process.pid())));
  }

  /** A line begins with an address, the protocol, the port number and the groups. */
  private static boolean listens(String line, long pid) {
    List<String> words = List.of(line.strip().split(" +"));
    return words.size() > 3
        && words.get(1).equals(RTNETLINK)
        && words.get(2).equals(Long.toString(pid)) // what the kernel prefers as port number
        && !words.get(3).equals(NO_GROUPS);
  }

  private static List<String> read(Path sockets) {
    try {
      return Files.readAllLines(sockets);
    } catch (IOException e) {
      throw new UncheckedIOException("the process has ended: " + sockets, e);
    }
  }
}
