package dev.bugle.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ExaBGP in the host's namespace: a peer that announces what its configuration says, independent of
 * Bugle.
 */
final class ScriptedPeer implements AutoCloseable {

  private static final String PROGRAM = "/usr/sbin/exabgp";

  private final HostProcess process;

  private ScriptedPeer(HostProcess process) {
    this.process = process;
  }

  static Optional<String> missing() {
    return Files.isExecutable(Path.of(PROGRAM))
        ? Optional.empty()
        : Optional.of("not installed on this host: exabgp");
  }

  /** Starts it on {@code address}:{@code port}, with the neighbours of {@code configuration}. */
  static ScriptedPeer start(String address, int port, String configuration) {
    ScratchDirectory directory = ScratchDirectory.create();
    // It keeps its standard output open: ExaBGP takes the end of that for the end of the script.
    directory.write(
        "dump", "while read -r line; do echo \"$line\" >>'%s/seen'; done\n".formatted(directory));
    Path file =
        directory.write(
            "exabgp.conf",
            "process dump { run /bin/sh %s/dump; encoder json; }\n%s"
                .formatted(directory, configuration));
    HostProcess process =
        HostProcess.start(
            directory,
            Map.of(
                "exabgp.tcp.bind", address,
                "exabgp.tcp.port", Integer.toString(port),
                "exabgp.daemon.user", "root",
                "exabgp.daemon.drop", "false",
                "exabgp.api.cli", "false"),
            List.of(PROGRAM, file.toString()));
    process.awaitOutput("loaded new configuration");
    return new ScriptedPeer(process);
  }

  /** What it received, in ExaBGP's JSON lines. */
  String seen() {
    return process.read("seen");
  }

  @Override
  public void close() {
    process.close();
  }
}
