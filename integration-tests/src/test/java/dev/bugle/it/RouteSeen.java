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
 * @param stale kept from a session that is over (RFC 4724)
 * @param pathId what tells it from other paths to the prefix (RFC 7911), where the router shows it
 * @param onlyToCustomer the attribute of that name (RFC 9234), where the router shows it
 */
record RouteSeen(
    String prefix,
    List<Long> asPath,
    String nextHop,
    OptionalLong med,
    OptionalLong localPref,
    Set<String> communities,
    Set<String> largeCommunities,
    Set<String> extendedCommunities,
    boolean stale,
    OptionalLong pathId,
    OptionalLong onlyToCustomer) {

  RouteSeen {
    asPath = List.copyOf(asPath);
    communities = Set.copyOf(communities);
    largeCommunities = Set.copyOf(largeCommunities);
    extendedCommunities = Set.copyOf(extendedCommunities);
  }
}
