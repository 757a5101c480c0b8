package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The other side of a contender's sessions. It is BIRD with a real-time priority: what runs at
 * ordinary priorities, however much, does not keep it from sending in time. The capture shows
 * whether that is so.
 *
 * <p>Its silence is made on its own side of the link, as its packets leave: what the contender's
 * interface saw last is what the contender received last. What the contender sends gets through.
 */
final class ReferenceNeighbour implements AutoCloseable {

  private static final String PRIORITY = "50";

  /** Less than the second that RFC 5880 §6.8.3 asks for, so that a session is soon up again. */
  private static final int HASTY_IDLE_MILLIS = 100;

  private static final int IDLE_MILLIS = 1000;

  private static final String SILENCE_TABLE =
      """
      table ip bugle {
        set silenced { type inet_service; }
        chain output { type filter hook output priority 0; udp dport @silenced drop; }
      }
      """;

  private final Namespace namespace;
  private final Daemon daemon;
  private final Path control;

  private ReferenceNeighbour(Namespace namespace, Daemon daemon, Path control) {
    this.namespace = namespace;
    this.daemon = daemon;
    this.control = control;
  }

  static ReferenceNeighbour start(Path directory, Link link, Timing timing)
      throws IOException, InterruptedException {
    List<AddressPair> sessions = link.pairs().stream().map(AddressPair::mirrored).toList();
    int idle = sessions.size() == 1 ? HASTY_IDLE_MILLIS : IDLE_MILLIS;
    Path configuration = directory.resolve("bird.conf");
    Files.writeString(configuration, BirdConfiguration.text(sessions, timing, idle));
    Path control = directory.resolve("bird.ctl");
    Namespace namespace = link.neighbour();
    Command.run(namespace.inside(List.of("nft", "-f", "-")), SILENCE_TABLE);
    List<String> bird =
        List.of(
            "chrt",
            "--fifo",
            PRIORITY,
            Daemon.find("bird").orElseThrow().toString(),
            "-f",
            "-c",
            configuration.toString(),
            "-s",
            control.toString());
    Daemon daemon = Daemon.start(directory, namespace.inside(bird));
    return new ReferenceNeighbour(namespace, daemon, control);
  }

  /** From now on it sends nothing, and does not know. */
  void silence() throws IOException, InterruptedException {
    silenced("add");
  }

  /** What it sends gets through again. */
  void unsilence() throws IOException, InterruptedException {
    silenced("delete");
  }

  private void silenced(String verb) throws IOException, InterruptedException {
    Command.run(namespace.inside(List.of("nft", verb + " element ip bugle silenced { 3784 }")), "");
  }

  /** How many of its sessions it says are up. */
  int sessionsUp() throws IOException, InterruptedException {
    if (!Files.exists(control)) { // It has only just been started.
      daemon.requireAlive();
      return 0;
    }
    return sessionsUp(
        Command.run(List.of("birdc", "-s", control.toString(), "show bfd sessions"), ""));
  }

  /** How many are up in the table that {@code show bfd sessions} prints. */
  static int sessionsUp(String table) {
    return (int)
        table
            .lines()
            .map(line -> line.strip().split("\\s+", -1))
            .filter(cells -> cells.length > 2 && cells[2].equals("Up"))
            .count();
  }

  void requireAlive() throws IOException {
    daemon.requireAlive();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
