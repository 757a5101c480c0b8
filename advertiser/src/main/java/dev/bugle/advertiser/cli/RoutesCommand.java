package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bugle routes sent|received PEER}. */
@Command(
    name = "routes",
    description = {
      "Shows the routes that a peer knows from a running program, or that the peer",
      "has announced to it."
    },
    footer = {"", "Exit code: 0 shown, 1 not reached or refused, 2 wrong usage."})
final class RoutesCommand extends RemoteCommand {

  /** Which way the routes went. */
  enum Direction {
    /** From us. */
    sent,
    /** From the peer. */
    received
  }

  @Parameters(index = "0", paramLabel = "sent|received", description = "Which way they went.")
  private Direction direction = Direction.sent;

  @Parameters(
      index = "1",
      paramLabel = "PEER",
      description = "The peer's address, its description, or the interface it is behind.")
  private String peer = "";

  /** For picocli. */
  RoutesCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    // The zone of a link-local address has no place in a path, and none is needed there.
    String named = peer.replaceFirst("%.*", "");
    Json answer =
        client.get("/v1/peers/" + AdminClient.segment(named) + "/routes/" + direction.name());
    if (isForPrograms()) {
      json(answer);
      return Main.OK;
    }
    Table table = new Table("PREFIX", "PATH", "NEXT HOP", "AS PATH", "PREF", "MED", "COMMUNITIES");
    for (Json route : Plain.items(answer, "routes")) {
      table.row(
          Plain.text(route, "prefix"),
          number(route, "pathId"),
          Plain.text(route, "nextHop"),
          Plain.text(route, "asPath"),
          number(route, "localPref"),
          number(route, "med"),
          Plain.items(route, "communities").stream()
              .map(one -> Plain.text(one.text().orElse("")))
              .collect(Collectors.joining(" ")));
    }
    if (table.isEmpty()) {
      line(
          "no routes "
              + direction
              + ": the session with "
              + Plain.text(answer, "peer")
              + " is "
              + Plain.text(answer, "state"));
    } else {
      table.print(out());
    }
    if (!Plain.flag(answer, "complete")) {
      line("these are not all: there are more than are kept or shown");
    }
    return Main.OK;
  }

  private static String number(Json route, String field) {
    return route.find(field).flatMap(Json::whole).map(String::valueOf).orElse("");
  }
}
