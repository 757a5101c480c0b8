package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.ConfigSource;
import dev.bugle.advertiser.ReloadOutcome;
import dev.bugle.advertiser.Reloading;
import dev.bugle.advertiser.admin.AdminContent;
import dev.bugle.advertiser.admin.AdminServer;
import dev.bugle.advertiser.api.AdminApi;
import dev.bugle.advertiser.api.Extras;
import dev.bugle.advertiser.api.Reload;
import dev.bugle.advertiser.config.AdminConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin server of {@code bugle run}: there before the first peer sees anything, and until the
 * last has been told goodbye, so that a drain can be watched.
 */
final class AdminDoor implements AutoCloseable {

  private final Logger log = LoggerFactory.getLogger(AdminDoor.class);
  private final Optional<AdminConfig> configured;
  private final ConfigSource source;
  private final AdminContent.Metrics metrics;
  private Optional<AdminApi> api = Optional.empty();
  private Optional<AdminServer> server = Optional.empty();
  private boolean closed;

  /** Not open yet. */
  AdminDoor(Optional<AdminConfig> configured, ConfigSource source, AdminContent.Metrics metrics) {
    this.configured = configured;
    this.source = source;
    this.metrics = metrics;
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
    Reloading reloading = new Reloading(advertiser, source);
    Extras extras = new Extras(Optional.of(metrics), Optional.of(() -> begin(reloading)));
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

  /** On a thread of its own: a reload waits for routers and electors. */
  private static CompletionStage<Reload.Outcome> begin(Reloading reloading) {
    CompletableFuture<Reload.Outcome> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              ReloadOutcome outcome = reloading.run("admin API");
              done.complete(
                  new Reload.Outcome(outcome instanceof ReloadOutcome.Applied, outcome.lines()));
            },
            "bugle-reload");
    thread.setDaemon(true);
    thread.start();
    return done;
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
