package dev.bugle.advertiser;

import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;

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
   * @param attributes all of the UPDATE that brought it
   */
  public record Received(Nlri destination, PathAttributes attributes) {}

  /** Copies the list. */
  public ReceivedRoutes {
    routes = List.copyOf(routes);
  }
}
