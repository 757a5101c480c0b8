package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.admin.AdminContent;
import dev.bugle.advertiser.admin.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be seen of an advertiser over HTTP, and commanded: the content of its admin server. All
 * methods may be called from any thread.
 */
public final class AdminApi implements AutoCloseable {

  private final AdminContent content;
  private final Events events;

  private AdminApi(AdminContent content, Events events) {
    this.content = content;
    this.events = events;
  }

  /**
   * Makes it, and begins to hear what the advertiser tells.
   *
   * @param extras what else the program has
   */
  public static AdminApi of(Advertiser advertiser, Extras extras) {
    Events events = Events.of(advertiser);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SeeingRoutes(advertiser).all());
    routes.addAll(new PeerRoutes(advertiser).all());
    routes.addAll(new SteeringRoutes(advertiser, extras.reload()).all());
    routes.add(events.route());
    AdminContent content =
        new AdminContent(
            advertiser::isAlive,
            () -> advertiser.missing().isEmpty(),
            extras.metrics().orElse(AdminApi::noMetrics),
            routes);
    return new AdminApi(content, events);
  }

  /** OpenMetrics wants to be told where it ends. */
  private static String noMetrics(String contentType) {
    return contentType.startsWith("application/openmetrics-text") ? "# EOF\n" : "";
  }

  /** For {@link dev.bugle.advertiser.admin.AdminServer#open}. */
  public AdminContent content() {
    return content;
  }

  /** Hears nothing any more; comes after the end of the server. */
  @Override
  public void close() {
    events.close();
  }
}
