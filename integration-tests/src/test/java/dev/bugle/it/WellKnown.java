package dev.bugle.it;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the names that routers print for well-known communities to numbers. */
final class WellKnown {

  private static final Map<String, String> NUMBERS =
      Map.of(
          "graceful-shutdown", "65535:0",
          "accept-own", "65535:1",
          "llgr-stale", "65535:6",
          "no-llgr", "65535:7",
          "blackhole", "65535:666",
          "no-export", "65535:65281",
          "no-advertise", "65535:65282",
          "local-AS", "65535:65283",
          "no-peer", "65535:65284");

  private WellKnown() {}

  static Set<String> numbers(Stream<String> communities) {
    return communities
        .map(community -> NUMBERS.getOrDefault(community, community))
        .collect(Collectors.toSet());
  }

  static String number(long community) {
    return (community >> 16) + ":" + (community & 0xffff);
  }
}
