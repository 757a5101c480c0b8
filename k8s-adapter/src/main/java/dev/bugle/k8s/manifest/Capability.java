package dev.bugle.k8s.manifest;

import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.bgp.PeerConfig;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Linux must let the process do beyond what an ordinary user may. TCP MD5, TCP-AO, TTL
 * security and BFD's own sockets take none.
 */
enum Capability {
  /** Listening on a port below 1024. */
  NET_BIND_SERVICE("for port 179"),
  /** Putting addresses on interfaces. */
  NET_ADMIN("for bind"),
  /** Router advertisements, echo packets, and sockets that are tied to an interface. */
  NET_RAW("for peers, or BFD, on an interface"),
  /** BFD's thread before all others. */
  SYS_NICE("so that BFD is punctual");

  private static final int FIRST_FREE_PORT = 1024;

  private final String purpose;

  Capability(String purpose) {
    this.purpose = purpose;
  }

  /** What it is for, as a comment. */
  String purpose() {
    return purpose;
  }

  /** As {@code setpriv} has it: {@code +net_admin}. */
  String raised() {
    return "+" + name().toLowerCase(Locale.ROOT);
  }

  /** Those that a configuration takes. */
  static Set<Capability> of(AdvertiserConfig config) {
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    Stream<Integer> admin =
        config.host().admin().stream()
            .flatMap(server -> server.listen().stream())
            .filter(AdminListen.Tcp.class::isInstance)
            .map(place -> ((AdminListen.Tcp) place).port());
    Stream<Integer> bgp = config.speaker().listen().stream().map(place -> place.getPort());
    if (Stream.concat(admin, bgp).anyMatch(port -> port < FIRST_FREE_PORT)) {
      needed.add(NET_BIND_SERVICE);
    }
    if (config.vips().stream().anyMatch(vip -> vip.needs().boundTo().isPresent())) {
      needed.add(NET_ADMIN);
    }
    boolean raw =
        config.peers().stream().anyMatch(Capability::isTiedToInterface)
            || config.dynamicPeers().stream()
                .anyMatch(range -> isTiedToInterface(range.template()));
    if (raw) {
      needed.add(NET_RAW);
    }
    if (config.peers().stream().anyMatch(peer -> peer.bfd().isPresent())) {
      needed.add(SYS_NICE);
    }
    return needed;
  }

  private static boolean isTiedToInterface(Neighbor peer) {
    return isTiedToInterface(peer.bgp())
        || peer.bfd().flatMap(bfd -> bfd.session().interfaceName()).isPresent();
  }

  private static boolean isTiedToInterface(PeerConfig peer) {
    return peer.peerAddress().isInterface() || peer.transport().interfaceName().isPresent();
  }
}
