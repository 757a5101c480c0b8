package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import java.time.Duration;
import java.util.Map;

/**
 * How what we announce ourselves is told to a peer; for what was learned see {@link
 * PeerPropagation}.
 *
 * @param nextHops given for the routes of a family instead of our own address on the session
 * @param policy which announcements the peer is told, and how they are changed for it
 * @param minimumRouteAdvertisementInterval between announcements, which it gathers: 0 to 600 s;
 *     withdrawals do not wait for it (RFC 4271 §9.2.1.1)
 */
public record PeerExport(
    Map<AddressFamily, IpAddress> nextHops,
    RoutePolicy policy,
    Duration minimumRouteAdvertisementInterval) {

  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

  /** Every announcement as it is and at once, with our own address as next hop. */
  public static final PeerExport DEFAULT =
      new PeerExport(Map.of(), RoutePolicy.ACCEPT_ALL, Duration.ZERO);

  /** Copies the map and checks the interval. */
  public PeerExport {
    nextHops = Map.copyOf(nextHops);
    if (minimumRouteAdvertisementInterval.isNegative()
        || minimumRouteAdvertisementInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "minimum route advertisement interval "
              + minimumRouteAdvertisementInterval
              + " is not in 0 to 600 s");
    }
  }
}
