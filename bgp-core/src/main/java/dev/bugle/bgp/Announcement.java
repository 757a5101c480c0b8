package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A route that a speaker announces until this is closed. Peers that come later, or come back, get
 * it too. May be used from any thread.
 */
public final class Announcement implements AutoCloseable {

  private final BgpSpeaker speaker;
  private final Route route;
  private final RoutePolicy policy;
  private final CompletionStage<Void> flushed;
  private final AtomicReference<@Nullable CompletionStage<Void>> withdrawal =
      new AtomicReference<>();

  Announcement(BgpSpeaker speaker, Route route, RoutePolicy policy) {
    this.speaker = speaker;
    this.route = route;
    this.policy = policy;
    this.flushed = speaker.add(this);
  }

  /** What is announced. */
  public Route route() {
    return route;
  }

  /** Which peers get it, and what is changed of it for some of them. */
  public RoutePolicy policy() {
    return policy;
  }

  /**
   * Completes when the route has been handed to the socket of every peer that is established now;
   * at once when there is none, and later where a minimum route advertisement interval runs. It
   * completes on an event loop: do not block in what depends on it.
   */
  public CompletionStage<Void> flushed() {
    return flushed;
  }

  /**
   * Withdraws the route; another announcement of the same prefix takes its place. Calling it again
   * changes nothing.
   *
   * @return completes when the withdrawal has been handed to the socket of every peer that is
   *     established now; on an event loop
   */
  public CompletionStage<Void> withdraw() {
    CompletionStage<Void> existing = withdrawal.get();
    if (existing != null) {
      return existing;
    }
    // Removing twice is harmless, so a race of two callers needs no lock.
    CompletionStage<Void> mine = speaker.remove(this);
    CompletionStage<Void> first = withdrawal.compareAndExchange(null, mine);
    return first == null ? mine : first;
  }

  /** Withdraws the route and does not wait. */
  @Override
  public void close() {
    withdraw();
  }

  @Override
  public String toString() {
    return "announcement of " + route.prefix();
  }
}
