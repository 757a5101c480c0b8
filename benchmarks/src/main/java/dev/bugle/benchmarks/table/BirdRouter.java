package dev.bugle.benchmarks.table;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** BIRD, asked over its control socket. */
final class BirdRouter implements TableContender {

  @Override
  public String name() {
    return "bird";
  }

  @Override
  public String description() {
    return "BIRD, import all, export all";
  }

  @Override
  public Optional<String> absence(Scenario scenario) {
    return Daemon.find("bird").isPresent()
        ? Optional.empty()
        : Optional.of("there is no program bird; on Debian: apt-get install bird2");
  }

  @Override
  public Router start(Path directory, InetSocketAddress own, List<Neighbor> neighbors)
      throws IOException, InterruptedException {
    Path configuration =
        Files.writeString(directory.resolve("bird.conf"), configuration(own.getPort(), neighbors));
    Path control = directory.resolve("bird.ctl");
    Daemon daemon =
        Daemon.start(
            directory,
            List.of(
                Daemon.find("bird").orElseThrow().toString(),
                "-f",
                "-c",
                configuration.toString(),
                "-s",
                control.toString()));
    return new Bird(daemon, control);
  }

  private static String configuration(int port, List<Neighbor> neighbors) {
    String peers =
        neighbors.stream()
            .map(
                neighbor ->
                    """
                    protocol bgp %s {
                      local 127.0.0.1 port %d as %d;
                      neighbor %s as %d;
                      strict bind;
                      multihop;
                      passive;
                      ipv4 { import all; export all; igp table hops; };
                    }
                    """
                        .formatted(neighbor.name(), port, AS, neighbor.address(), neighbor.asn()))
            .collect(Collectors.joining());
    // The table hops has the way to the next hops, and is told to nobody.
    return """
    router id 192.0.2.254;
    ipv4 table hops;
    protocol device { }
    protocol static { ipv4 { table hops; }; route 192.0.2.0/24 via "lo"; }
    %s\
    """
        .formatted(peers);
  }

  private record Bird(Daemon process, Path control) implements Router {

    @Override
    public int paths(String prefix) throws IOException {
      try (UnixDialogue dialogue = UnixDialogue.open(control)) {
        dialogue.readUntil(Bird::complete); // its greeting
        dialogue.write(("show route " + prefix + " all\n").getBytes(US_ASCII));
        String reply = dialogue.readUntil(Bird::complete);
        return reply.split("BGP.as_path:", -1).length - 1;
      }
    }

    /** The last line of a reply has a space after the number. */
    private static boolean complete(String read) {
      return read.endsWith("\n")
          && read.substring(read.lastIndexOf('\n', read.length() - 2) + 1).matches("\\d{4} .*\n");
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
