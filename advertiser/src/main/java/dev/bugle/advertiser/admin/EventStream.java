package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Events as they happen, to every client that reads them (server-sent events).
 *
 * <p>A subscriber first gets the event {@code snapshot}, and then each event that is published
 * after the snapshot was begun; so none is lost, and one may already be in the snapshot. Who
 * connects again gets a snapshot again, so nothing has to be remembered of clients that left.
 *
 * <p>Publishing waits for nobody. A subscriber that does not read is disconnected once its queue is
 * full.
 */
public final class EventStream {

  /** How many may read one stream. */
  static final int MAX_SUBSCRIBERS = 32;

  private final Supplier<? extends Json> snapshot;
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private long lastId;

  /**
   * A stream without subscribers.
   *
   * @param snapshot the state as it is now; called on the admin server's event loop, it must not
   *     block
   */
  public EventStream(Supplier<? extends Json> snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Tells all subscribers. May be called from any thread.
   *
   * @param event its name, of small letters and dashes
   * @param data what happened
   */
  public void publish(String event, Json data) {
    if (!event.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("found the event " + event + "; expected small letters");
    }
    synchronized (subscriptions) {
      lastId++;
      if (!subscriptions.isEmpty()) {
        byte[] text = text(event, lastId, data);
        subscriptions.forEach(subscription -> subscription.offer(text));
      }
    }
  }

  private static byte[] text(String event, long id, Json data) {
    // JSON on one line has no line end that could be taken for the event's.
    return ("event: " + event + "\nid: " + id + "\ndata: " + data + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** How many clients read it now. */
  public int subscribers() {
    synchronized (subscriptions) {
      return subscriptions.size();
    }
  }

  /** One more reader; empty if there are too many. */
  Optional<Subscription> subscribe(Runnable wake) {
    Subscription subscription = new Subscription(wake, this::forget);
    long id;
    synchronized (subscriptions) {
      if (subscriptions.size() >= MAX_SUBSCRIBERS) {
        return Optional.empty();
      }
      subscriptions.add(subscription);
      id = lastId;
    }
    try {
      subscription.first(text("snapshot", id, snapshot.get()));
    } catch (RuntimeException e) {
      forget(subscription);
      throw e;
    }
    return Optional.of(subscription);
  }

  private void forget(Subscription subscription) {
    synchronized (subscriptions) {
      subscriptions.remove(subscription);
    }
  }
}
