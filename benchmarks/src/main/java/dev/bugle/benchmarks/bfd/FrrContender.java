package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The BFD daemon of FRR, and zebra, which tells it of the interfaces. */
final class FrrContender implements Contender {

  private static final Path ZEBRA = Path.of("/usr/lib/frr/zebra");
  private static final Path BFDD = Path.of("/usr/lib/frr/bfdd");

  /**
   * A daemon makes a directory for reports of its crash, which as root it cannot remove. That of
   * the host is not seen: {@code ip netns exec} gives the process its own table of mounts.
   */
  private static final String OWN_CRASH_DIRECTORY =
      "mkdir -p /var/tmp/frr && mount -t tmpfs tmpfs /var/tmp/frr && exec \"$@\"";

  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  @Override
  public String toString() {
    return "frr";
  }

  @Override
  public Optional<String> absence() {
    return List.of(ZEBRA, BFDD).stream()
        .filter(program -> !Files.isExecutable(program))
        .map(program -> "there is no program " + program + "; on Debian: apt-get install frr")
        .findFirst();
  }

  @Override
  public Speaker start(Job job) throws IOException, InterruptedException {
    Path socket = job.directory().resolve("zebra.sock");
    List<Daemon> daemons = new ArrayList<>();
    try {
      Daemon zebra = start(job, ZEBRA, "", List.of());
      daemons.add(zebra);
      // Without it, bfdd tries again only after seconds.
      Eventually.require(
          START_LIMIT,
          "zebra opens its socket",
          () -> {
            zebra.requireAlive();
            return Files.exists(socket);
          });
      String control = job.directory().resolve("bfdd.sock").toString();
      daemons.add(0, start(job, BFDD, configuration(job), List.of("--bfdctl", control)));
      return new Speaker(daemons);
    } catch (IOException | InterruptedException | RuntimeException e) {
      daemons.forEach(Daemon::close);
      throw e;
    }
  }

  private static Daemon start(Job job, Path program, String configuration, List<String> more)
      throws IOException {
    Path directory = job.directory();
    Path own = Files.createDirectory(directory.resolve(program.getFileName()));
    Path file = Files.writeString(own.resolve("configuration"), configuration);
    List<String> command = new ArrayList<>(List.of("sh", "-c", OWN_CRASH_DIRECTORY, "sh"));
    command.add(program.toString());
    command.addAll(List.of("--config_file", file.toString()));
    command.addAll(List.of("--pid_file", own.resolve("pid").toString()));
    command.addAll(List.of("--socket", directory.resolve("zebra.sock").toString()));
    command.addAll(List.of("--vty_socket", own.toString(), "--vty_port", "0"));
    command.addAll(List.of("--log", "file:" + own.resolve("log")));
    // As its own user it could not enter our directory; of groups it takes only this one.
    command.addAll(List.of("--user", "root", "--group", "frrvty"));
    command.addAll(more);
    return Daemon.start(own, job.link().contender().inside(command));
  }

  private static String configuration(Job job) {
    String peers =
        job.link().pairs().stream()
            .map(
                pair ->
                    """
                     peer %s local-address %s interface %s
                      detect-multiplier %d
                      receive-interval %5$d
                      transmit-interval %5$d
                     exit
                    """
                        .formatted(
                            pair.remote(),
                            pair.local(),
                            Link.INTERFACE,
                            job.timing().multiplier(),
                            job.timing().intervalMillis()))
            .collect(Collectors.joining());
    return "bfd\n" + peers + "exit\n";
  }
}
