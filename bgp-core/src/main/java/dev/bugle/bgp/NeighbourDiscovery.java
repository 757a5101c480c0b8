package dev.bugle.bgp;

import dev.bugle.bgp.linux.Kernel;
import dev.bugle.bgp.linux.Neighbour;
import dev.bugle.bgp.linux.NeighbourTable;
import dev.bugle.bgp.linux.RouterAdvertisement;
import dev.bugle.bgp.linux.RouterSocket;
import dev.bugle.bgp.linux.SystemCallException;
import dev.bugle.bgp.linux.Wakeup;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the routers behind interfaces: by the Router Advertisements that they send (RFC 4861), and
 * in the system's table of neighbours. It asks for advertisements, and sends some: routers that
 * find their neighbours in the same way, as FRR, must find us. Ours make nobody use us as default
 * router.
 *
 * <p>One thread does it all; watching and unwatching may be done from any.
 */
final class NeighbourDiscovery implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(NeighbourDiscovery.class);

  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Advertisements, before rounds have their turn. */
  private static final int MAX_AT_ONCE = 64;

  private final Repetitions failures = new Repetitions();
  private final NeighbourTable table;
  private final Wakeup wakeup;
  private final Optional<RouterSocket> socket;

  /** By the name of the interface; guarded by this. */
  private final Map<String, Link> links = new HashMap<>();

  private boolean ended; // guarded by this

  /** Who wants to know of the router behind an interface; called on the thread of discovery. */
  interface Listener {

    /** There is this one; told again and again. */
    void found(Ipv6Address router);

    /** There is none, for this reason. */
    void missing(String why);
  }

  private record Link(String name, Listener listener, LinkWatch watch) {}

  private NeighbourDiscovery(Kernel kernel) {
    this.table = new NeighbourTable(kernel);
    this.wakeup = Wakeup.open(kernel);
    this.socket = openSocket(kernel);
  }

  /**
   * Opens what it needs; {@link #run} is for a thread of its own.
   *
   * @throws UnsupportedOperationException where native code cannot be used, saying why
   */
  static NeighbourDiscovery open() {
    return new NeighbourDiscovery(Kernel.load("finding the neighbours of an interface"));
  }

  private static Optional<RouterSocket> openSocket(Kernel kernel) {
    try {
      return Optional.of(RouterSocket.open(kernel));
    } catch (SystemCallException refused) {
      log.warn(
          "router advertisements can neither be heard nor sent ({}){}; the routers behind"
              + " interfaces are looked for in the system's table of neighbours only, and routers"
              + " that need our advertisements, as FRR, do not find us",
          refused.getMessage(),
          refused.isForbidden() ? ": give the process CAP_NET_RAW" : "");
      return Optional.empty();
    }
  }

  synchronized void watch(String interfaceName, Listener listener) {
    links.put(interfaceName, new Link(interfaceName, listener, new LinkWatch(System.nanoTime())));
    wake();
  }

  /** After this the listener hears at most what is on its way already. */
  synchronized void unwatch(String interfaceName) {
    links.remove(interfaceName);
  }

  /** Ends the thread soon. */
  synchronized void end() {
    links.clear();
    wake();
    ended = true;
  }

  private void wake() {
    if (!ended) { // else there may be nothing left to wake
      wakeup.wake();
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  @Override
  public void run() {
    while (!hasEnded()) {
      try {
        hear();
        makeRounds();
      } catch (RuntimeException unforeseen) {
        if (failures.happened("failure", System.nanoTime()) > 0) {
          log.error("cannot look for routers behind interfaces just now", unforeseen);
        }
      }
      wakeup.await(socket, Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(untilNext()) + 1));
    }
    socket.ifPresent(RouterSocket::close);
    wakeup.close();
  }

  private synchronized long untilNext() {
    long now = System.nanoTime();
    return links.values().stream()
        .mapToLong(link -> Math.max(0, link.watch().next() - now))
        .reduce(LONGEST_WAIT_NANOS, Math::min);
  }

  private void hear() {
    for (int i = 0; i < MAX_AT_ONCE; i++) {
      Optional<RouterAdvertisement> heard = socket.flatMap(RouterSocket::receive);
      if (heard.isEmpty()) {
        return; // if it was only an unsound one, the wait for the next is short
      }
      heard(heard.get().interfaceIndex(), heard.get().source());
    }
  }

  private synchronized void heard(int interfaceIndex, InetAddress router) {
    for (Link link : links.values()) {
      if (find(link.name()).filter(nic -> nic.getIndex() == interfaceIndex).isPresent()
          && IpAddress.of(router) instanceof Ipv6Address address) {
        if (link.watch().heard(address, System.nanoTime())) {
          link.listener().found(address);
        }
      }
    }
  }

  private synchronized void makeRounds() {
    long now = System.nanoTime();
    for (Link link : links.values()) {
      if (link.watch().isDue(now)) {
        link.watch().madeRound(now);
        makeRound(link);
      }
    }
  }

  private void makeRound(Link link) {
    Optional<NetworkInterface> nic = find(link.name());
    if (nic.isEmpty()) {
      link.listener().missing("there is no such interface");
      return;
    }
    try {
      makeRound(link, nic.get());
    } catch (SystemCallException | SocketException failed) {
      link.listener().missing(String.valueOf(failed.getMessage()));
    }
  }

  private void makeRound(Link link, NetworkInterface nic) throws SocketException {
    byte[] hardware = nic.getHardwareAddress() == null ? new byte[0] : nic.getHardwareAddress();
    if (link.watch().router().isEmpty()) {
      inTable(nic.getIndex())
          .ifPresentOrElse(
              router -> {
                link.watch().heard(router, System.nanoTime());
                link.listener().found(router);
              },
              () -> link.listener().missing(nothingSeen()));
    }
    if (socket.isPresent()) {
      socket.get().advertise(nic.getIndex(), RouterAdvertisement.ofNoDefaultRouter(hardware));
      if (link.watch().router().isEmpty()) {
        socket.get().solicit(nic.getIndex(), RouterAdvertisement.solicitation(hardware));
      }
    }
  }

  private String nothingSeen() {
    return socket.isPresent()
        ? "no router advertisement and no router in the neighbour table"
        : "no router in the neighbour table, and router advertisements cannot be heard without"
            + " CAP_NET_RAW";
  }

  private Optional<Ipv6Address> inTable(int interfaceIndex) {
    return table.read().stream()
        .filter(entry -> entry.interfaceIndex() == interfaceIndex)
        .filter(Neighbour::isRouter)
        .filter(Neighbour::isReachable)
        .map(entry -> IpAddress.of(entry.address()))
        .filter(Ipv6Address.class::isInstance)
        .map(Ipv6Address.class::cast)
        .filter(Ipv6Address::isLinkLocal)
        .findFirst();
  }

  private static Optional<NetworkInterface> find(String name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name));
    } catch (SocketException unreadable) {
      return Optional.empty();
    }
  }
}
