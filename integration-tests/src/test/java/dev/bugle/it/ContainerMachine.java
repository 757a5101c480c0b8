package dev.bugle.it;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;

/** A container on a Docker network of its own, which has IPv4 and IPv6. */
final class ContainerMachine implements Machine {

  private static final String DIRECTORY = "/run/lab";
  private static final Duration ADDRESS_DEADLINE = Duration.ofSeconds(10);

  private final String name = Belongings.newName();
  private final Wire wire = Wire.unused();
  private final Network network;
  private final GenericContainer<?> container;

  private ContainerMachine(String image) {
    network =
        Network.builder().enableIpv6(true).createNetworkCmdModifier(this::describeNetwork).build();
    container =
        new GenericContainer<>(image)
            .withNetwork(network)
            // The first process collects orphans, which a daemon started by "exec" becomes.
            .withCommand("sh", "-c", "mkdir -p " + DIRECTORY + "; while :; do sleep 1; done")
            .withCreateContainerCmdModifier(this::describeContainer);
  }

  static ContainerMachine create(String image) {
    ContainerMachine machine = new ContainerMachine(image);
    Belongings.keep(machine);
    try {
      machine.container.start();
      machine.awaitAddresses();
      return machine;
    } catch (RuntimeException | Error e) {
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
    List<String> timed = new ArrayList<>(List.of("timeout", "-k", "1", "20"));
    timed.addAll(command);
    try {
      ExecResult result = container.execInContainer(timed.toArray(String[]::new));
      return new Output(command, result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot run '" + String.join(" ", command) + "' in " + this, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while '" + String.join(" ", command) + "' ran", e);
    }
  }

  @Override
  public String directory() {
    return DIRECTORY;
  }

  @Override
  public String write(String file, String text) {
    String path = DIRECTORY + "/" + file;
    container.copyFileToContainer(
        Transferable.of(text.getBytes(StandardCharsets.UTF_8), 0644), path);
    return path;
  }

  @Override
  public void close() {
    container.stop();
    network.close();
    Belongings.forget(this);
  }

  private void describeNetwork(CreateNetworkCmd command) {
    command
        .withName(name)
        .withIpam(
            new com.github.dockerjava.api.model.Network.Ipam()
                .withConfig(
                    new com.github.dockerjava.api.model.Network.Ipam.Config()
                        .withSubnet(wire.subnetV4())
                        .withGateway(wire.hostV4()),
                    new com.github.dockerjava.api.model.Network.Ipam.Config()
                        .withSubnet(wire.subnetV6())
                        .withGateway(wire.hostV6())));
  }

  private void describeContainer(CreateContainerCmd command) {
    command
        .withName(name)
        .withHostName(name)
        .withIpv4Address(wire.routerV4())
        .withIpv6Address(wire.routerV6())
        .getHostConfig()
        // FRR's zebra and nftables configure the container's network; zebra asks for SYS_ADMIN too.
        .withCapAdd(Capability.NET_ADMIN, Capability.NET_RAW, Capability.SYS_ADMIN);
  }

  // A new bridge checks its IPv6 address for duplicates before it lets anybody bind to it.
  private void awaitAddresses() {
    if (!Wire.isLocal(wire.hostV4())) {
      throw new IllegalStateException(
          "the engine's network "
              + name
              + " is not on this host: "
              + wire.hostV4()
              + " is no local address");
    }
    Eventually.see(
        "the bridge's IPv6 address " + wire.hostV6() + " can be used, and the router's answers",
        ADDRESS_DEADLINE,
        () -> run("ip", "-6", "-o", "addr", "show", "dev", "eth0").out() + bindable(wire.hostV6()),
        seen ->
            seen.contains(wire.routerV6()) && !seen.contains("tentative") && seen.endsWith("true"));
  }

  private static boolean bindable(String address) {
    try (java.net.ServerSocket socket = new java.net.ServerSocket()) {
      socket.bind(new java.net.InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "container " + name;
  }
}
