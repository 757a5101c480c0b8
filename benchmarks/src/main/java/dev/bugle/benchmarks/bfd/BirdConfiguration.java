package dev.bugle.benchmarks.bfd;

import java.util.List;
import java.util.stream.Collectors;

/** What BIRD is told of BFD sessions, whether as a contender or as the neighbour. */
final class BirdConfiguration {

  private BirdConfiguration() {}

  /**
   * The text of a configuration file.
   *
   * @param sessions as BIRD sees them
   * @param idleMillis how often it sends in sessions that are not up
   */
  static String text(List<AddressPair> sessions, Timing timing, int idleMillis) {
    String neighbours =
        sessions.stream()
            .map(
                pair ->
                    "  neighbor %s dev \"%s\" local %s;\n"
                        .formatted(pair.remote(), Link.INTERFACE, pair.local()))
            .collect(Collectors.joining());
    return """
    log "bird.log" all;
    router id %1$s;
    protocol device { }
    protocol bfd {
      interface "%2$s" {
        min rx interval %3$d ms;
        min tx interval %3$d ms;
        idle tx interval %5$d ms;
        multiplier %4$d;
      };
    %6$s}
    """
        .formatted(
            sessions.get(0).local(),
            Link.INTERFACE,
            timing.intervalMillis(),
            timing.multiplier(),
            idleMillis,
            neighbours);
  }
}
