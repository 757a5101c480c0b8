package dev.bugle.advertiser.admin;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the admin server serves. All of it is called on the server's event loop, and must not block.
 *
 * @param alive whether the program works; if not, it should be started anew ({@code /livez})
 * @param ready whether it can do what it is there for ({@code /readyz})
 * @param metrics what {@code /metrics} says
 * @param routes what else there is, under {@code /v1}
 */
public record AdminContent(
    BooleanSupplier alive, BooleanSupplier ready, Metrics metrics, List<Route> routes) {

  /** Copies the list. */
  public AdminContent {
    routes = List.copyOf(routes);
  }

  /** The metrics as text. */
  @FunctionalInterface
  public interface Metrics {
    /**
     * All metrics.
     *
     * @param contentType the media type to write them in, with its version: Prometheus text or
     *     OpenMetrics
     */
    String scrape(String contentType);
  }
}
