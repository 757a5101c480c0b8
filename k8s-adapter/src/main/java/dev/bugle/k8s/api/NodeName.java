package dev.bugle.k8s.api;

import dev.bugle.bgp.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the node that this process runs on is called. */
public final class NodeName {

  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private NodeName() {}

  /**
   * By the variable {@code NODE_NAME}, which a pod sets from {@code spec.nodeName}; else the name
   * of the host, which is that of its node unless somebody has chosen otherwise. Empty when it has
   * none.
   */
  public static Optional<String> of(Map<String, String> environment) {
    return named(environment, "NODE_NAME")
        .or(() -> named(environment, "HOSTNAME"))
        .or(NodeName::kernelHostName);
  }

  /**
   * Its address, by the variable {@code NODE_IP}, which a pod sets from {@code status.hostIP};
   * empty when there is none, or something else in it.
   */
  public static Optional<IpAddress> address(Map<String, String> environment) {
    try {
      return named(environment, "NODE_IP").map(IpAddress::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> named(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(n -> !n.isEmpty());
  }

  private static Optional<String> kernelHostName() {
    try {
      return Optional.of(Files.readString(KERNEL_HOST_NAME).strip()).filter(n -> !n.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
