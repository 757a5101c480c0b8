package dev.bugle.it;

import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What two routers have told the same neighbour, beside each other. */
final class Comparison {

  /** Stands for the address of whichever router tells the route. */
  private static final Ipv4Address SELF = Ipv4Address.parse("192.0.2.253");

  private Comparison() {}

  /** The same, with a router's own address as every router's. */
  static Map<Nlri, PathAttributes> normal(Map<Nlri, PathAttributes> told, Ipv4Address own) {
    Map<Nlri, PathAttributes> normal = new TreeMap<>(Comparator.comparing(Nlri::toString));
    told.forEach(
        (prefix, attributes) -> {
          boolean isOwn =
              attributes.get(NextHop.class).filter(hop -> hop.address().equals(own)).isPresent();
          normal.put(prefix, isOwn ? attributes.with(new NextHop(SELF)) : attributes);
        });
    return normal;
  }

  /** The prefixes of which they have not been told the same. */
  static List<Nlri> differences(Map<Nlri, PathAttributes> one, Map<Nlri, PathAttributes> other) {
    return Stream.concat(one.keySet().stream(), other.keySet().stream())
        .distinct()
        .filter(prefix -> !Objects.equals(one.get(prefix), other.get(prefix)))
        .toList();
  }

  /** In which attributes the other one differs, for people. */
  static String kind(Optional<PathAttributes> one, Optional<PathAttributes> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return other.isEmpty() ? "tells nothing" : "alone tells it";
    }
    List<PathAttribute> ofOne = list(one.get());
    List<PathAttribute> ofOther = list(other.get());
    String names =
        Stream.concat(
                ofOne.stream().filter(attribute -> !ofOther.contains(attribute)),
                ofOther.stream().filter(attribute -> !ofOne.contains(attribute)))
            .map(PathAttribute::attributeName)
            .distinct()
            .collect(Collectors.joining(", "));
    return "has other " + (names.isEmpty() ? "flags" : names);
  }

  private static List<PathAttribute> list(PathAttributes attributes) {
    List<PathAttribute> list = new ArrayList<>();
    attributes.forEach(list::add);
    return list;
  }
}
