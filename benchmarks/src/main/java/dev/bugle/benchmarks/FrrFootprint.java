package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** FRR: bgpd, and zebra, which tells it of interfaces and next hops. */
final class FrrFootprint implements FootprintContender {

  private static final Path ZEBRA = Path.of("/usr/lib/frr/zebra");
  private static final Path BGPD = Path.of("/usr/lib/frr/bgpd");
  private static final int PORT = 1790;
  private static final int START_ATTEMPTS = 5000;

  /** A daemon makes a directory for reports of its crash; it is to be the namespace's own. */
  private static final String OWN_CRASH_DIRECTORY =
      "mkdir -p /var/tmp/frr && mount -t tmpfs tmpfs /var/tmp/frr && exec \"$@\"";

  private @Nullable FrrWire wire;

  @Override
  public String name() {
    return "frr";
  }

  @Override
  public Optional<String> absence() {
    for (Path program : List.of(ZEBRA, BGPD)) {
      if (!Files.isExecutable(program)) {
        return Optional.of(
            "there is no program " + program + "; on Debian: apt-get install frr iproute2");
      }
    }
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
          ? Optional.empty()
          : Optional.of("it needs root, for a network namespace; call this with sudo");
    } catch (IOException e) {
      return Optional.of("who runs this cannot be told: " + e);
    }
  }

  @Override
  public void prepare(Path directory) throws IOException, InterruptedException {
    wire = FrrWire.make();
  }

  private FrrWire wire() {
    if (wire == null) {
      throw new IllegalStateException("it is not prepared");
    }
    return wire;
  }

  @Override
  public String peerAddress() {
    return wire().peerAddress();
  }

  @Override
  public InetSocketAddress ownAddress() {
    return new InetSocketAddress(wire().ownAddress(), PORT);
  }

  @Override
  public Running start(Path directory, InetSocketAddress own, Optional<InetSocketAddress> receiver)
      throws IOException, InterruptedException {
    Path socket = directory.resolve("zebra.sock");
    List<Daemon> daemons = new ArrayList<>();
    try {
      daemons.add(start(directory, ZEBRA, "", List.of()));
      // Without it, bgpd tries again only after seconds.
      for (int attempt = 1; !new Running(daemons).hasMade(socket); attempt++) {
        if (attempt == START_ATTEMPTS) {
          throw new IOException("zebra does not open its socket");
        }
        Thread.sleep(2);
      }
      daemons.add(
          start(
              directory,
              BGPD,
              configuration(receiver),
              List.of("--bgp_port", Integer.toString(own.getPort()))));
      return new Running(daemons);
    } catch (IOException | InterruptedException | RuntimeException e) {
      new Running(daemons).close();
      throw e;
    }
  }

  private Daemon start(Path directory, Path program, String configuration, List<String> more)
      throws IOException {
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
    return Daemon.start(own, wire().inside(command));
  }

  private String configuration(Optional<InetSocketAddress> receiver) {
    String neighbor = " neighbor " + peerAddress() + " ";
    String direction =
        receiver
            .map(at -> neighbor + "port " + at.getPort() + "\n" + neighbor + "timers connect 1\n")
            .orElse(neighbor + "passive\n");
    String vips =
        IntStream.rangeClosed(1, VIPS)
            .mapToObj("  network 203.0.113.%d/32\n"::formatted)
            .collect(Collectors.joining());
    return """
    router bgp %d
     bgp router-id 192.0.2.5
     no bgp ebgp-requires-policy
     no bgp network import-check
    %sremote-as %d
    %s address-family ipv4 unicast
    %s exit-address-family
    """
        .formatted(AS, neighbor, MeasuringPeer.AS, direction, vips);
  }

  @Override
  public void close() {
    if (wire != null) {
      wire.close();
    }
  }
}
