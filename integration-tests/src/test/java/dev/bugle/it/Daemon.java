package dev.bugle.it;

import java.time.Duration;
import java.util.List;

/** A process that runs in a machine until it is ended. Its output goes to a log file there. */
final class Daemon {

  private final Machine machine;
  private final String name;
  private final long pid;

  private Daemon(Machine machine, String name, long pid) {
    this.machine = machine;
    this.name = name;
    this.pid = pid;
  }

  static Daemon start(Machine machine, String name, List<String> command) {
    String quoted = "'" + String.join("' '", command) + "'";
    String log = machine.directory() + "/" + name + ".log";
    String script =
        "cd '%s' && { setsid %s >>'%s' 2>&1 </dev/null & echo $!; }"
            .formatted(machine.directory(), quoted, log);
    String pid = machine.run("sh", "-c", script).succeeded().strip();
    return new Daemon(machine, name, Long.parseLong(pid));
  }

  String log() {
    return machine.read(name + ".log");
  }

  /** Runs, or is stopped by a signal; a zombie does not. */
  boolean alive() {
    return machine
            .run("sh", "-c", "grep -q '^State:.[^ZX]' /proc/" + pid + "/status 2>/dev/null")
            .exitCode()
        == 0;
  }

  void signal(String signal) {
    machine.run("kill", "-s", signal, Long.toString(pid)).succeeded();
  }

  /** SIGTERM, and SIGKILL for one that does not heed it within five seconds. */
  void stop() {
    end("TERM", Duration.ofSeconds(5));
  }

  void kill() {
    end("KILL", Duration.ofSeconds(5));
  }

  private void end(String signal, Duration patience) {
    String script =
        """
        pid=%d
        alive() { grep -q '^State:.[^ZX]' /proc/$pid/status 2>/dev/null; }
        kill -s %s $pid 2>/dev/null; kill -s CONT $pid 2>/dev/null
        tries=%d
        while alive; do
          tries=$((tries - 1))
          [ $tries -gt 0 ] || kill -s KILL $pid
          sleep 0.02
        done
        """
            .formatted(pid, signal, patience.toMillis() / 20);
    machine.run("sh", "-c", script).succeeded();
  }

  @Override
  public String toString() {
    return name + " (pid " + pid + ") in " + machine.name();
  }
}
