package dev.bugle.benchmarks.table;

import dev.bugle.benchmarks.Daemon;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code bgp-core} in a JVM of its own, which is cold.
 *
 * @param options of the JVM
 */
record BugleRouter(List<String> options) implements TableContender {

  /** Of all that were tried for a full table, those with the least time; docs/performance.md. */
  static final List<String> RECOMMENDED =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=0.1",
          "-XX:MaxTenuringThreshold=0",
          "-Xms336m",
          "-Xmn48m",
          "-Xmx512m");

  BugleRouter {
    options = List.copyOf(options);
  }

  @Override
  public String name() {
    return "bugle";
  }

  @Override
  public String description() {
    return "bgp-core with a routing table, Java "
        + Runtime.version().feature()
        + " with "
        + String.join(" ", options);
  }

  @Override
  public Optional<String> absence(Scenario scenario) {
    return Optional.empty();
  }

  @Override
  public Router start(Path directory, InetSocketAddress own, List<Neighbor> neighbors)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TableSpeaker.class.getName());
    command.addAll(List.of(Integer.toString(AS), Integer.toString(own.getPort())));
    neighbors.forEach(neighbor -> command.add(neighbor.address() + "=" + neighbor.asn()));
    Daemon daemon = Daemon.start(directory, command);
    return new Speaker(daemon, daemon.input(), daemon.output());
  }

  private record Speaker(Daemon process, Writer input, BufferedReader output) implements Router {

    @Override
    public int paths(String prefix) throws IOException {
      input.write(prefix + "\n");
      input.flush();
      String reply = output.readLine();
      while (reply != null && !reply.startsWith(TableSpeaker.ANSWER)) {
        reply = output.readLine();
      }
      if (reply == null) {
        process.requireAlive();
        throw new EOFException("it ends");
      }
      return Integer.parseInt(reply.substring(TableSpeaker.ANSWER.length()));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
