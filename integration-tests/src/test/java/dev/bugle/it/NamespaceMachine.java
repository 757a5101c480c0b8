package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A network namespace, joined to the host by a pair of virtual Ethernet interfaces. */
final class NamespaceMachine implements Machine {

  // Addresses skip duplicate detection (nodad), so that IPv6 can be used at once.
  private static final String CREATE =
      """
      ip netns add $name
      ip link add $name type veth peer name eth0 netns $name
      ip addr add $hostV4/$lengthV4 dev $name
      ip -6 addr add $hostV6/$lengthV6 dev $name nodad
      ip -6 addr add $hostLinkLocal/64 dev $name nodad
      ip link set $name up
      ip -n $name link set lo up
      ip -n $name addr add $routerV4/$lengthV4 dev eth0
      ip -n $name -6 addr add $routerV6/$lengthV6 dev eth0 nodad
      ip -n $name -6 addr add $routerLinkLocal/64 dev eth0 nodad
      ip -n $name link set eth0 up
      """;

  private static final String REMOVE =
      """
      while pids=$(ip netns pids $name 2>/dev/null) && [ -n "$pids" ]; do
        kill -9 $pids 2>/dev/null
        sleep 0.02
      done
      ip link del $name 2>/dev/null
      ip netns del $name 2>/dev/null
      rm -rf $directory
      true
      """;

  private final String name;
  private final Wire wire;
  private final Path directory;

  private NamespaceMachine(String name, Wire wire, Path directory) {
    this.name = name;
    this.wire = wire;
    this.directory = directory;
  }

  static NamespaceMachine create() {
    String name = Belongings.newName();
    Path directory = Path.of(System.getProperty("java.io.tmpdir"), name);
    NamespaceMachine machine = new NamespaceMachine(name, Wire.unused(), directory);
    Belongings.keep(machine);
    try {
      // Daemons drop root, so others must be able to pass through.
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      machine.onHost("set -e\n" + CREATE).succeeded();
      return machine;
    } catch (IOException e) {
      machine.close();
      throw new UncheckedIOException("cannot create " + directory, e);
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public Output run(List<String> command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(command);
    return HostCommand.run(inside);
  }

  @Override
  public String directory() {
    return directory.toString();
  }

  @Override
  public String write(String file, String text) {
    try {
      return Files.writeString(directory.resolve(file), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory.resolve(file), e);
    }
  }

  @Override
  public void close() {
    onHost(REMOVE).succeeded();
    Belongings.forget(this);
  }

  private Output onHost(String script) {
    String variables =
        """
        name=%s directory=%s
        hostV4=%s hostV6=%s lengthV4=%d
        routerV4=%s routerV6=%s lengthV6=%d
        hostLinkLocal=%s routerLinkLocal=%s
        """
            .formatted(
                name,
                directory,
                wire.hostV4(),
                wire.hostV6(),
                wire.lengthV4(),
                wire.routerV4(),
                wire.routerV6(),
                wire.lengthV6(),
                wire.hostLinkLocal(),
                wire.routerLinkLocal());
    return HostCommand.run("sh", "-c", variables + script);
  }

  @Override
  public String toString() {
    return "network namespace " + name;
  }
}
