package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.admin.AdminServer;
import dev.bugle.advertiser.api.AdminApi;
import dev.bugle.advertiser.api.Extras;
import dev.bugle.advertiser.config.AdminConfig;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin server of {@code bugle run}: there before the first peer sees anything, and until the
 * last has been told goodbye, so that a drain can be watched.
 */
final class AdminDoor implements AutoCloseable {

  private final Logger log = LoggerFactory.getLogger(AdminDoor.class);
  private final Optional<AdminConfig> configured;
  private final Extras extras;
  private Optional<AdminApi> api = Optional.empty();
  private Optional<AdminServer> server = Optional.empty();
  private boolean closed;

  /** Not open yet. */
  AdminDoor(Optional<AdminConfig> configured, Extras extras) {
    this.configured = configured;
    this.extras = extras;
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException when it was configured and cannot be had, saying what to do
   */
  synchronized void open(Advertiser advertiser) {
    AdminConfig config = configured.orElse(AdminConfig.DEFAULT);
    if (config.listen().isEmpty()) {
      return;
    }
    AdminApi content = AdminApi.of(advertiser, extras);
    api = Optional.of(content);
    try {
      AdminServer open = AdminServer.open(config, content.content());
      server = Optional.of(open);
      open.places().forEach(place -> log.info("admin server at {}", place));
    } catch (IllegalStateException e) {
      if (configured.isPresent()) {
        throw e;
      }
      // Nobody has asked for it, and announcing is what the program is there for.
      log.warn("running without an admin server: {}", e.getMessage());
    }
  }

  /** Ends it; does nothing when called again. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.ifPresent(AdminServer::close);
      api.ifPresent(AdminApi::close);
    }
  }
}
