package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who follow the best paths. What a reader was not told yet waits by destination, where newer
 * replaces older: however slow the reader, no more waits for it than there are destinations.
 */
final class Subscriptions {

  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

  /** How much is handed to a reader at a time. */
  private static final int BATCH = 1000;

  private final List<Reader> readers = new ArrayList<>();

  /** Whether anybody follows. */
  boolean hasReaders() {
    return !readers.isEmpty();
  }

  /** On the thread of the tables, as everything here that is not marked otherwise. */
  void changed(AddressFamily family, Nlri destination, Optional<LearnedPath> best) {
    for (Reader reader : readers) {
      reader.changed(family, destination, best);
    }
  }

  /** The reader is told what is best in the table now, and everything that follows. */
  void add(Reader reader, Optional<RoutingTable> table) {
    if (reader.hasEnded()) {
      return;
    }
    readers.add(reader);
    table.ifPresent(
        known ->
            known.forEach(
                destination ->
                    known
                        .best(destination)
                        .ifPresent(
                            best ->
                                reader.changed(known.family(), destination, Optional.of(best)))));
  }

  void remove(Reader reader) {
    readers.remove(reader);
    reader.end();
  }

  /** One who follows the best paths of one family. */
  static final class Reader {

    private final AddressFamily family;
    private final Executor executor;
    private final Consumer<BestPath> listener;

    /** What it was not told yet; guarded by itself, and so is whether somebody tells it. */
    private final Map<Nlri, Optional<LearnedPath>> waiting = new LinkedHashMap<>();

    private boolean telling;
    private boolean ended;

    Reader(AddressFamily family, Executor executor, Consumer<BestPath> listener) {
      this.family = family;
      this.executor = executor;
      this.listener = listener;
    }

    private void changed(AddressFamily of, Nlri destination, Optional<LearnedPath> best) {
      if (!of.equals(family)) {
        return;
      }
      boolean begin;
      synchronized (waiting) {
        waiting.put(destination, best);
        begin = !telling && !ended;
        telling |= begin;
      }
      if (begin) {
        tellSoon();
      }
    }

    private void tellSoon() {
      try {
        executor.execute(this::tell);
      } catch (RuntimeException refused) {
        log.error("a reader of the best paths has no executor any more; it is left", refused);
        end();
      }
    }

    /** On the reader's executor, one at a time. */
    private void tell() {
      List<BestPath> next = take();
      for (BestPath change : next) {
        try {
          listener.accept(change);
        } catch (RuntimeException failure) {
          log.error("a reader of the best paths failed; it is told what follows", failure);
        }
      }
      boolean more;
      synchronized (waiting) {
        more = !waiting.isEmpty() && !ended;
        telling = more;
      }
      if (more) {
        tellSoon();
      }
    }

    private List<BestPath> take() {
      List<BestPath> next = new ArrayList<>();
      synchronized (waiting) {
        Iterator<Map.Entry<Nlri, Optional<LearnedPath>>> rest = waiting.entrySet().iterator();
        while (!ended && rest.hasNext() && next.size() < BATCH) {
          Map.Entry<Nlri, Optional<LearnedPath>> one = rest.next();
          next.add(new BestPath(family, one.getKey(), one.getValue()));
          rest.remove();
        }
      }
      return next;
    }

    private boolean hasEnded() {
      synchronized (waiting) {
        return ended;
      }
    }

    private void end() {
      synchronized (waiting) {
        ended = true;
        waiting.clear();
      }
    }
  }
}
