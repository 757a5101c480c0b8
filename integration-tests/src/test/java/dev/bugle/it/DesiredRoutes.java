package dev.bugle.it;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Announces and withdraws routes at random, and knows what a router's table must be after that: for
 * each prefix the earliest of the announcements that stand.
 */
final class DesiredRoutes {

  private static final int PREFIXES_OF_A_FAMILY = 40;
  private static final int MOST_OF_ONE_PREFIX = 3;

  private final BgpSpeaker speaker;
  private final Random random;

  /** The announcements that stand, in the order they came; none is empty. */
  private final Map<String, List<Announcement>> standing = new TreeMap<>();

  DesiredRoutes(BgpSpeaker speaker, Random random) {
    this.speaker = speaker;
    this.random = random;
  }

  /** Announces a route for any prefix, unless that has enough of them. */
  void announce() {
    String prefix = anyPrefix();
    List<Announcement> all = standing.computeIfAbsent(prefix, unused -> new ArrayList<>());
    if (all.size() < MOST_OF_ONE_PREFIX) {
      all.add(speaker.announce(route(prefix)));
    }
  }

  /** Withdraws any announcement. */
  void withdraw() {
    if (standing.isEmpty()) {
      return;
    }
    String prefix = List.copyOf(standing.keySet()).get(random.nextInt(standing.size()));
    List<Announcement> all = standing.get(prefix);
    all.remove(random.nextInt(all.size())).close();
    if (all.isEmpty()) {
      standing.remove(prefix);
    }
  }

  /** Gives a prefix other attributes: the new announcement before or after the old ones end. */
  void replace() {
    String prefix = anyPrefix();
    List<Announcement> former = standing.getOrDefault(prefix, List.of());
    boolean first = random.nextBoolean();
    if (first) {
      former.forEach(Announcement::close);
    }
    Announcement replacement = speaker.announce(route(prefix));
    if (!first) {
      former.forEach(Announcement::close);
    }
    standing.put(prefix, new ArrayList<>(List.of(replacement)));
  }

  private String anyPrefix() {
    int n = 1 + random.nextInt(PREFIXES_OF_A_FAMILY);
    return random.nextBoolean()
        ? "203.0.113." + n + "/32"
        : "2001:db8:10::" + Integer.toHexString(n) + "/128";
  }

  private Route route(String prefix) {
    Route.Builder route = Route.to(prefix).prepend(random.nextInt(3));
    // Few values, so that routes share their attributes with some others and not with all.
    IntStream.range(0, random.nextInt(4))
        .forEach(i -> route.communities("65001:" + (100 + random.nextInt(4))));
    if (random.nextBoolean()) {
      route.communities("65001:7:" + random.nextInt(2));
    }
    if (random.nextBoolean()) {
      route.med(random.nextInt(3));
    }
    return route.build();
  }

  int size() {
    return standing.size();
  }

  /** What a router at the end of this wire must hold. */
  Set<RouteSeen> expectedAt(Wire wire) {
    return standing.values().stream()
        .map(all -> expected(all.get(0).route(), wire))
        .collect(Collectors.toSet());
  }

  private static RouteSeen expected(Route route, Wire wire) {
    return new RouteSeen(
        route.prefix().toString(),
        Collections.nCopies(1 + route.prepend(), Bugle.AS),
        route.prefix().address().isIpv4() ? wire.hostV4() : wire.hostV6(),
        route.med(),
        OptionalLong.empty(),
        texts(route.communities()),
        texts(route.largeCommunities()),
        Set.of(),
        false,
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static Set<String> texts(List<?> communities) {
    return communities.stream().map(Object::toString).collect(Collectors.toSet());
  }
}
