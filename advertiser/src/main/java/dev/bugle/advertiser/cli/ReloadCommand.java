package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code bugle reload}. */
@Command(
    name = "reload",
    description = "Lets a running program read its configuration again.",
    footer = {
      "",
      "Exit code: 0 the new configuration holds, 1 not reached, or refused: the old",
      "configuration holds, 2 wrong usage."
    })
final class ReloadCommand extends RemoteCommand {

  /** For picocli. */
  ReloadCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json answer = client.post("/v1/reload", Optional.empty());
    boolean applied = Plain.flag(answer, "applied");
    if (isForPrograms()) {
      json(answer);
    } else {
      Plain.items(answer, "messages").forEach(one -> line(Plain.text(one.text().orElse(""))));
      line(applied ? "the new configuration holds" : "refused; the old configuration holds");
    }
    return applied ? Main.OK : Main.FAILED;
  }
}
