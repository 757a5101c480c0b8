package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a network namespace of its own, with a wire to a router that others share. */
final class SafetyNode implements AutoCloseable {

  private final String name;
  private final int number;
  private final Machine router;
  private final String namespace = Belongings.newName();
  private final StringBuilder earlier = new StringBuilder();
  private Optional<HostProcess> process = Optional.empty();

  /** One without a wire yet; the number tells it from others. */
  SafetyNode(String name, int number, Machine router) {
    this.name = name;
    this.number = number;
    this.router = router;
  }

  /** Makes its namespace and the wire to the router. */
  void join() {
    Belongings.keep(this);
    HostCommand.run("sh", "-c", "set -e\n" + wire()).succeeded();
  }

  private String wire() {
    return """
    ip netns add $node
    ip -n $router link add $port type veth peer name eth0 netns $node
    ip -n $router addr add $far/30 dev $port
    ip -n $router -6 addr add $far6/64 dev $port nodad
    ip -n $router link set $port up
    ip -n $node addr add $address/30 dev eth0
    ip -n $node -6 addr add $near6/64 dev eth0 nodad
    ip -n $node link set lo up
    ip -n $node link set eth0 up
    """
        .replace("$node", namespace)
        .replace("$router", router.name())
        .replace("$port", "to" + name)
        .replace("$far6", ipv6(2))
        .replace("$near6", ipv6Address())
        .replace("$far", routerAddress())
        .replace("$address", address());
  }

  String name() {
    return name;
  }

  String address() {
    return "192.0.2." + (4 * number + 1);
  }

  String routerAddress() {
    return "192.0.2." + (4 * number + 2);
  }

  /** Its IPv6 address on the wire to the router. */
  String ipv6Address() {
    return ipv6(1);
  }

  private String ipv6(int host) {
    return "2001:db8:%x::%d".formatted(number + 1, host);
  }

  /** The network namespace in which it runs. */
  String namespace() {
    return namespace;
  }

  /** Starts the program; the environment is beside the test's own. */
  void start(String configuration, Map<String, String> environment) {
    ScratchDirectory directory = ScratchDirectory.create();
    Path file = directory.write("bugle.yaml", configuration);
    List<String> command = inside();
    if (!environment.isEmpty()) {
      command.add("env");
      environment.forEach((variable, value) -> command.add(variable + "=" + value));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.bugle.advertiser.cli.Main",
            "run",
            file.toString()));
    process = Optional.of(HostProcess.start(directory, Map.of(), command));
  }

  /** Whether it has ended by itself, though a thread of it may be held still. */
  boolean isEnding() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid()), "status"));
      return status.contains("State:\tZ");
    } catch (IOException e) {
      return true; // It is gone.
    }
  }

  /** How much memory it has in RAM now, in megabytes (VmRSS). */
  double residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("node " + name + " is gone", e);
    }
  }

  long pid() {
    return process.orElseThrow().process().pid();
  }

  /** The process, for what a signal does to it; {@code ip} and {@code env} have become it. */
  void signal(String signal) {
    HostCommand.run("kill", "-s", signal, Long.toString(pid())).succeeded();
  }

  /** Waits until it has ended by what was done to it, and keeps what it has said. */
  void awaitEnd() {
    HostProcess ending = process.orElseThrow();
    try {
      if (!ending.process().waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError(this + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void end() {
    process.ifPresent(
        one -> {
          earlier.append(one.output()).append("--- ended ---\n");
          one.close();
        });
    process = Optional.empty();
  }

  /** From now on packets vanish between it and the router, and nobody is told. */
  void cutWire() {
    cutWire("eth0");
  }

  void mendWire() {
    mendWire("eth0");
  }

  /** The same, on the wire with that name. */
  void cutWire(String device) {
    nft(
        ("add table inet cut-$wire { "
                + "chain in { type filter hook input priority -300; iifname $wire drop; }; "
                + "chain out { type filter hook output priority -300; oifname $wire drop; }; }")
            .replace("$wire", device));
  }

  void mendWire(String device) {
    nft("delete table inet cut-" + device);
  }

  private void nft(String rules) {
    run("nft", rules).succeeded();
  }

  /** Runs a command in its namespace, beside the program. */
  Output run(String... command) {
    return HostCommand.run(inside(command));
  }

  /** The command that runs this one in its namespace. */
  List<String> inside(String... command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    inside.addAll(List.of(command));
    return inside;
  }

  /** What it takes for the time of day. */
  Instant wallClock() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String answer = HostCommand.run(jcmd, Long.toString(pid()), "VM.uptime", "-date").succeeded();
    Matcher date = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+[+-]\\d{4}").matcher(answer);
    if (!date.find()) {
      throw new IllegalStateException("no date: " + answer);
    }
    return OffsetDateTime.parse(
            date.group(), DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT))
        .toInstant();
  }

  /** All that it has said, also before it was started again. */
  String output() {
    return earlier + process.map(HostProcess::output).orElse("");
  }

  @Override
  public void close() {
    end();
    HostCommand.run("ip", "netns", "del", namespace);
    Belongings.forget(this);
  }

  @Override
  public String toString() {
    return "node " + name;
  }
}
