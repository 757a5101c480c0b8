package dev.bugle.it;

import java.util.ArrayList;
import java.util.List;

/** The process bird in a machine, and birdc that speaks to it. */
final class BirdDaemon implements AutoCloseable {

  private final Machine machine;
  private Daemon daemon;

  BirdDaemon(Machine machine) {
    this.machine = machine;
  }

  /** Where the configuration is to have it log. */
  String logFile() {
    return machine.directory() + "/events.log";
  }

  void start(String configuration, String... options) {
    String file = machine.write("bird.conf", configuration);
    machine.run("rm", "-f", logFile(), socket()).succeeded();
    List<String> command = new ArrayList<>(List.of("bird", "-f", "-c", file, "-s", socket()));
    command.addAll(List.of(options));
    daemon = Daemon.start(machine, "bird", command);
    Eventually.see(
        "bird is ready",
        Deadlines.START,
        () -> birdc("show status").exitCode() == 0 ? "ready" : "log: " + log(),
        "ready"::equals);
  }

  /** Has it read another configuration while it runs. */
  void configure(String configuration) {
    machine.write("bird.conf", configuration);
    birdc("configure").succeeded();
  }

  /** Has bird check a configuration and end. */
  Output check(String configuration) {
    String file = machine.write("checked.conf", configuration);
    return machine.run("bird", "-p", "-c", file);
  }

  Output birdc(String command) {
    return machine.run("birdc", "-s", socket(), command);
  }

  private String socket() {
    return machine.directory() + "/bird.ctl";
  }

  String log() {
    return machine.read("events.log") + machine.read("bird.log");
  }

  void signal(String signal) {
    daemon.signal(signal);
  }

  void kill() {
    daemon.kill();
  }

  boolean running() {
    return daemon != null && daemon.alive();
  }

  /** An orderly end. */
  @Override
  public void close() {
    if (daemon != null) {
      daemon.stop();
    }
  }
}
