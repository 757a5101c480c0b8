package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import picocli.CommandLine.Command;

/** {@code bugle status}. */
@Command(
    name = "status",
    description = "Shows a running program at a glance: its VIPs and its peers.",
    footer = {"", "Exit code: 0 shown, 1 not reached or refused, 2 wrong usage."})
final class StatusCommand extends RemoteCommand {

  /** For picocli. */
  StatusCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json status = client.get("/v1/status");
    Json vips = client.get("/v1/vips");
    Json peers = client.get("/v1/peers");
    Json sources = client.get("/v1/sources");
    if (isForPrograms()) {
      json(
          Json.object()
              .put("status", status)
              .put("vips", Json.list(Plain.items(vips, "vips")))
              .put("peers", Json.list(Plain.items(peers, "peers")))
              .put("sources", Json.list(Plain.items(sources, "sources")))
              .build());
      return Main.OK;
    }
    line(
        "bugle "
            + Plain.text(status, "version")
            + ", AS "
            + Plain.whole(status, "asn")
            + ", router id "
            + Plain.text(status, "routerId")
            + ", started "
            + Span.ago(status));
    line(Plain.flag(status, "ready") ? "ready" : "not ready:");
    Plain.items(status, "missing").forEach(one -> line("  " + sentence(one)));
    Plain.items(status, "drains").forEach(one -> line("everything is drained: " + sentence(one)));
    line("");
    show(Tables.vips(vips), "there are no VIPs");
    line("");
    show(Tables.peers(peers), "there are no peers");
    Plain.items(sources, "sources").forEach(this::source);
    return Main.OK;
  }

  private void source(Json source) {
    line("");
    String name = "source " + Plain.text(source, "name") + " (" + Plain.text(source, "type") + ")";
    line(
        Plain.flag(source, "stated")
            ? name + ": " + Plain.whole(source, "vips") + " VIPs, last stated " + Span.ago(source)
            : name + ": waiting, it has not stated its VIPs yet");
    Plain.items(source, "troubles").forEach(one -> line("  trouble: " + sentence(one)));
    Plain.items(source, "refused")
        .forEach(
            one -> line("  refused: " + Plain.text(one, "vip") + ": " + Plain.text(one, "reason")));
  }

  private static String sentence(Json text) {
    return Plain.text(text.text().orElse(""));
  }

  private void show(Table table, String otherwise) {
    if (table.isEmpty()) {
      line(otherwise);
    } else {
      table.print(out());
    }
  }
}
