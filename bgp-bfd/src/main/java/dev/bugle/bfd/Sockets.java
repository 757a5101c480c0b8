package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what sessions need of the system, and says what to do where it refuses. One thread at a
 * time.
 */
final class Sockets implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BfdSpeaker.class);

  private final Kernel kernel;
  private final BfdConfig config;
  private final List<ControlReceiver> receivers = new ArrayList<>();

  Sockets(Kernel kernel, BfdConfig config) {
    this.kernel = kernel;
    this.config = config;
  }

  /** Those that were opened to receive control packets. */
  List<ControlReceiver> receivers() {
    return receivers;
  }

  /** The way of its echo packets, if it sends any. */
  Optional<EchoLink> openLink(BfdSessionConfig wanted) {
    if (!wanted.unaffiliated() && wanted.profile().echoInterval().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(EchoLink.open(kernel, wanted));
    } catch (SystemCallException refused) {
      throw new UncheckedIOException(
          "BFD " + wanted + ", echo: " + remedy(refused, wanted), new IOException(refused));
    }
  }

  /** The way of its control packets. */
  Path openPath(BfdSessionConfig wanted, Optional<EchoLink> link) {
    try {
      return wanted.unaffiliated()
          ? new UnaffiliatedPath(kernel, wanted, link.orElseThrow())
          : PeerPath.open(kernel, wanted, Port.of(wanted).number());
    } catch (SystemCallException refused) {
      throw new UncheckedIOException(
          "BFD " + wanted + ": " + remedy(refused, wanted), new IOException(refused));
    }
  }

  private static String remedy(SystemCallException refused, BfdSessionConfig wanted) {
    String hint =
        switch (refused.errno()) {
          case SystemCallException.EADDRNOTAVAIL ->
              "; is "
                  + wanted.local().map(InetAddress::getHostAddress).orElse("the address")
                  + " an address of this host?";
          case SystemCallException.EPERM, SystemCallException.EACCES ->
              "; it takes root or the capability CAP_NET_RAW";
          case SystemCallException.ENODEV -> "; see `ip link` for the interfaces that are there";
          default -> "";
        };
    return refused.getMessage() + hint;
  }

  /** Listens for the packets of a session, unless it does so already. */
  void receive(BfdSessionConfig wanted) {
    boolean ipv4 = wanted.peer() instanceof Inet4Address;
    List<InetAddress> addresses =
        config.localAddresses().stream()
            .filter(address -> address instanceof Inet4Address == ipv4)
            .toList();
    if (config.localAddresses().isEmpty()) {
      addresses = List.of(ipv4 ? PathKey.ANY_IPV4 : PathKey.ANY_IPV6);
    }
    boolean onAll = addresses.stream().anyMatch(InetAddress::isAnyLocalAddress);
    boolean reachable = onAll || wanted.local().map(addresses::contains).orElse(true);
    if (addresses.isEmpty() || !reachable) {
      throw new IllegalArgumentException(
          "BFD "
              + wanted
              + ": packets would not be received; add its local address to those of the speaker");
    }
    Port port = Port.of(wanted);
    for (InetAddress address : addresses) {
      if (receivers.stream().noneMatch(receiver -> receiver.isFor(port, address))) {
        receivers.add(open(port, address));
      }
    }
  }

  /** Who says that it returns echo packets must do so: by forwarding, which may be off. */
  void requireForwarding(BfdSessionConfig wanted) {
    if (wanted.profile().timing().requiredMinEchoRx().isZero()) {
      return;
    }
    String version = wanted.peer() instanceof Inet4Address ? "ipv4" : "ipv6";
    String setting =
        "net/" + version + "/conf/" + wanted.interfaceName().orElse("all") + "/forwarding";
    try {
      if (Files.readString(java.nio.file.Path.of("/proc/sys", setting)).strip().equals("0")) {
        throw new IllegalArgumentException(
            "BFD "
                + wanted
                + ": echo packets are returned by forwarding, which is off; set "
                + setting.replace('/', '.')
                + " to 1, or set no echo receive interval");
      }
    } catch (IOException unreadable) {
      log.warn("BFD {}: cannot tell whether echo packets are forwarded: {}", wanted, setting);
    }
  }

  private ControlReceiver open(Port port, InetAddress address) {
    try {
      ControlReceiver receiver = ControlReceiver.open(kernel, port, address, port.number());
      log.info("BFD receives on {} port {}", address.getHostAddress(), port.number());
      return receiver;
    } catch (SystemCallException refused) {
      String hint =
          refused.errno() == SystemCallException.EADDRINUSE
              ? "; another BFD program runs here: stop it, or name the local addresses of each"
              : "";
      throw new UncheckedIOException(
          "BFD cannot receive on "
              + address.getHostAddress()
              + " port "
              + port.number()
              + ": "
              + refused.getMessage()
              + hint,
          new IOException(refused));
    }
  }

  @Override
  public void close() {
    receivers.forEach(ControlReceiver::close);
    receivers.clear();
  }
}
