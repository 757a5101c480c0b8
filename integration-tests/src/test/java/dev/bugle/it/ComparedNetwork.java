package dev.bugle.it;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Bugle, FRR and BIRD with the same neighbours, each of which has a session with each of them. */
final class ComparedNetwork implements AutoCloseable {

  /** Stands for the addresses of whichever router tells a route. */
  private static final IpAddress SELF = IpAddress.parse("192.0.2.253");

  private static final IpAddress SELF_V6 = IpAddress.parse("2001:db8:fffe::253");

  private final Topology topology;
  private final SharedNetwork addresses;
  private final List<ComparedRouter> routers = new ArrayList<>();
  private final Map<ComparedPeer, Map<ComparedRouter, OctetSession>> sessions =
      new LinkedHashMap<>();

  private ComparedNetwork(Topology topology, SharedNetwork addresses) {
    this.topology = topology;
    this.addresses = addresses;
  }

  /** Starts the routers, those that are daemons in this machine, and their neighbours. */
  static ComparedNetwork start(Machine machine, Topology topology) {
    List<Integer> outside =
        Stream.concat(
                Stream.of(ComparedBugle.HOST), topology.peers().stream().map(ComparedPeer::host))
            .toList();
    // The IPv6 address that was added last is the one that FRR has for its own.
    SharedNetwork addresses =
        SharedNetwork.on(machine, outside, List.of(ComparedBird.HOST, ComparedFrr.HOST));
    ComparedNetwork network = new ComparedNetwork(topology, addresses);
    try {
      network.routers.add(ComparedBugle.start(addresses, topology));
      network.routers.add(ComparedFrr.start(machine, addresses, topology));
      if (topology.hasBird()) {
        network.routers.add(ComparedBird.start(machine, addresses, topology));
      }
      topology.peers().forEach(network::connect);
      return network;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  Topology topology() {
    return topology;
  }

  SharedNetwork addresses() {
    return addresses;
  }

  /** Bugle first. */
  List<ComparedRouter> routers() {
    return routers;
  }

  ComparedRouter bugle() {
    return routers.get(0);
  }

  List<ComparedRouter> others() {
    return routers.subList(1, routers.size());
  }

  /** Opens a session with each router. */
  void connect(ComparedPeer peer) {
    Map<ComparedRouter, OctetSession> all = new LinkedHashMap<>();
    sessions.put(peer, all);
    for (ComparedRouter router : routers) {
      all.put(
          router,
          OctetSession.open(peer, addresses.address(peer.host(), topology.isOverIpv4()), router));
    }
  }

  /** Ends them, see {@link OctetSession#end}. */
  void disconnect(ComparedPeer peer, boolean inGoodOrder) {
    Optional.ofNullable(sessions.remove(peer))
        .ifPresent(all -> all.values().forEach(session -> session.end(inGoodOrder)));
  }

  boolean isConnected(ComparedPeer peer) {
    return sessions.containsKey(peer);
  }

  /** The neighbours that have sessions, in the order of the topology. */
  List<ComparedPeer> connected() {
    return topology.peers().stream().filter(this::isConnected).toList();
  }

  OctetSession session(ComparedPeer peer, ComparedRouter router) {
    return Objects.requireNonNull(sessions.getOrDefault(peer, Map.of()).get(router));
  }

  /** What the neighbour has been told, with the router's own addresses as every router's. */
  Map<Nlri, ToldRoute> told(ComparedPeer peer, ComparedRouter router) {
    Map<IpAddress, IpAddress> own =
        Map.of(
            addresses.ipAddress(router.host(), true), SELF,
            addresses.ipAddress(router.host(), false), SELF_V6);
    Map<Nlri, ToldRoute> told = new HashMap<>();
    session(peer, router)
        .told()
        .forEach(
            (prefix, route) ->
                told.put(
                    prefix, route.withNextHop(own.getOrDefault(route.nextHop(), route.nextHop()))));
    return told;
  }

  /** What the daemons have logged. */
  Map<String, String> logs() {
    Map<String, String> logs = new LinkedHashMap<>();
    routers.forEach(router -> logs.put(router.name(), router.log()));
    return logs;
  }

  @Override
  public void close() {
    List.copyOf(sessions.keySet()).forEach(peer -> disconnect(peer, true));
    routers.forEach(ComparedRouter::close);
  }
}
