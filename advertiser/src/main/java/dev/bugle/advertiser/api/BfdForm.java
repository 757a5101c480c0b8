package dev.bugle.advertiser.api;

import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bgp.PeerAddress;
import java.util.Locale;
import java.util.Map;

/** The BFD session that watches the path to a peer. */
final class BfdForm {

  private static final Schema COUNT = Schema.whole("How many so far.", 0, Long.MAX_VALUE);

  /** A BFD session. */
  static final Schema SCHEMA =
      Moment.since(
              Schema.object("The BFD session that watches the path to a peer.")
                  .field("peer", Schema.text("The peer's address."))
                  .field("state", Schema.text("The state of our side (RFC 5880 §6.2)."))
                  .optional("remoteState", Schema.text("The state that the peer told last.")))
          .field("diagnostic", Schema.text("Why it last left Up."))
          .optional("transmitSeconds", Schema.number("The interval at which we send."))
          .optional("detectionSeconds", Schema.number("How long the peer may be silent."))
          .field("flaps", COUNT)
          .field("sent", COUNT)
          .field("notSent", COUNT)
          .field("received", COUNT)
          .field("dropped", Schema.mapOf("Packets not accepted, by the reason.", COUNT))
          .build();

  private BfdForm() {}

  static Json of(PeerAddress peer, BfdStatus status, Moment now) {
    Json.Builder dropped = Json.object();
    status.counters().dropped().entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> dropped.put(word(one.getKey()), one.getValue()));
    return now.since(
            Json.object()
                .put("peer", peer.toString())
                .put("state", word(status.state()))
                .put("remoteState", status.remote(), told -> Json.of(word(told.state()))),
            status.since())
        .put("diagnostic", status.diagnostic().toString())
        .put("transmitSeconds", status.transmitInterval(), Moment::seconds)
        .put("detectionSeconds", status.detectionTime(), Moment::seconds)
        .put("flaps", status.counters().flaps())
        .put("sent", status.counters().sent())
        .put("notSent", status.counters().notSent())
        .put("received", status.counters().received())
        .put("dropped", dropped.build())
        .build();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
