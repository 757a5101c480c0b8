package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.session.PathState;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Measures from BFD's finding that a path has failed until the BGP session over it has ended: its
 * NOTIFICATION has been handed to the socket, or it was closed without one (RFC 5882 §4.3). Hears
 * BFD on BFD's thread and BGP on the event loop.
 */
final class PathLatency {

  private static final long NONE = -1;

  private final Ticker ticker;
  private final LongConsumer ended;
  private final AtomicLong failedAt = new AtomicLong(NONE);
  private volatile boolean established;

  // Used by BFD's thread.
  private PathState path = PathState.UNKNOWN;

  /** Tells that one each time, in nanoseconds. */
  PathLatency(Ticker ticker, LongConsumer ended) {
    this.ticker = ticker;
    this.ended = ended;
  }

  /** That one, which is told after this one has taken the time. */
  PathSink before(PathSink sink) {
    return (state, cause) -> {
      told(state);
      sink.pathState(state, cause);
    };
  }

  private void told(PathState now) {
    boolean failed =
        path == PathState.UP && (now == PathState.DOWN || now == PathState.DOWN_OR_RESTARTING);
    path = now;
    if (failed && established) {
      // Stays when the path is up again before the event loop has got to end the session.
      failedAt.compareAndSet(NONE, ticker.nanos());
    }
  }

  /** The BGP session is established now, or has ended. */
  void session(boolean isEstablished) {
    established = isEstablished;
    long since = failedAt.getAndSet(NONE);
    if (!isEstablished && since != NONE) {
      ended.accept(ticker.nanos() - since);
    }
  }
}
