package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What it takes to measure anybody. */
final class Prerequisites {

  /** Programs, and Debian's packages that have them. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "ip", "iproute2",
          "nft", "nftables",
          "chrt", "util-linux",
          "bird", "bird2",
          "birdc", "bird2",
          "dumpcap", "wireshark-common");

  private Prerequisites() {}

  /** The first that is not here, and what would help. */
  static Optional<String> lack() throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      return Optional.of(
          "benchmarks/bfd needs root, to make network namespaces and to run the neighbour with a"
              + " real-time priority; call it with sudo.");
    }
    return TOOLS.keySet().stream()
        .sorted()
        .filter(tool -> Daemon.find(tool).isEmpty())
        .map(
            tool ->
                "benchmarks/bfd needs the program %s; on Debian: apt-get install %s"
                    .formatted(tool, TOOLS.get(tool)))
        .findFirst();
  }
}
