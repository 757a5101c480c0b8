package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration has that VIPs of sources can name, and what it forbids them. Immutable.
 *
 * @param config that is in force, or will be
 * @param leaderships those that can be used
 * @param checks those that there are
 * @param vips the names that VIPs of the configuration have
 * @param prizes what the leaderships compete for, with the name of the one that does
 */
record Terms(
    AdvertiserConfig config,
    Set<String> leaderships,
    Set<String> checks,
    Set<String> vips,
    Map<String, String> prizes) {

  /** Copies the collections. */
  Terms {
    leaderships = Set.copyOf(leaderships);
    checks = Set.copyOf(checks);
    vips = Set.copyOf(vips);
    prizes = Map.copyOf(prizes);
  }

  /** Those of a configuration of whose leaderships, and those given beside it, these are there. */
  static Terms of(AdvertiserConfig config, Collection<String> leaderships) {
    Map<String, String> prizes = new HashMap<>();
    config
        .electors()
        .forEach((name, elector) -> elector.prize().ifPresent(prize -> prizes.put(prize, name)));
    Set<String> vips = new HashSet<>();
    config.vips().forEach(vip -> vips.add(vip.name()));
    return new Terms(
        config, Set.copyOf(leaderships), config.host().health().keySet(), vips, prizes);
  }

  /**
   * Why routers would not take the promise that this VIP makes: one that keeps routes after the end
   * of this program breaks what leadership promises.
   */
  Optional<String> whyKept(Vip vip) {
    return vip.takesLeadership() && config.keepsRoutes()
        ? Optional.of(
            "routers would keep it after this program has died or left, while another may lead;"
                + " take graceful restart from the peers and from the stop, or give it leadership "
                + Vip.ALWAYS)
        : Optional.empty();
  }

  /** What is wrong with the peers that it names. */
  Optional<String> whyNoPeer(Vip vip) {
    for (PolicyRule rule : vip.audience().peers()) {
      for (Condition condition : rule.conditions()) {
        Optional<String> unknown = unknown(condition);
        if (unknown.isPresent()) {
          return unknown.map(
              peer ->
                  "it names "
                      + peer
                      + ", which is neither under peers nor under dynamic-peers of the"
                      + " configuration");
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> unknown(Condition condition) {
    if (condition instanceof Condition.PeerAddress named) {
      return first(named.addresses().stream().filter(one -> !isPeer(one)).toList());
    } else if (condition instanceof Condition.PeerInterface named) {
      return first(named.names().stream().filter(one -> !isInterface(one)).toList());
    } else if (condition instanceof Condition.PeerIn named) {
      return first(named.prefixes().stream().filter(one -> !holdsPeers(one)).toList());
    }
    return Optional.empty();
  }

  private static Optional<String> first(Collection<?> all) {
    return all.stream().findFirst().map(one -> "the peer " + one);
  }

  private boolean isPeer(IpAddress address) {
    return config.peers().stream()
            .map(peer -> peer.bgp().peerAddress())
            .anyMatch(peer -> !peer.isInterface() && peer.address().equals(address))
        || config.dynamicPeers().stream().anyMatch(range -> range.range().contains(address));
  }

  private boolean isInterface(String name) {
    return config.peers().stream()
        .map(peer -> peer.bgp().peerAddress())
        .anyMatch(peer -> peer.zone().filter(name::equals).isPresent());
  }

  private boolean holdsPeers(Prefix prefix) {
    return config.dynamicPeers().stream().anyMatch(range -> range.range().equals(prefix))
        || config.peers().stream()
            .map(peer -> peer.bgp().peerAddress())
            .filter(peer -> !peer.isInterface())
            .map(PeerAddress::address)
            .anyMatch(prefix::contains);
  }

  /** For messages: not more names than one can read. */
  static String few(Collection<String> names) {
    return names.isEmpty()
        ? "there is none"
        : "there are " + String.join(", ", new TreeSet<>(names).stream().limit(20).toList());
  }
}
