package dev.bugle.advertiser.demo;

import dev.bugle.advertiser.config.Environment;
import dev.bugle.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One of the two advertisers: a process of {@code bugle run} with a configuration of its own. */
final class Node implements AutoCloseable {

  static final long AS = 65001;

  /** Longer than a busy machine keeps a process from running: who has the lock is to keep it. */
  static final Duration LEASE = Duration.ofSeconds(4);

  private final String name;
  private final String address;
  private final int number;
  private final Path directory;
  private Optional<Process> process = Optional.empty();

  /**
   * Not started yet.
   *
   * @param number tells its router id and its next hops from the other's
   */
  Node(String name, String address, int number, Path directory) {
    this.name = name;
    this.address = address;
    this.number = number;
    this.directory = directory;
  }

  String name() {
    return name;
  }

  /** The address it connects from. */
  String address() {
    return address;
  }

  /** The router's address of the same family. */
  String routerAddress() {
    return address.contains(":") ? "::1" : "127.0.0.1";
  }

  String nextHop() {
    return "192.0.2." + number;
  }

  String ipv6NextHop() {
    return "2001:db8::" + number;
  }

  /** What its peers are told when it is stopped. */
  String farewell() {
    return "advertiser " + name + " goes home";
  }

  private String config(int routerPort, Path lock) {
    return """
    speaker:
      local-as: %d
      router-id: %s
      shutdown-message: %s
    peers:
      - address: %s
        port: %d
        remote-as: %d
        local-address: %s
        hold-time: 9s
        connect-retry: 500ms
        next-hop: [%s, "%s"]
    admin: off
    leadership:
      demo:
        type: file-lock
        path: "%s"
        poll-interval: 100ms
        lease: %ds
    vips:
    %s\
    """
        .formatted(
            AS,
            nextHop(),
            farewell(),
            routerAddress(),
            routerPort,
            Router.AS,
            address,
            nextHop(),
            ipv6NextHop(),
            lock.toString().replace("\\", "\\\\").replace("\"", "\\\""),
            LEASE.toSeconds(),
            vips());
  }

  private static String vips() {
    StringBuilder vips = new StringBuilder();
    for (Prefix vip : AnnouncedVip.ALL) {
      List<String> communities = new ArrayList<>();
      AnnouncedVip.COMMUNITIES.forEach(c -> communities.add(c.toString()));
      AnnouncedVip.LARGE_COMMUNITIES.forEach(c -> communities.add(c.toString()));
      vips.append("  - prefix: ").append(vip).append('\n');
      vips.append("    leadership: demo\n");
      vips.append("    communities: ").append(communities).append('\n');
      vips.append("    med: ").append(AnnouncedVip.MED).append('\n');
    }
    return vips.toString();
  }

  /** Starts the process; its output goes to a file. */
  void start(String programClass, int routerPort, Path lock) throws IOException {
    Path config = Files.writeString(directory.resolve(name + ".yaml"), config(routerPort, lock));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    if (Runtime.version().feature() >= 24) { // as the launcher does: else the JVM warns
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), programClass, "run"));
    command.add(config.toString());
    command.addAll(List.of("--stop-with", Long.toString(ProcessHandle.current().pid())));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
    // The demo has its own configuration, whatever the user's environment says of another one.
    builder.environment().keySet().removeIf(name -> name.startsWith(Environment.PREFIX));
    process = Optional.of(builder.start());
  }

  long pid() {
    return process.map(Process::pid).orElse(0L);
  }

  /** The file of its log. */
  Path log() {
    return directory.resolve(name + ".log");
  }

  /** Ends it without a chance to do anything (SIGKILL). */
  void kill() {
    process.ifPresent(Process::destroyForcibly);
  }

  /** Asks it to stop (SIGTERM). */
  void terminate() {
    process.ifPresent(Process::destroy);
  }

  boolean isRunning() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** Its exit code; empty when it has not ended within the limit. */
  Optional<Integer> awaitExit(Duration limit) throws InterruptedException {
    if (process.isEmpty() || !process.get().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    return Optional.of(process.get().exitValue());
  }

  /** Ends it in any case. */
  @Override
  public void close() {
    kill();
    try {
      awaitExit(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code A (127.0.0.2)}. */
  @Override
  public String toString() {
    return name + " (" + address + ")";
  }
}
