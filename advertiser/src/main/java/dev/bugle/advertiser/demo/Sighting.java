package dev.bugle.advertiser.demo;

import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Optional;

/**
 * One thing that the router saw.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param node from which advertiser
 * @param kind what
 * @param prefix the route, where it is about one
 * @param attributes the route's, where it was learned
 * @param text what else there is to say
 */
record Sighting(
    long nanos,
    String node,
    Kind kind,
    Optional<Prefix> prefix,
    Optional<PathAttributes> attributes,
    String text) {

  /** What can be seen. */
  enum Kind {
    SESSION_UP,
    SESSION_DOWN,
    LEARNED,
    WITHDRAWN,
    NOTIFIED
  }

  static Sighting session(String node, Kind kind, String text) {
    return new Sighting(System.nanoTime(), node, kind, Optional.empty(), Optional.empty(), text);
  }

  static Sighting learned(String node, Prefix prefix, PathAttributes attributes) {
    return new Sighting(
        System.nanoTime(), node, Kind.LEARNED, Optional.of(prefix), Optional.of(attributes), "");
  }

  static Sighting withdrawn(String node, Prefix prefix) {
    return new Sighting(
        System.nanoTime(), node, Kind.WITHDRAWN, Optional.of(prefix), Optional.empty(), "");
  }

  boolean is(Kind wanted, String from) {
    return kind == wanted && node.equals(from);
  }

  boolean is(Kind wanted, String from, Prefix route) {
    return is(wanted, from) && prefix.filter(route::equals).isPresent();
  }
}
