package dev.bugle.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down which routes to a VIP stand in the kernel of a machine, by its route monitor: whose
 * next hop, from when until when. The times are those at which the monitor heard of it, a process
 * of its own, however late this JVM reads its lines.
 */
final class RouteMonitor implements AutoCloseable {

  /** Two clocks that are read within it are read at the same time. */
  private static final Duration READ_AT_ONCE = Duration.ofMillis(1);

  private final String vip;
  private final Map<String, String> nodesByNextHop;
  private final Process process;
  private final Thread reader = new Thread(this::read, "route monitor");

  // Guarded by this.
  private final Map<String, Long> standing = new HashMap<>();
  private final List<Standing> over = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private RouteMonitor(String vip, Map<String, String> nodesByNextHop, Process process) {
    this.vip = vip;
    this.nodesByNextHop = Map.copyOf(nodesByNextHop);
    this.process = process;
  }

  /**
   * Begins, and returns when the kernel tells it of changes; the VIP is an address without a
   * length, of which no route stands yet.
   */
  static RouteMonitor start(Machine machine, String vip, Map<String, String> nodesByNextHop) {
    String family = vip.contains(":") ? "-6" : "-4";
    ProcessBuilder builder =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                machine.name(),
                "ip",
                family,
                "-ts",
                "-o",
                "monitor",
                "route")
            .redirectErrorStream(true);
    builder.environment().put("TZ", "UTC"); // of its stamps
    try {
      RouteMonitor monitor = new RouteMonitor(vip, nodesByNextHop, builder.start());
      monitor.reader.setDaemon(true);
      monitor.reader.start();
      return monitor.listening();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot monitor routes", e);
    }
  }

  private RouteMonitor listening() {
    try {
      NetlinkListener.await(process);
      return this;
    } catch (AssertionError | UncheckedIOException e) {
      close();
      throw e;
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int end = line.indexOf("] ");
        if (line.startsWith("[") && end > 0) {
          Instant stamp = LocalDateTime.parse(line.substring(1, end)).toInstant(ZoneOffset.UTC);
          hear(line.substring(end + 2), monotonic(stamp));
        }
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  /** On the clock of {@link System#nanoTime}, what is on the wall's. */
  private static long monotonic(Instant stamp) {
    while (true) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long after = System.nanoTime();
      if (after - before < READ_AT_ONCE.toNanos()) {
        return after - Duration.between(stamp, wall).toNanos();
      }
    }
  }

  private synchronized void hear(String line, long now) {
    List<String> words = List.of(line.replace('\\', ' ').strip().split("\\s+"));
    boolean deleted = words.get(0).equals("Deleted");
    if (!words.get(deleted ? 1 : 0).equals(vip)) {
      return;
    }
    lines.add(now + " " + line);
    Set<String> there = new HashSet<>();
    if (!deleted) {
      for (int i = 0; i + 1 < words.size(); i++) {
        if (words.get(i).equals("via")) {
          there.add(nodesByNextHop.getOrDefault(words.get(i + 1), words.get(i + 1)));
        }
      }
    }
    for (String node : List.copyOf(standing.keySet())) {
      if (!there.contains(node)) {
        over.add(new Standing(node, standing.remove(node), now));
      }
    }
    there.forEach(node -> standing.putIfAbsent(node, now));
  }

  /** Whose routes stand now. */
  synchronized Set<String> nodes() {
    return Set.copyOf(standing.keySet());
  }

  /** All that stood, and what stands. */
  synchronized List<Standing> standings() {
    List<Standing> all = new ArrayList<>(over);
    standing.forEach((node, from) -> all.add(new Standing(node, from, Long.MAX_VALUE)));
    return all;
  }

  /** What the kernel said of the VIP, with the time before each line. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      reader.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
