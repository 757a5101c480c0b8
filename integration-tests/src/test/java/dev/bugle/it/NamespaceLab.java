package dev.bugle.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Network namespaces with the daemons that are installed on this host. Needs root on Linux. */
final class NamespaceLab implements Lab {

  private static final List<String> PROGRAMS =
      List.of("ip", "nft", "timeout", "setsid", "vtysh", "gobgpd", "gobgp", "bird", "birdc");
  private static final List<String> FILES =
      List.of("/usr/lib/frr/bgpd", "/usr/lib/frr/bfdd", "/usr/lib/frr/zebra");

  @Override
  public Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("network namespaces exist on Linux only");
    }
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root can make network namespaces");
    }
    List<String> lacking = new ArrayList<>();
    PROGRAMS.stream().filter(program -> !onPath(program)).forEach(lacking::add);
    FILES.stream().filter(file -> !Files.isExecutable(Path.of(file))).forEach(lacking::add);
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of("not installed on this host: " + String.join(", ", lacking));
  }

  @Override
  public Machine newMachine() {
    return NamespaceMachine.create();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
