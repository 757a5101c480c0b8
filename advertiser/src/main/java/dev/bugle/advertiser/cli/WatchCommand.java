package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code bugle watch}. */
@Command(
    name = "watch",
    description = "Shows what happens in a running program, a line each, until Ctrl-C.",
    footer = {
      "",
      "It connects again when the program has gone and comes back.",
      "Exit code: 1 never reached or refused, 2 wrong usage."
    })
final class WatchCommand extends RemoteCommand {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private boolean seen;

  /** For picocli. */
  WatchCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    String told = "";
    while (true) {
      try {
        client.follow("/v1/events", this::show);
      } catch (AdminException e) {
        if (e.isRefusal() || !seen) {
          throw e;
        }
        if (!told.equals(e.text())) { // not a line for each attempt
          told = e.text();
          err().println(Plain.text(told) + "; trying again");
          err().flush();
        }
      }
      try {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Main.OK;
      }
    }
  }

  private void show(String event, Json data) {
    seen = true;
    if (isForPrograms()) {
      line(Json.object().put("event", event).put("data", data).build().toString());
    } else {
      Happening.lines(event, data).forEach(this::line);
    }
    out().flush();
  }
}
