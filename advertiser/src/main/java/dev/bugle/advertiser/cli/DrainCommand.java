package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bugle drain [VIP]}. */
@Command(
    name = "drain",
    description = {
      "Takes a VIP, or all of them, out of service: announced with graceful-shutdown",
      "for its drain time, and then withdrawn, until bugle undrain or the next start.",
    },
    footer = {
      "",
      "Exit code: 0 done, 1 not reached, refused, no such VIP, or not withdrawn in time,",
      "2 wrong usage."
    })
final class DrainCommand extends RemoteCommand {

  private static final Duration BEYOND_DRAIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  @Parameters(
      arity = "0..1",
      paramLabel = "VIP",
      description = "Its name, its prefix, or its address; without one, all are meant.")
  private Optional<String> vip = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for who asks bugle why.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--wait", description = "Return when they are withdrawn.")
  private boolean wait;

  /** For picocli. */
  DrainCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json body = Json.object().put("reason", reason, Json::of).build();
    Json answer = client.post(Vips.drainPath(vip), Optional.of(body));
    List<Json> meant = Plain.items(answer, "vips");
    if (!wait) {
      meant.forEach(
          one ->
              tell(
                  Vips.called(one)
                      + " is drained: withdrawn in "
                      + Span.text(one, "drainSeconds")));
    } else if (!awaitWithdrawn(client, meant)) {
      err().println("not all of them are withdrawn in time; see bugle status");
      return Main.FAILED;
    } else {
      meant.forEach(one -> tell(Vips.called(one) + " is withdrawn"));
    }
    if (isForPrograms()) {
      json(answer);
    } else if (meant.isEmpty()) {
      line("there are no VIPs");
    }
    return Main.OK;
  }

  private void tell(String text) {
    if (!isForPrograms()) {
      line(text);
    }
  }

  private static boolean awaitWithdrawn(AdminClient client, List<Json> meant)
      throws AdminException {
    Set<String> names =
        meant.stream().map(one -> Plain.text(one, "name")).collect(Collectors.toSet());
    Duration longest =
        meant.stream()
            .map(one -> Span.duration(one, "drainSeconds"))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    long end = System.nanoTime() + longest.plus(BEYOND_DRAIN).toNanos();
    while (true) {
      boolean all =
          Plain.items(client.get("/v1/vips"), "vips").stream()
              .filter(one -> names.contains(Plain.text(one, "name")))
              .allMatch(one -> Plain.text(one, "posture").equals("withdrawn"));
      if (all || System.nanoTime() - end > 0) {
        return all;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
