package dev.bugle.advertiser;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a peer has announced on its session (RFC 4271 §3.2), for people to look at: nothing is
 * decided on it. It is bounded, since a peer may announce the whole Internet: what comes when it is
 * full is not kept, and the table is then known not to be all of it.
 */
final class AdjRibIn {

  /** How many routes are kept: enough for routers that announce a default route and some nets. */
  static final int CAPACITY = 1000;

  private record Key(AddressFamily family, Nlri destination) {}

  private final Map<Key, PathAttributes> routes = new LinkedHashMap<>();
  private boolean complete = true;

  synchronized void update(UpdateMessage update) {
    update
        .withdrawn()
        .forEach((family, all) -> all.forEach(one -> routes.remove(new Key(family, one))));
    update
        .announced()
        .forEach(
            (family, all) ->
                all.forEach(one -> announced(new Key(family, one), update.attributes())));
  }

  private void announced(Key key, PathAttributes attributes) {
    if (routes.size() < CAPACITY || routes.containsKey(key)) {
      routes.put(key, attributes);
    } else {
      complete = false;
    }
  }

  synchronized ReceivedRoutes snapshot() {
    return new ReceivedRoutes(
        routes.entrySet().stream()
            .map(one -> new ReceivedRoutes.Received(one.getKey().destination(), one.getValue()))
            .toList(),
        complete);
  }
}
