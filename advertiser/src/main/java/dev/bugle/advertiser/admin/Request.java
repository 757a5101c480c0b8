package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * A request that fits its route's declaration.
 *
 * @param path the parameters of the path by name, decoded once; a prefix is as it was typed, with a
 *     slash or without a length
 * @param query the parameters of the query that were sent, by name, decoded once
 * @param body what was sent, if the route takes a body; it fits the schema
 * @param client who asks, for logs: an address with a port, or the Unix socket
 * @param accept the media types that the client prefers, as it wrote them; empty for any
 */
public record Request(
    Map<String, String> path,
    Map<String, String> query,
    Optional<Json> body,
    String client,
    String accept) {

  /** Copies the maps. */
  public Request {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /**
   * A parameter of the path.
   *
   * @throws IllegalArgumentException when the route has none of that name
   */
  public String parameter(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no parameter " + name);
    }
    return value;
  }
}
