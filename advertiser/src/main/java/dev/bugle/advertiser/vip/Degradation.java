package dev.bugle.advertiser.vip;

import dev.bugle.bgp.rib.RouteChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a VIP is announced while a health check of it is down, so that others are preferred.
 *
 * @param changes what is told otherwise; at least one
 * @param withdrawAfter how long before it is withdrawn; empty: it never is for that reason
 */
public record Degradation(List<RouteChange> changes, Optional<Duration> withdrawAfter) {

  /** Copies the list and checks that there is something in it. */
  public Degradation {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("nothing is told otherwise; name at least one change");
    }
  }
}
