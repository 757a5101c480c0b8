package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** The routes that are always there: probes, metrics, and the description of all. */
final class StandardRoutes {

  private StandardRoutes() {}

  /** All routes, with those of the content. */
  static List<Route> with(AdminContent content) {
    List<Route> routes = new ArrayList<>();
    routes.add(
        probe("/livez", "Whether the program works; if not, start it anew.", content.alive()));
    routes.add(
        probe("/readyz", "Whether the program can do what it is there for.", content.ready()));
    routes.add(
        Route.get("/metrics", "All metrics, for Prometheus; or as OpenMetrics for who asks so.")
            .answersText(MetricsFormat.PROMETHEUS, "The metrics.")
            .repliedBy(
                request -> {
                  String format = MetricsFormat.preferred(request.accept());
                  return new Answer.Text(200, format, content.metrics().scrape(format));
                }));
    routes.addAll(content.routes());
    routes.add(description(routes));
    return List.copyOf(routes);
  }

  /** It needs no token, so it must tell nothing but this. */
  private static Route probe(String path, String summary, BooleanSupplier state) {
    return Route.get(path, summary)
        .answersText("text/plain; charset=utf-8", "It does; status 503 if not.")
        .open()
        .repliedBy(
            request ->
                state.getAsBoolean()
                    ? new Answer.Text(200, "text/plain; charset=utf-8", "ok\n")
                    : new Answer.Text(503, "text/plain; charset=utf-8", "no\n"));
  }

  private static Route description(List<Route> others) {
    Route.Builder builder =
        Route.get(OpenApi.PATH, "This description.")
            .answersJson("OpenAPI 3.1.", Schema.anything("An OpenAPI document."));
    List<Route> all = new ArrayList<>(others);
    all.add(builder.repliedBy(request -> Answer.json(Json.object().build())));
    String version =
        Objects.requireNonNullElse(
            StandardRoutes.class.getPackage().getImplementationVersion(), "unreleased");
    // Written once: it does not change while the program runs.
    Answer description = Answer.json(OpenApi.describe(all, version));
    return builder.repliedBy(request -> description);
  }
}
