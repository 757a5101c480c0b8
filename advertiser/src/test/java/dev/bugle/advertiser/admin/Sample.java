package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.wire.IpAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A small content with one route of each kind, and what became of it. */
final class Sample {

  static final Schema VIP =
      Schema.object("A VIP.").field("prefix", Schema.text("The address.")).build();

  static final Schema DRAIN =
      Schema.object("How.")
          .field("reason", Schema.text("Why."))
          .optional("seconds", Schema.whole("How long.", 0, 3600))
          .build();

  final EventStream stream = new EventStream(() -> Json.object().put("state", "as it is").build());
  final CompletableFuture<Answer> later = new CompletableFuture<>();
  final ConcurrentHashMap<String, String> drained = new ConcurrentHashMap<>();
  volatile boolean ready = true;
  volatile String metrics = "# HELP\n";

  private static final Parameter PREFIX =
      new Parameter("prefix", Parameter.Kind.PREFIX, "The address.", "203.0.113.10/32");

  AdminContent content() {
    return new AdminContent(
        () -> true,
        () -> ready,
        format -> metrics + format + "\n",
        List.of(
            Route.get("/v1/vips/{prefix}", "One VIP.")
                .parameter(PREFIX)
                .parameter(new Parameter("depth", Parameter.Kind.QUERY, "How deep.", "2"))
                .answersJson("The VIP.", VIP)
                .repliedBy(
                    request ->
                        Answer.json(
                            Json.object()
                                .put(
                                    "prefix",
                                    request.parameter("prefix")
                                        + request.query().getOrDefault("depth", ""))
                                .build())),
            Route.post("/v1/vips/{prefix}/drain", "Withdraws a VIP.")
                .parameter(PREFIX)
                .body(DRAIN)
                .answersJson("What was done.", VIP)
                .repliedBy(
                    request -> {
                      String reason =
                          request.body().orElseThrow().find("reason").orElseThrow().toString();
                      drained.put(request.parameter("prefix"), reason);
                      return Answer.json(202, Json.object().put("prefix", reason).build());
                    }),
            Route.delete("/v1/vips/{prefix}/drain", "Announces it again.")
                .parameter(PREFIX)
                .answersJson("What was done.", VIP)
                .repliedBy(
                    request -> {
                      drained.remove(request.parameter("prefix"));
                      return Answer.json(Json.object().put("prefix", "x").build());
                    }),
            Route.get("/v1/names/{name}", "A name.")
                .parameter(new Parameter("name", Parameter.Kind.SEGMENT, "Which.", "a"))
                .answersText("text/plain", "It.")
                .repliedBy(
                    request -> new Answer.Text(200, "text/plain", request.parameter("name"))),
            Route.get("/v1/later", "What takes time.")
                .answersText("text/plain", "It.")
                .handledBy(request -> later),
            Route.get("/v1/broken", "What fails.")
                .answersText("text/plain", "Nothing.")
                .repliedBy(
                    request -> {
                      throw new IllegalStateException("a secret of this side");
                    }),
            Route.get("/v1/events", "What happens.")
                .answersEvents("The events.", Schema.anything("Data."))
                .repliedBy(request -> Answer.events(stream))));
  }

  /** Where only this host can connect, at a port that is free. */
  static AdminConfig loopback() {
    return AdminConfig.at(new AdminListen.Tcp(IpAddress.parse("127.0.0.1"), 0));
  }

  AdminServer open() {
    return AdminServer.open(loopback(), content());
  }

  AdminServer open(Limits limits) {
    return AdminServer.open(loopback(), content(), limits);
  }

  static AdminConfig withToken(Path token) {
    return new AdminConfig(loopback().listen(), Optional.of(token), Optional.empty(), false);
  }
}
