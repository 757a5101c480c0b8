package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.json.Json;

/** The tables that more than one command shows. */
final class Tables {

  private Tables() {}

  static Table vips(Json answer) {
    Table table = new Table("VIP", "NAME", "POSTURE", "SINCE", "WHY");
    for (Json vip : Plain.items(answer, "vips")) {
      String prefix = Plain.text(vip, "prefix");
      String name = Plain.text(vip, "name");
      table.row(
          prefix,
          name.equals(prefix) ? "" : name,
          Plain.text(vip, "posture"),
          Span.ago(vip),
          Plain.text(vip, "reason"));
    }
    return table;
  }

  static Table peers(Json answer) {
    Table table = new Table("PEER", "NAME", "AS", "STATE", "SINCE", "SENT", "BFD", "WHY");
    for (Json peer : Plain.items(answer, "peers")) {
      table.row(
          Plain.text(peer, "address"),
          Plain.text(peer, "description"),
          as(peer),
          Plain.text(peer, "state"),
          Span.ago(peer),
          Long.toString(sum(peer, "advertised")),
          bfd(peer),
          Plain.text(peer, "cause"));
    }
    return table;
  }

  private static String as(Json peer) {
    return peer.find("negotiated")
        .map(negotiated -> Long.toString(Plain.whole(negotiated, "asn")))
        .orElse(Plain.text(peer, "remoteAs").replaceFirst("^AS ", ""));
  }

  private static String bfd(Json peer) {
    String path = Plain.text(peer, "path");
    return path.equals("unknown") ? "" : path;
  }

  private static long sum(Json peer, String field) {
    return peer.find("families").stream()
        .filter(Json.Fields.class::isInstance)
        .flatMap(families -> ((Json.Fields) families).values().values().stream())
        .mapToLong(family -> Plain.whole(family, field))
        .sum();
  }
}
