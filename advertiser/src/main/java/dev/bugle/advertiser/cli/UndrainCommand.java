package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bugle undrain [VIP]}. */
@Command(
    name = "undrain",
    description = "Puts a VIP that was drained by name, or all VIPs, into service again.",
    footer = {
      "",
      "What is drained for another reason stays so: all by bugle drain, or by the",
      "maintenance file. Exit code: 0 done, 1 not reached, refused or no such VIP,",
      "2 wrong usage.",
    })
final class UndrainCommand extends RemoteCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "VIP",
      description = "Its name, its prefix, or its address; without one, all are meant.")
  private Optional<String> vip = Optional.empty();

  /** For picocli. */
  UndrainCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json answer = client.delete(Vips.drainPath(vip));
    if (isForPrograms()) {
      json(answer);
      return Main.OK;
    }
    List<Json> still = Plain.items(client.get("/v1/status"), "drains");
    for (Json one : Plain.items(answer, "vips")) {
      line(
          Vips.called(one)
              + (still.isEmpty() ? " is not drained any more" : " is not drained by its name"));
    }
    still.forEach(
        one -> line("but everything is still drained: " + Plain.text(one.text().orElse(""))));
    return Main.OK;
  }
}
