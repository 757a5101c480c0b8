package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import picocli.CommandLine.Command;

/** {@code bugle peers}. */
@Command(
    name = "peers",
    description = "Shows the peers of a running program and their sessions.",
    footer = {"", "Exit code: 0 shown, 1 not reached or refused, 2 wrong usage."})
final class PeersCommand extends RemoteCommand {

  /** For picocli. */
  PeersCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json peers = client.get("/v1/peers");
    if (isForPrograms()) {
      json(peers);
      return Main.OK;
    }
    Table table = Tables.peers(peers);
    if (table.isEmpty()) {
      line("there are no peers");
    } else {
      table.print(out());
    }
    for (Json peer : Plain.items(peers, "peers")) {
      lastWords(peer, "lastReceived", " said last");
      lastWords(peer, "lastSent", " was told last");
    }
    return Main.OK;
  }

  private void lastWords(Json peer, String field, String verb) {
    peer.find(field)
        .ifPresent(
            last ->
                line(
                    Plain.text(peer, "address")
                        + verb
                        + ": "
                        + Plain.text(last, "error")
                        + " at "
                        + Plain.text(last, "at")));
  }
}
