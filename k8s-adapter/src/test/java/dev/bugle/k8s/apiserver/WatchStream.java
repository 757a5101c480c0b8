package dev.bugle.k8s.apiserver;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** One watch, from its first line to its end. */
final class WatchStream {

  private static final Duration USUAL = Duration.ofMinutes(30);

  private final Store store;
  private final Target target;
  private final Query query;
  private final Supplier<Duration> bookmarks;
  private final int drops;
  private final int freezes;

  /**
   * One that has not begun.
   *
   * @param bookmarks how often one is due
   */
  WatchStream(Store store, Target target, Query query, Supplier<Duration> bookmarks) {
    this.store = store;
    this.target = target;
    this.query = query;
    this.bookmarks = bookmarks;
    this.drops = store.dropped();
    this.freezes = store.frozen();
  }

  /** Writes until its time is over, it is dropped, or nobody reads. */
  void run(OutputStream out) throws IOException, InterruptedException, Refusal {
    Selection selection = Selection.of(target, query);
    long end =
        System.nanoTime()
            + Duration.ofSeconds(query.number("timeoutSeconds", USUAL.toSeconds())).toNanos();
    boolean wantsBookmarks = query.flag("allowWatchBookmarks");
    try {
      long seen = begin(out, selection);
      int bookmarked = store.bookmarked();
      long bookmarkAt = System.nanoTime() + bookmarks.get().toNanos();
      while (System.nanoTime() < end) {
        int calls = store.calls();
        if (store.dropped() != drops) {
          return;
        }
        long wait = Math.min(end, bookmarkAt) - System.nanoTime();
        if (store.frozen() != freezes) {
          store.hang();
        }
        boolean isAsked = store.bookmarked() != bookmarked;
        bookmarked = store.bookmarked();
        long latest = store.revision();
        List<Change> news =
            store.await(target.kind(), seen, isAsked ? 0 : Math.max(0, wait), calls);
        if (store.frozen() != freezes || store.dropped() != drops) {
          continue;
        }
        for (Change change : news) {
          Optional<ObjectNode> event = change.event(selection);
          if (event.isPresent()) {
            line(out, event.get());
          }
          seen = change.revision();
        }
        if (isAsked || System.nanoTime() >= bookmarkAt || System.nanoTime() >= end) {
          bookmarkAt = System.nanoTime() + bookmarks.get().toNanos();
          seen = Math.max(seen, latest);
          if (wantsBookmarks) {
            line(out, bookmark(seen));
          }
        }
      }
    } catch (Refusal e) {
      // The answer has begun with 200, so this is said inside.
      line(out, Change.event("ERROR", e.status()));
    }
  }

  /** What is there at the beginning, if it is asked for; the version from which it goes on. */
  private long begin(OutputStream out, Selection selection) throws IOException, Refusal {
    long since = query.number("resourceVersion", 0);
    long now;
    synchronized (store) {
      now = store.revision();
      if (since > 0) {
        store.requireKnown(since);
        if (since > now) {
          throw Listing.tooNew(since, now);
        }
        return since;
      }
    }
    for (ObjectNode object : store.after(target.kind(), "").values()) {
      if (selection.has(object)) {
        line(out, Change.event("ADDED", object));
      }
    }
    return now;
  }

  private ObjectNode bookmark(long revision) {
    ObjectNode object = Objects.JSON.createObjectNode();
    object.put("kind", target.kind().singular()).put("apiVersion", target.kind().apiVersion());
    object
        .putObject("metadata")
        .put("resourceVersion", Long.toString(revision))
        .putNull("creationTimestamp");
    return Change.event("BOOKMARK", object);
  }

  private static void line(OutputStream out, ObjectNode event) throws IOException {
    out.write((Objects.JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
