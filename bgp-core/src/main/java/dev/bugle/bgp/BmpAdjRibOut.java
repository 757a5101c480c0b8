package dev.bugle.bgp;

import dev.bugle.bgp.rib.AdjRibOut;
import dev.bugle.bgp.rib.IdentifiedPath;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a peer knows from a speaker without routing tables, for a station that comes later. */
final class BmpAdjRibOut {

  private BmpAdjRibOut() {}

  /** Packed as if the peer was told now, with the End-of-RIB markers. */
  static List<Bytes> packed(Negotiated negotiated, List<AdvertisedRoute> routes) {
    Map<Prefix, List<IdentifiedPath>> paths = new LinkedHashMap<>();
    for (AdvertisedRoute route : routes) {
      Nlri nlri = route.destination();
      long identifier = nlri instanceof PathNlri path ? path.pathIdentifier() : 1;
      Prefix prefix = (Prefix) (nlri instanceof PathNlri path ? path.nlri() : nlri);
      paths
          .computeIfAbsent(prefix, unused -> new ArrayList<>(1))
          .add(new IdentifiedPath(identifier, route.path()));
    }
    AdjRibOut table = new AdjRibOut(negotiated.families(), negotiated.codec());
    paths.forEach(table::announce);
    table.finishInitialUpdate();
    List<Bytes> updates = new ArrayList<>();
    for (Optional<Message> next = table.nextMessage();
        next.isPresent();
        next = table.nextMessage()) {
      ByteBuf octets = Unpooled.buffer();
      MessageCodec.encode(next.get(), octets, negotiated.codec());
      updates.add(Bytes.readAll(octets));
    }
    return updates;
  }
}
