package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.api.ApiFailure;
import dev.bugle.k8s.api.ApiStream;
import dev.bugle.k8s.service.ObjectReader.Seen;
import dev.bugle.k8s.service.WatchReader.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up with the objects of one kind: lists them, and then watches what changes, from the
 * version that it has seen last. Only when the server does not know that version any more are they
 * listed again, and then what has gone meanwhile is missing in the list.
 *
 * <p>Each watch ends by itself after a while, and is begun anew; one that is silent for longer than
 * that leads nowhere. Runs on a thread of its own until that is interrupted.
 */
final class Reflector<T> implements Runnable {

  /** Where the objects go. */
  interface Sink<T> {
    /** All that there are. */
    void all(Map<ObjectKey, T> objects);

    /** One as it is now; nothing if it is gone, or none of ours. */
    void one(ObjectKey key, Optional<T> object);
  }

  private static final Logger log = LoggerFactory.getLogger(Reflector.class);

  private static final int GONE = 410;
  private static final Optional<Duration> NO_WISH = Optional.empty();
  private static final Duration HEAD_PATIENCE = Duration.ofSeconds(10);
  private static final Duration MOST_GRACE = Duration.ofSeconds(10);
  private static final Duration PART_PATIENCE = Duration.ofSeconds(60);

  /** A server that ends every watch at once must not be asked without a pause. */
  private static final long SHORTEST_WATCH = Duration.ofSeconds(1).toNanos();

  /** The server has said no. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;
    private final transient Optional<Duration> retryAfter;

    Refused(String message, int code, Optional<Duration> retryAfter) {
      super(message, null, false, false);
      this.code = code;
      this.retryAfter = retryAfter;
    }
  }

  private final Resource resource;
  private final ObjectReader<T> reader;
  private final Sink<T> sink;
  private final Watching watching;
  private String version = "";

  /**
   * What it watches with.
   *
   * @param watch how long a watch lasts
   */
  record Watching(ApiConnection api, Duration watch, BackOff backOff, Heard heard) {}

  Reflector(Resource resource, ObjectReader<T> reader, Sink<T> sink, Watching watching) {
    this.resource = resource;
    this.reader = reader;
    this.sink = sink;
    this.watching = watching;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** A list or a watch, and the pause after one that failed. */
  private void step() throws InterruptedException {
    try {
      if (version.isEmpty()) {
        list();
      } else {
        watch();
      }
    } catch (Refused e) {
      if (e.code == GONE || e.code == 400 || e.code == 404) {
        version = ""; // What cannot be watched is listed.
      }
      failed(String.valueOf(e.getMessage()), e.retryAfter);
    } catch (ApiFailure e) {
      failed(e.reason(), NO_WISH);
    } catch (JsonProcessingException e) {
      failed("what the API server sends cannot be read: " + e.getOriginalMessage(), NO_WISH);
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()), NO_WISH);
    } catch (RuntimeException e) {
      failed(e.toString(), NO_WISH);
    }
  }

  private void list() throws Refused, ApiFailure, IOException {
    Map<ObjectKey, T> objects = new HashMap<>();
    String next = "";
    String listed;
    do {
      try (ApiStream part =
          watching.api().stream(resource.list(next), HEAD_PATIENCE, PART_PATIENCE)) {
        require(part);
        ListReader read = ListReader.read(part, reader, objects);
        watching.heard().now();
        next = read.next();
        listed = read.version();
      }
    } while (!next.isEmpty());
    sink.all(objects);
    version = listed;
    succeeded();
  }

  private void watch() throws Refused, ApiFailure, IOException, InterruptedException {
    long began = System.nanoTime();
    Duration longest = watching.watch();
    try (ApiStream stream =
        watching.api().stream(
            resource.watch(version, longest.toSeconds()),
            HEAD_PATIENCE,
            longest.plus(grace(longest)))) {
      require(stream);
      watching.heard().now();
      follow(stream);
    }
    if (System.nanoTime() - began < SHORTEST_WATCH) {
      failed("the watch ended at once", NO_WISH);
    } else {
      succeeded();
    }
  }

  /** How much later than it should a watch may end. */
  static Duration grace(Duration watch) {
    Duration some = watch.dividedBy(4);
    return some.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : some.plusSeconds(1);
  }

  private void follow(ApiStream stream) throws Refused, IOException {
    try (WatchReader<T> events = new WatchReader<>(stream, reader)) {
      for (Optional<Event<T>> next = events.next(); next.isPresent(); next = events.next()) {
        Event<T> event = next.get();
        watching.heard().now();
        if (event.isError()) {
          // Whatever it is, events may be missing from here on.
          version = "";
          throw new Refused(
              "the watch failed with " + event.code() + ": " + event.message(),
              event.code(),
              Optional.empty());
        }
        apply(event.type(), event.seen().orElseThrow());
        succeeded();
      }
    }
  }

  private void apply(String type, Seen<T> seen) {
    if (!type.equals("BOOKMARK")) {
      sink.one(seen.key(), type.equals("DELETED") ? Optional.empty() : seen.value());
    }
    if (!seen.version().isEmpty()) {
      version = seen.version();
    }
  }

  private void require(ApiStream answer) throws Refused {
    if (answer.code() / 100 != 2) {
      throw new Refused(
          switch (answer.code()) {
            case 400 ->
                "the API server does not understand the request (400); is the selector one"
                    + " of labels?";
            case 401 -> "the API server does not know this process (401)";
            case 403 ->
                "the API server forbids it (403): a role must allow list and watch of "
                    + resource.title()
                    + " in all namespaces";
            case GONE -> "the API server does not know version " + version + " any more (410)";
            case 429 -> "the API server is overloaded (429)";
            default -> "the API server failed with status " + answer.code();
          },
          answer.code(),
          answer.retryAfter());
    }
  }

  private void succeeded() {
    if (watching.backOff().isFailing()) {
      log.info("{}: hears of them again", resource.title());
    }
    watching.backOff().succeeded();
  }

  private void failed(String reason, Optional<Duration> retryAfter) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    watching.heard().failed();
    boolean isFirst = !watching.backOff().isFailing();
    long wait = watching.backOff().failed(retryAfter);
    if (isFirst) {
      log.warn("{}: {}; what is known of them stays, and it tries again", resource.title(), reason);
    } else {
      log.debug("{}: {}; tries again in {} ms", resource.title(), reason, wait / 1_000_000);
    }
    TimeUnit.NANOSECONDS.sleep(wait);
  }
}
