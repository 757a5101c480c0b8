package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code bugle bfd}. */
@Command(
    name = "bfd",
    description = "Shows the BFD sessions that watch the paths to peers.",
    footer = {"", "Exit code: 0 shown, 1 not reached or refused, 2 wrong usage."})
final class BfdCommand extends RemoteCommand {

  /** For picocli. */
  BfdCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json answer = client.get("/v1/bfd");
    if (isForPrograms()) {
      json(answer);
      return Main.OK;
    }
    Table table =
        new Table(
            "PEER",
            "STATE",
            "PEER SAYS",
            "SINCE",
            "INTERVAL",
            "DETECTION",
            "FLAPS",
            "DROPPED",
            "LAST DOWN");
    for (Json one : Plain.items(answer, "sessions")) {
      table.row(
          Plain.text(one, "peer"),
          Plain.text(one, "state"),
          Plain.text(one, "remoteState"),
          Span.ago(one),
          millis(one, "transmitSeconds"),
          millis(one, "detectionSeconds"),
          Long.toString(Plain.whole(one, "flaps")),
          dropped(one),
          Plain.text(one, "diagnostic"));
    }
    if (table.isEmpty()) {
      line("there is no BFD: no peer has bfd in its configuration");
    } else {
      table.print(out());
    }
    return Main.OK;
  }

  private static String millis(Json session, String field) {
    double seconds =
        session
            .find(field)
            .map(one -> one instanceof Json.Decimal d ? d.value() : one.whole().orElse(0L))
            .map(Number::doubleValue)
            .orElse(-1.0);
    return seconds < 0 ? "" : Math.round(seconds * 1000) + "ms";
  }

  private static String dropped(Json session) {
    return session.find("dropped").stream()
        .filter(Json.Fields.class::isInstance)
        .flatMap(all -> ((Json.Fields) all).values().entrySet().stream())
        .map(one -> one.getValue() + " " + Plain.text(one.getKey()))
        .collect(Collectors.joining(", "));
  }
}
