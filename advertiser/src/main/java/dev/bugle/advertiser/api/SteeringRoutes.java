package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.VipDecision;
import dev.bugle.advertiser.admin.Answer;
import dev.bugle.advertiser.admin.Problem;
import dev.bugle.advertiser.admin.Request;
import dev.bugle.advertiser.admin.Route;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.vip.Vip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be commanded: to drain, to undrain, and to reload. Each command is logged. */
final class SteeringRoutes {

  private static final Logger log = LoggerFactory.getLogger(AdminApi.class);

  private static final int LONGEST_REASON = 200;

  private static final Schema WHY =
      Schema.object("Why it is drained.")
          .optional(
              "reason",
              Schema.text("For people, at most " + LONGEST_REASON + " characters on one line."))
          .build();

  private static final Schema MEANT =
      SeeingRoutes.listed(
          "vips",
          Schema.object("A VIP that is meant.")
              .field("name", Schema.text("What it is called."))
              .field("prefix", Schema.text("What is announced."))
              .field("drainSeconds", Schema.number("How long it takes to drain it."))
              .build());

  private static final Schema OUTCOME =
      Schema.object("What came of it.")
          .field("applied", Schema.flag("Whether the new configuration holds now."))
          .field(
              "messages",
              Schema.listOf("What was changed, or why it was refused.", Schema.text("A sentence.")))
          .build();

  private final Advertiser advertiser;
  private final Optional<Reload> reload;

  SteeringRoutes(Advertiser advertiser, Optional<Reload> reload) {
    this.advertiser = advertiser;
    this.reload = reload;
  }

  List<Route> all() {
    return List.of(
        Route.post(
                "/v1/drain",
                "Takes all VIPs out of service, until they are undrained or the program begins"
                    + " anew.")
            .body(WHY)
            .answersJson("The VIPs.", MEANT)
            .repliedBy(this::drainAll),
        Route.delete(
                "/v1/drain",
                "Puts all VIPs into service again, also those drained by name; not while the"
                    + " maintenance file is there.")
            .answersJson("The VIPs.", MEANT)
            .repliedBy(this::undrainAll),
        Route.post("/v1/vips/{vip}/drain", "Takes VIPs out of service.")
            .parameter(Named.VIP)
            .body(WHY)
            .answersJson("The VIPs.", MEANT)
            .repliedBy(this::drain),
        Route.delete(
                "/v1/vips/{vip}/drain",
                "Puts VIPs that were drained by name into service again; not while all are"
                    + " drained.")
            .parameter(Named.VIP)
            .answersJson("The VIPs.", MEANT)
            .repliedBy(this::undrain),
        Route.post(
                "/v1/reload", "Reads the configuration again, and applies it if it has no fault.")
            .answersJson("What came of it.", OUTCOME)
            .handledBy(this::reload));
  }

  private Answer drainAll(Request request) throws Problem {
    String reason = reason(request);
    log.info("{}: drain all VIPs: {}", request.client(), reason);
    advertiser.drainAll(reason);
    return meant(advertiser.decisions().stream().map(VipDecision::vip).toList());
  }

  private Answer undrainAll(Request request) {
    log.info("{}: undrain all VIPs", request.client());
    advertiser.undrainAll();
    return meant(advertiser.decisions().stream().map(VipDecision::vip).toList());
  }

  private Answer drain(Request request) throws Problem {
    String reason = reason(request);
    List<Vip> meant = new ArrayList<>();
    for (VipDecision one : Named.vips(request.parameter("vip"), advertiser.decisions())) {
      log.info("{}: drain VIP {}: {}", request.client(), one.vip(), reason);
      meant.addAll(removedMeanwhile(() -> advertiser.drain(one.vip().name(), reason)));
    }
    return meant(meant);
  }

  private Answer undrain(Request request) throws Problem {
    List<Vip> meant = new ArrayList<>();
    for (VipDecision one : Named.vips(request.parameter("vip"), advertiser.decisions())) {
      log.info("{}: undrain VIP {}", request.client(), one.vip());
      meant.addAll(removedMeanwhile(() -> advertiser.undrain(one.vip().name())));
    }
    return meant(meant);
  }

  private interface Command {
    List<Vip> run();
  }

  private static List<Vip> removedMeanwhile(Command command) throws Problem {
    try {
      return command.run();
    } catch (IllegalArgumentException e) {
      throw Problem.of(404, String.valueOf(e.getMessage()));
    }
  }

  /** It is shown to others, in a terminal and in the log. */
  private static String reason(Request request) throws Problem {
    String reason =
        request
            .body()
            .flatMap(body -> body.find("reason"))
            .flatMap(Json::text)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElse("by an operator");
    if (reason.length() > LONGEST_REASON || !reason.chars().allMatch(SteeringRoutes::isPrintable)) {
      throw Problem.of(
          422,
          "the reason has more than "
              + LONGEST_REASON
              + " characters, or some that cannot be printed; shorten it to one line");
    }
    return "drained: " + reason;
  }

  private static boolean isPrintable(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.FORMAT
        && Character.getType(character) != Character.LINE_SEPARATOR
        && Character.getType(character) != Character.PARAGRAPH_SEPARATOR;
  }

  private static Answer meant(List<Vip> vips) {
    return SeeingRoutes.list(
        "vips",
        vips,
        (vip, now) ->
            Json.object()
                .put("name", vip.name())
                .put("prefix", vip.route().prefix().toString())
                .put("drainSeconds", Moment.seconds(vip.drainTime()))
                .build());
  }

  private CompletionStage<Answer> reload(Request request) throws Problem {
    if (reload.isEmpty()) {
      throw Problem.of(501, "this program cannot reload; start it anew with its configuration");
    }
    log.info("{}: reload", request.client());
    return reload
        .get()
        .reload()
        .thenApply(
            outcome ->
                Answer.json(
                    Json.object()
                        .put("applied", outcome.applied())
                        .put("messages", Json.list(outcome.messages(), Json::of))
                        .build()));
  }
}
