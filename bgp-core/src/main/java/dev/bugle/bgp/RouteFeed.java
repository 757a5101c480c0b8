package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the peer of one session is told where the speaker has no routing table: our own
 * announcements, found and written on the session's event loop, which is the shortest way for a
 * withdrawal.
 */
final class RouteFeed implements OutboundRoutes {

  private final SpeakerEnvironment environment;
  private final SessionDriver driver;
  private final EventLoop loop;
  private @Nullable UpdateSender sender;

  RouteFeed(SpeakerEnvironment environment, SessionDriver driver, EventLoop loop) {
    this.environment = environment;
    this.driver = driver;
    this.loop = loop;
  }

  /** The session stands: the peer gets the whole desired set, and what follows. */
  @Override
  public void begin(Connection connection, Negotiated negotiated, PeerConfig config) {
    Duration interval = config.export().minimumRouteAdvertisementInterval();
    UpdateSender established =
        new UpdateSender(
            connection,
            negotiated,
            SessionExport.of(environment.config(), config, connection, negotiated),
            new AdvertisementInterval(loop, interval, this::send));
    sender = established;
    environment.withRib(rib -> load(established, rib.snapshot()));
  }

  /**
   * As a task behind the changes that are in the snapshot already, and before those that follow.
   */
  private void load(UpdateSender established, List<LocalRib.Change> snapshot) {
    loop.execute(
        () -> {
          if (sender == established) {
            guarded(established, fresh -> fresh.load(snapshot));
          }
        });
  }

  /** The session does not stand any more: who waits for the peer waits no longer. */
  @Override
  public void end() {
    if (sender != null) {
      sender.end();
      sender = null;
    }
  }

  /** What changed in the desired set; the stage is completed as {@link UpdateSender} says. */
  @Override
  public void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    if (sender != null) {
      guarded(sender, established -> established.update(changes, flushed));
    } else {
      flushed.complete(null);
    }
  }

  /** The desired set, which is fitted to the peer in another way from now on. */
  @Override
  public void refit(
      PeerConfig config, List<LocalRib.Change> snapshot, CompletableFuture<Void> flushed) {
    if (sender == null) {
      flushed.complete(null);
      return;
    }
    guarded(
        sender,
        established -> {
          established.export(
              SessionExport.of(
                  environment.config(), config, established.connection(), established.negotiated()),
              config.export().minimumRouteAdvertisementInterval());
          established.update(snapshot, flushed);
        });
  }

  /** What the peer knows from us now, in no order; that many paths at most. */
  @Override
  public void advertised(int limit, CompletableFuture<List<AdvertisedRoute>> known) {
    known.complete(sender == null ? List.of() : sender.advertised(limit));
  }

  /** The peer wants the routes of a family again. */
  @Override
  public void refresh(AddressFamily family) {
    if (sender != null) {
      guarded(sender, established -> established.refresh(family));
    }
  }

  /** The socket may take bytes again. */
  @Override
  public void send() {
    if (sender != null) {
      guarded(sender, UpdateSender::send);
    }
  }

  private void guarded(UpdateSender established, Consumer<UpdateSender> operation) {
    try {
      operation.accept(established);
      established.tell(driver.counters());
      established.completeWaiting(); // who is told so finds it in the status
    } catch (RuntimeException unforeseen) {
      driver.failed(unforeseen);
    }
  }
}
