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
 * What the peer of one session is told of routes: nothing while the session does not stand. On the
 * session's event loop.
 */
final class RouteFeed {

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
  void begin(Connection connection, Negotiated negotiated, PeerConfig config) {
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
  void end() {
    if (sender != null) {
      sender.end();
      sender = null;
    }
  }

  /** What changed in the desired set; the stage is completed as {@link UpdateSender} says. */
  void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed) {
    if (sender != null) {
      guarded(sender, established -> established.update(changes, flushed));
    } else {
      flushed.complete(null);
    }
  }

  /** The desired set, which is fitted to the peer in another way from now on. */
  void refit(PeerConfig config, List<LocalRib.Change> snapshot, CompletableFuture<Void> flushed) {
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
  List<AdvertisedRoute> advertised(int limit) {
    return sender == null ? List.of() : sender.advertised(limit);
  }

  /** The peer wants the routes of a family again. */
  void refresh(AddressFamily family) {
    if (sender != null) {
      guarded(sender, established -> established.refresh(family));
    }
  }

  /** The socket may take bytes again. */
  void send() {
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
