package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.json.Json;
import java.util.ArrayList;
import java.util.List;

/** An event in words. */
final class Happening {

  private Happening() {}

  /** A line for each thing that it tells, with the time. */
  static List<String> lines(String event, Json data) {
    String at = Plain.text(data, "at") + "  ";
    List<String> lines = new ArrayList<>();
    data.find("vip").ifPresent(one -> lines.add(at + vip(one)));
    data.find("removed")
        .ifPresent(
            name ->
                lines.add(
                    at + "VIP " + Plain.text(name.text().orElse("")) + " is not there any more"));
    data.find("peer").ifPresent(one -> lines.add(at + peer(one)));
    data.find("leadership").ifPresent(one -> lines.add(at + known("leadership", one)));
    data.find("check").ifPresent(one -> lines.add(at + known("health", one)));
    Plain.items(data, "vips").forEach(one -> lines.add(at + vip(one)));
    Plain.items(data, "peers").forEach(one -> lines.add(at + peer(one)));
    Plain.items(data, "leaderships").forEach(one -> lines.add(at + known("leadership", one)));
    Plain.items(data, "checks").forEach(one -> lines.add(at + known("health", one)));
    if (event.equals("dropped")) {
      lines.add(at + "some events were lost: this was read too slowly");
    }
    return lines;
  }

  private static String vip(Json vip) {
    return Vips.called(vip)
        + ": "
        + Plain.text(vip, "posture")
        + " ("
        + Plain.text(vip, "reason")
        + ")";
  }

  private static String peer(Json peer) {
    String description = Plain.text(peer, "description");
    return "peer "
        + Plain.text(peer, "address")
        + (description.isEmpty() ? "" : " (" + description + ")")
        + ": "
        + Plain.text(peer, "state")
        + ": "
        + Plain.text(peer, "cause");
  }

  private static String known(String kind, Json one) {
    return kind
        + " "
        + Plain.text(one, "name")
        + ": "
        + Plain.text(one, "state")
        + " ("
        + Plain.text(one, "reason")
        + ")";
  }
}
