package dev.bugle.benchmarks.table;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * bgpd of FRR, asked over the socket of its shell. It has no zebra beside it, which would put the
 * routes into the kernel; without it every next hop is taken as reachable.
 *
 * @param coalescing whether it waits for more peers before it tells them the same, as it does by
 *     default
 */
record FrrRouter(boolean coalescing) implements TableContender {

  private static final Path BGPD = Path.of("/usr/lib/frr/bgpd");

  @Override
  public String name() {
    return coalescing ? "frr" : "frr-coalesce-0";
  }

  @Override
  public String description() {
    return "bgpd of FRR, without zebra" + (coalescing ? "" : ", coalesce-time 0");
  }

  @Override
  public Optional<String> absence(Scenario scenario) {
    if (!Files.isExecutable(BGPD)) {
      return Optional.of("there is no program " + BGPD + "; on Debian: apt-get install frr");
    }
    return coalescing || scenario.relays()
        ? Optional.empty()
        : Optional.of("it is the same as frr where nobody is told");
  }

  @Override
  public Router start(Path directory, InetSocketAddress own, List<Neighbor> neighbors)
      throws IOException, InterruptedException {
    Path configuration =
        Files.writeString(directory.resolve("bgpd.conf"), configuration(neighbors));
    List<String> command = new ArrayList<>(List.of(BGPD.toString(), "--no_zebra", "--skip_runas"));
    command.addAll(List.of("--config_file", configuration.toString()));
    command.addAll(List.of("--pid_file", directory.resolve("pid").toString()));
    command.addAll(List.of("--vty_socket", directory.toString(), "--vty_port", "0"));
    command.addAll(List.of("--log", "file:" + directory.resolve("log")));
    command.addAll(List.of("--listenon", "127.0.0.1"));
    command.addAll(List.of("--bgp_port", Integer.toString(own.getPort())));
    return new Bgpd(Daemon.start(directory, command), directory.resolve("bgpd.vty"));
  }

  private String configuration(List<Neighbor> neighbors) {
    String peers =
        neighbors.stream()
            .map(
                neighbor ->
                    """
                     neighbor %1$s remote-as %2$d
                     neighbor %1$s passive
                     neighbor %1$s ebgp-multihop
                    """
                        .formatted(neighbor.address(), neighbor.asn()))
            .collect(Collectors.joining());
    return """
    router bgp %d
     bgp router-id 192.0.2.254
     no bgp ebgp-requires-policy
    %s%s\
    """
        .formatted(AS, coalescing ? "" : " coalesce-time 0\n", peers);
  }

  private record Bgpd(Daemon process, Path socket) implements Router {

    /** Between an answer and the status of its command. */
    private static final String END = "\0\0\0";

    @Override
    public int paths(String prefix) throws IOException {
      try (UnixDialogue dialogue = UnixDialogue.open(socket)) {
        dialogue.write(("show bgp ipv4 unicast " + prefix + " json\0").getBytes(US_ASCII));
        String reply =
            dialogue
                .readUntil(
                    read -> read.length() > END.length() && read.startsWith(END, read.length() - 4))
                .replaceAll("\\s", "");
        return reply.contains("\"bestpath\":{\"overall\":true")
            ? reply.split("\"aspath\":", -1).length - 1
            : 0;
      }
    }

    /** Removes also the directory that it has made for its log and a report of its crash. */
    @Override
    public void close() throws IOException {
      process.close();
      Path own = Path.of("/var/tmp/frr", "bgpd." + process.pid());
      if (Files.isDirectory(own)) {
        List<Path> left;
        try (Stream<Path> files = Files.list(own)) {
          left = files.toList();
        }
        for (Path file : left) {
          Files.delete(file);
        }
        Files.delete(own);
      }
    }
  }
}
