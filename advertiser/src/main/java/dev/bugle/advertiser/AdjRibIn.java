package dev.bugle.advertiser;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer has announced on its session (RFC 4271 §3.2), for people to look at: nothing is
 * decided on it. It is bounded, since a peer may announce the whole Internet: what comes when it is
 * full is not kept, and the table is then known not to be all of it.
 */
final class AdjRibIn {

  /** How many routes are kept: enough for routers that announce a default route and some nets. */
  static final int CAPACITY = 1000;

  private record Key(AddressFamily family, Nlri destination) {}

  /** How many octets their attributes may have in all, each counted as if it shared nothing. */
  static final int MAX_OCTETS = 256 * 1024;

  /** NEXT_HOP, MP_REACH_NLRI and MP_UNREACH_NLRI: they hold all the destinations of a message. */
  private static final List<Integer> NOT_KEPT = List.of(3, 14, 15);

  private record Route(ReceivedRoutes.Received received, int octets) {}

  private final Map<Key, Route> routes = new LinkedHashMap<>();
  private int octets;
  private boolean complete = true;

  synchronized void update(UpdateMessage update) {
    update.withdrawn().forEach((family, all) -> all.forEach(one -> remove(new Key(family, one))));
    PathAttributes attributes = update.attributes();
    for (int typeCode : NOT_KEPT) {
      attributes = attributes.without(typeCode);
    }
    PathAttributes kept = attributes;
    int size = kept.encodedLength(CodecContext.INITIAL);
    update
        .announced()
        .forEach(
            (family, all) -> {
              Optional<IpAddress> nextHop = nextHop(family, update.attributes());
              for (Nlri one : all) {
                add(
                    new Key(family, one),
                    new Route(new ReceivedRoutes.Received(one, nextHop, kept), size));
              }
            });
  }

  private static Optional<IpAddress> nextHop(AddressFamily family, PathAttributes attributes) {
    Optional<IpAddress> multiprotocol =
        attributes
            .get(MpReach.class)
            .filter(reach -> reach.family().equals(family))
            .flatMap(MpReach::nextHopAddress);
    return multiprotocol.or(() -> attributes.get(NextHop.class).map(NextHop::address));
  }

  private void remove(Key key) {
    Route before = routes.remove(key);
    octets -= before == null ? 0 : before.octets();
  }

  private void add(Key key, Route route) {
    remove(key);
    if (routes.size() < CAPACITY && octets + route.octets() <= MAX_OCTETS) {
      routes.put(key, route);
      octets += route.octets();
    } else {
      complete = false;
    }
  }

  synchronized ReceivedRoutes snapshot() {
    return new ReceivedRoutes(routes.values().stream().map(Route::received).toList(), complete);
  }
}
