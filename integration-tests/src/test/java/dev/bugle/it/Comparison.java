package dev.bugle.it;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Bugle has told a neighbour, beside what another router has.
 *
 * @param peer the neighbour
 * @param other than Bugle
 */
record Comparison(ComparedNetwork network, ComparedPeer peer, ComparedRouter other) {

  /** How many routes of IPv4, or of IPv6, Bugle has told. */
  int size(boolean isIpv4) {
    return (int)
        network.told(peer, network.bugle()).values().stream()
            .filter(route -> route.nextHop().isIpv4() == isIpv4)
            .count();
  }

  /** The prefixes of which they have not told the same. */
  List<Nlri> differences() {
    Map<Nlri, ToldRoute> ofBugle = compared(network.bugle());
    Map<Nlri, ToldRoute> ofOther = compared(other);
    return Stream.concat(ofBugle.keySet().stream(), ofOther.keySet().stream())
        .distinct()
        .filter(prefix -> !Objects.equals(ofBugle.get(prefix), ofOther.get(prefix)))
        .sorted(Comparator.comparing(Nlri::toString))
        .toList();
  }

  /** What a router tells, but for that in which the other one may differ. */
  private Map<Nlri, ToldRoute> compared(ComparedRouter router) {
    Set<IpAddress> addresses =
        Set.of(
            network.addresses().ipAddress(peer.host(), true),
            network.addresses().ipAddress(peer.host(), false));
    Map<Nlri, ToldRoute> all = network.told(peer, router);
    for (Leeway leeway : Leeway.values()) {
      if (leeway.holds(other.name(), network.topology())) {
        Map<Nlri, ToldRoute> left = new HashMap<>();
        all.forEach(
            (prefix, route) ->
                leeway.without(route, addresses).ifPresent(rest -> left.put(prefix, rest)));
        all = left;
      }
    }
    return all;
  }

  /** For each kind of difference how often there is one, and one of them with how it came about. */
  String report(FeedersTables tables) {
    Map<Nlri, ToldRoute> ofBugle = compared(network.bugle());
    Map<Nlri, ToldRoute> ofOther = compared(other);
    Map<String, List<Nlri>> kinds = new TreeMap<>();
    for (Nlri prefix : differences()) {
      String kind =
          (prefix instanceof Prefix ip && ip.address().isIpv4() ? "IPv4, " : "IPv6, ")
              + kind(
                  Optional.ofNullable(ofBugle.get(prefix)),
                  Optional.ofNullable(ofOther.get(prefix)));
      kinds.computeIfAbsent(kind, first -> new ArrayList<>()).add(prefix);
    }
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, found) ->
            text.append(
                    "\n  %s to %s, %s: %d, as of %s"
                        .formatted(other.name(), peer, kind, found.size(), found.get(0)))
                .append(example(found.get(0), tables)));
    return text.toString();
  }

  private String example(Nlri prefix, FeedersTables tables) {
    StringBuilder text = new StringBuilder();
    for (ComparedRouter router : network.routers()) {
      text.append("\n    %-5s ".formatted(router.name()))
          .append(
              Optional.ofNullable(network.told(peer, router).get(prefix))
                  .map(ToldRoute::toString)
                  .orElse("tells nothing"));
    }
    tables.history(prefix).forEach(event -> text.append("\n    ").append(event));
    return text.toString();
  }

  private static String kind(Optional<ToldRoute> ofBugle, Optional<ToldRoute> ofOther) {
    if (ofBugle.isEmpty() || ofOther.isEmpty()) {
      return ofOther.isEmpty() ? "does not tell it" : "alone tells it";
    }
    if (!ofBugle.get().nextHop().equals(ofOther.get().nextHop())) {
      return "tells another next hop";
    }
    List<PathAttribute> one = list(ofBugle.get().attributes());
    List<PathAttribute> two = list(ofOther.get().attributes());
    String names =
        Stream.concat(
                one.stream().filter(attribute -> !two.contains(attribute)),
                two.stream().filter(attribute -> !one.contains(attribute)))
            .map(PathAttribute::attributeName)
            .distinct()
            .collect(Collectors.joining(", "));
    return "tells other " + (names.isEmpty() ? "flags" : names);
  }

  private static List<PathAttribute> list(PathAttributes attributes) {
    List<PathAttribute> list = new ArrayList<>();
    attributes.forEach(list::add);
    return list;
  }
}
