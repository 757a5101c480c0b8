package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bugle why VIP}. */
@Command(
    name = "why",
    description = "Says why a VIP is announced or not: every input, and the rule that decided.",
    footer = {"", "Exit code: 0 shown, 1 not reached, refused or no such VIP, 2 wrong usage."})
final class WhyCommand extends RemoteCommand {

  @Parameters(paramLabel = "VIP", description = "Its name, its prefix, or its address.")
  private String vip = "";

  /** For picocli. */
  WhyCommand() {}

  @Override
  int call(AdminClient client) throws AdminException {
    Json answer = client.get("/v1/vips/" + AdminClient.segment(vip));
    if (isForPrograms()) {
      json(answer);
      return Main.OK;
    }
    String between = "";
    for (Json one : Plain.items(answer, "vips")) {
      out().print(between);
      explain(one);
      between = System.lineSeparator();
    }
    return Main.OK;
  }

  private void explain(Json one) {
    line(
        Vips.called(one)
            + " is "
            + posture(Plain.text(one, "posture"))
            + " since "
            + Plain.text(one, "since")
            + ", "
            + Span.ago(one)
            + ".");
    for (Json factor : Plain.items(one, "factors")) {
      if (Plain.flag(factor, "decides")) {
        line("Because " + because(factor) + ".");
      }
    }
    line("The rule: " + Plain.text(one, "rule"));
    line("");
    Table table = new Table("INPUT", "VALUE", "EFFECT", "SINCE", "HOLDS FOR", "REASON");
    for (Json factor : Plain.items(one, "factors")) {
      table.row(
          input(factor),
          Plain.text(factor, "value"),
          effect(Plain.text(factor, "effect")),
          Span.ago(factor),
          Span.text(factor, "forSeconds"),
          Plain.text(factor, "reason"));
    }
    table.print(out());
  }

  private static String posture(String word) {
    return switch (word) {
      case "withdrawn" -> "not announced";
      case "degraded" -> "announced so that others are preferred,";
      case "draining" -> "being drained,";
      default -> word;
    };
  }

  private static String effect(String word) {
    return switch (word) {
      case "allows" -> "lets it be announced";
      case "worsens" -> "makes others preferred";
      case "forbids" -> "forbids it";
      default -> word;
    };
  }

  private static String because(Json factor) {
    return Plain.text(factor, "kind").equals("peers")
        ? Plain.text(factor, "reason")
        : input(factor) + " is " + value(factor);
  }

  private static String input(Json factor) {
    String name = Plain.text(factor, "name");
    return Plain.text(factor, "kind") + (name.isEmpty() ? "" : " " + name);
  }

  private static String value(Json factor) {
    String value = Plain.text(factor, "value");
    String reason = Plain.text(factor, "reason");
    return value.equals(reason) ? value : value + " (" + reason + ")";
  }
}
