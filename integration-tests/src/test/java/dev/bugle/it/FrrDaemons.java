package dev.bugle.it;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** FRR's daemons in a machine, with a directory of their own, and vtysh that speaks to them. */
final class FrrDaemons implements AutoCloseable {

  private final Machine machine;
  private final String directory;
  private final Deque<Daemon> started = new ArrayDeque<>();

  FrrDaemons(Machine machine) {
    this.machine = machine;
    this.directory = machine.directory() + "/frr";
  }

  /** Starts zebra, which all others need, in an empty directory. */
  void startZebra(String... options) {
    // The daemons drop root; the empty vtysh.conf stops vtysh from complaining that there is none.
    machine
        .run(
            "sh",
            "-c",
            "rm -rf %1$s && mkdir %1$s && touch %1$s/zebra.conf %1$s/vtysh.conf"
                .formatted(directory))
        .succeeded();
    own();
    run("zebra", options);
    await("zebra", () -> machine.run("test", "-S", directory + "/zserv.api").exitCode() == 0);
  }

  /** Starts another daemon on its configuration; it is ready when it answers a command. */
  Daemon start(String name, String configuration, String command, String... options) {
    machine.write("frr/" + name + ".conf", configuration);
    own();
    Daemon daemon = run(name, options);
    await(name, () -> vtysh(command).exitCode() == 0);
    return daemon;
  }

  /** Has vtysh check the configuration of a daemon, which need not run. */
  Output check(String file, String configuration) {
    String path = machine.write(file, configuration);
    return machine.run("vtysh", "-C", "-f", path);
  }

  private void own() {
    machine.run("chown", "-R", "frr:frr", directory).succeeded();
  }

  private Daemon run(String name, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/lib/frr/" + name,
                "--vty_socket",
                directory,
                "-i",
                directory + "/" + name + ".pid",
                "-z",
                directory + "/zserv.api",
                "-f",
                directory + "/" + name + ".conf",
                "-P",
                "0"));
    command.addAll(List.of(options));
    Daemon daemon = Daemon.start(machine, name, command);
    started.push(daemon);
    return daemon;
  }

  private void await(String name, BooleanSupplier ready) {
    Eventually.see(
        "FRR's " + name + " is ready",
        Deadlines.START,
        () -> ready.getAsBoolean() ? "ready" : "not ready; its log: " + machine.read(name + ".log"),
        "ready"::equals);
  }

  Output vtysh(String... commands) {
    List<String> line =
        new ArrayList<>(List.of("vtysh", "--vty_socket", directory, "--config_dir", directory));
    Stream.of(commands).forEach(command -> line.addAll(List.of("-c", command)));
    return machine.run(line);
  }

  /** Stops them, zebra last. */
  @Override
  public void close() {
    started.forEach(Daemon::stop);
    started.clear();
  }
}
