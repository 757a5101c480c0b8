package dev.bugle.advertiser.api;

import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.Endpoints;
import dev.bugle.bgp.FamilyCounts;
import dev.bugle.bgp.LastNotification;
import dev.bugle.bgp.MessageCounts;
import dev.bugle.bgp.PeerStatus;
import dev.bugle.bgp.session.Negotiated;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;

/** A peer and its session. */
final class PeerForm {

  private static final long MOST = Long.MAX_VALUE;

  private static final Schema MESSAGES =
      Schema.object("How many messages, since the peer is there.")
          .field("open", count("OPEN."))
          .field("update", count("UPDATE."))
          .field("notification", count("NOTIFICATION."))
          .field("keepalive", count("KEEPALIVE."))
          .field("routeRefresh", count("ROUTE-REFRESH."))
          .build();

  private static final Schema FAMILY =
      Schema.object("The routes of an address family.")
          .field("advertised", count("How many destinations the peer knows from us now."))
          .field("announcementsReceived", count("How many routes it has announced so far."))
          .field("withdrawalsReceived", count("How many routes it has withdrawn so far."))
          .build();

  private static final Schema NOTIFICATION =
      Schema.object("The last NOTIFICATION of a direction.")
          .field("error", Schema.text("What it said."))
          .field(
              "text", Schema.text("What the operators of the other side were told; may be empty."))
          .field("at", Schema.text("When, on the wall clock."))
          .build();

  private static final Schema NEGOTIATED =
      Schema.object("What the two ends agreed on; only of a session that is established.")
          .field("asn", Schema.whole("The peer's AS number.", 1, 0xFFFF_FFFFL))
          .field("identifier", Schema.text("The peer's BGP Identifier."))
          .field("holdSeconds", Schema.number("The hold time; 0: neither side watches."))
          .field("families", Schema.listOf("Address families.", Schema.text("One.")))
          .field("agreements", Schema.listOf("What else holds.", Schema.text("One.")))
          .build();

  /** A peer and its session. */
  static final Schema SCHEMA =
      Moment.since(
              Schema.object("A peer and its session.")
                  .field("address", Schema.text("Its address, or the interface that it is behind."))
                  .field("description", Schema.text("What it is called; may be empty."))
                  .field("remoteAs", Schema.text("Which AS it must be in."))
                  .field("state", Schema.text("The state of its session (RFC 4271 §8.2.2).")))
          .field("cause", Schema.text("Why it is in that state."))
          .field(
              "synchronised", Schema.flag("Whether it was told everything, and that it was all."))
          .field("waiting", count("How many destinations it is still to be told of."))
          .field("path", Schema.text("What BFD knows of the path."))
          .field("pathCause", Schema.text("Why; may be empty."))
          .optional("negotiated", NEGOTIATED)
          .optional("local", Schema.text("Our end of the connection."))
          .optional("remote", Schema.text("The peer's end of the connection."))
          .field("established", count("How often a session was established."))
          .field("ended", count("How many of these are over."))
          .field("sent", MESSAGES)
          .field("received", MESSAGES)
          .field("families", Schema.mapOf("By address family.", FAMILY))
          .optional("lastSent", NOTIFICATION)
          .optional("lastReceived", NOTIFICATION)
          .build();

  private PeerForm() {}

  private static Schema count(String description) {
    return Schema.whole(description, 0, MOST);
  }

  static Json of(PeerStatus status, Moment now) {
    return now.since(
            Json.object()
                .put("address", status.peer().peerAddress().toString())
                .put("description", status.peer().description())
                .put("remoteAs", status.peer().remoteAs().toString())
                .put("state", word(status.state())),
            status.since())
        .put("cause", status.cause())
        .put("synchronised", status.traffic().synchronised())
        .put("waiting", status.traffic().backlog().destinations())
        .put("path", word(status.path().state()))
        .put("pathCause", status.path().cause())
        .put("negotiated", status.negotiated(), PeerForm::negotiated)
        .put("local", status.endpoints().map(Endpoints::local), at -> Json.of(end(at)))
        .put("remote", status.endpoints().map(Endpoints::remote), at -> Json.of(end(at)))
        .put("established", status.sessions().established())
        .put("ended", status.sessions().ended())
        .put("sent", messages(status.traffic().sent()))
        .put("received", messages(status.traffic().received()))
        .put("families", families(status))
        .put("lastSent", status.lastSent(), PeerForm::notification)
        .put("lastReceived", status.lastReceived(), PeerForm::notification)
        .build();
  }

  /** In small letters, as in answers. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As addresses with ports are written. */
  static String end(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** As in messages: {@code 192.0.2.254 (top-of-rack)}. */
  static String name(PeerStatus status) {
    String description = status.peer().description();
    return status.peer().peerAddress() + (description.isEmpty() ? "" : " (" + description + ")");
  }

  private static Json negotiated(Negotiated negotiated) {
    return Json.object()
        .put("asn", negotiated.peerAs())
        .put("identifier", negotiated.peerIdentifier().toString())
        .put("holdSeconds", Moment.seconds(negotiated.holdTime()))
        .put("families", Json.list(negotiated.families(), one -> Json.of(one.toString())))
        .put("agreements", Json.list(negotiated.agreements(), one -> Json.of(one.toString())))
        .build();
  }

  private static Json messages(MessageCounts counts) {
    return Json.object()
        .put("open", counts.open())
        .put("update", counts.update())
        .put("notification", counts.notification())
        .put("keepalive", counts.keepalive())
        .put("routeRefresh", counts.routeRefresh())
        .build();
  }

  private static Json families(PeerStatus status) {
    Json.Builder families = Json.object();
    status.traffic().families().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> families.put(one.getKey().toString(), family(one.getValue())));
    return families.build();
  }

  private static Json family(FamilyCounts counts) {
    return Json.object()
        .put("advertised", counts.advertised())
        .put("announcementsReceived", counts.received().announced())
        .put("withdrawalsReceived", counts.received().withdrawn())
        .build();
  }

  private static Json notification(LastNotification last) {
    return Json.object()
        .put("error", last.error().toString())
        .put("text", last.text())
        .put("at", Moment.text(last.at()))
        .build();
  }
}
