package dev.bugle.it;

import java.util.ArrayList;
import java.util.List;

/**
 * A namespace behind another machine, which forwards between it and the host: packets of either
 * side pass one router. It shares the directory of the machine in front of it.
 */
final class FarMachine implements Machine {

  private static final String CREATE =
      """
      ip netns add $far
      ip -n $near link add far type veth peer name eth0 netns $far
      ip -n $near addr add $nearEnd/$length dev far
      ip -n $near link set far up
      ip -n $far link set lo up
      ip -n $far addr add $farEnd/$length dev eth0
      ip -n $far link set eth0 up
      ip -n $far route add default via $nearEnd
      ip route add $subnet via $router
      """;

  private static final String REMOVE =
      """
      while pids=$(ip netns pids $far 2>/dev/null) && [ -n "$pids" ]; do
        kill -9 $pids 2>/dev/null
        sleep 0.02
      done
      ip route del $subnet via $router 2>/dev/null
      ip netns del $far 2>/dev/null
      true
      """;

  private final Machine near;
  private final String name;
  private final Wire wire;

  private FarMachine(Machine near, String name, Wire wire) {
    this.near = near;
    this.name = name;
    this.wire = wire;
  }

  static FarMachine behind(Machine near) {
    FarMachine machine = new FarMachine(near, Belongings.newName(), Wire.unused());
    Belongings.keep(machine);
    try {
      machine.onHost("set -e\n" + CREATE).succeeded();
      machine.forward(true);
      return machine;
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  /** Whether the machine in front lets packets through. */
  void forward(boolean wanted) {
    near.run("sh", "-c", "echo %d >/proc/sys/net/ipv4/ip_forward".formatted(wanted ? 1 : 0))
        .succeeded();
  }

  @Override
  public String name() {
    return name;
  }

  /** Its wire leads to the machine in front of it, and not to the host. */
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
    return near.directory();
  }

  @Override
  public String write(String file, String text) {
    return near.write(file, text);
  }

  @Override
  public void close() {
    onHost(REMOVE).succeeded();
    Belongings.forget(this);
  }

  private Output onHost(String script) {
    String variables =
        """
        near=%s far=%s router=%s
        nearEnd=%s farEnd=%s subnet=%s length=%d
        """
            .formatted(
                near.name(),
                name,
                near.wire().routerV4(),
                wire.hostV4(),
                wire.routerV4(),
                wire.subnetV4(),
                wire.lengthV4());
    return HostCommand.run("sh", "-c", variables + script);
  }

  @Override
  public String toString() {
    return "network namespace " + name + " behind " + near;
  }
}
