package dev.bugle.k8s.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A name for a candidate that was given none: that of the node or host, for people, and something
 * that no other process has. Two processes of one name would both take the Lease for theirs.
 */
final class CandidateName {

  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private CandidateName() {}

  static String of(Map<String, String> environment) {
    String host = environment.getOrDefault("NODE_NAME", "").strip();
    if (host.isEmpty()) {
      host = environment.getOrDefault("HOSTNAME", "").strip();
    }
    if (host.isEmpty()) {
      host = kernelHostName();
    }
    return host + "_" + UUID.randomUUID();
  }

  private static String kernelHostName() {
    try {
      return Files.readString(KERNEL_HOST_NAME).strip();
    } catch (IOException e) {
      return "bugle"; // What follows tells it apart.
    }
  }
}
