package dev.bugle.it;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A route as a router itself reports it, in one notation for all routers.
 *
 * @param communities as {@code 65001:100}; well-known ones also in numbers, {@code 65535:65281} for
 *     no-export
 * @param largeCommunities as {@code 65001:1:2}
 * @param extendedCommunities route targets as {@code rt:65001:7}; others as the router prints them
 */
record RouteSeen(
    String prefix,
    List<Long> asPath,
    String nextHop,
    OptionalLong med,
    OptionalLong localPref,
    Set<String> communities,
    Set<String> largeCommunities,
    Set<String> extendedCommunities) {

  RouteSeen {
    asPath = List.copyOf(asPath);
    communities = Set.copyOf(communities);
    largeCommunities = Set.copyOf(largeCommunities);
    extendedCommunities = Set.copyOf(extendedCommunities);
  }
}
