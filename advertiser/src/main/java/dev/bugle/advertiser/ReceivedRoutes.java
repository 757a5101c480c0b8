package dev.bugle.advertiser;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;
import java.util.Optional;

/**
 * What a peer has announced on its session, as far as it is kept.
 *
 * @param routes in the order in which they came
 * @param complete whether these are all; if not, the first of the session
 */
public record ReceivedRoutes(List<Received> routes, boolean complete) {

  /** Of a peer whose session does not stand. */
  public static final ReceivedRoutes NONE = new ReceivedRoutes(List.of(), true);

  /**
   * One of them.
   *
   * @param destination the prefix, or what else the family has
   * @param nextHop empty where the family has another sort of next hop
   * @param attributes those of the UPDATE that brought it, without next hop and destinations
   */
  public record Received(
      Nlri destination, Optional<IpAddress> nextHop, PathAttributes attributes) {}

  /** Copies the list. */
  public ReceivedRoutes {
    routes = List.copyOf(routes);
  }
}
