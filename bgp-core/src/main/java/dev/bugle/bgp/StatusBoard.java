package dev.bugle.bgp;

import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer's status: written on the session's event loop, read from any thread. What changes seldom
 * is published whole at each change; numbers are read where they are counted.
 */
final class StatusBoard {

  private PeerIdentity peer;
  private final Instant added = Instant.now();
  private final SessionCounters counters;
  private SessionState state = SessionState.IDLE;
  private Instant since = added;
  private String cause = "not started";
  private PathStatus path = PathStatus.UNKNOWN;
  private Opens opens = Opens.NONE;
  private Optional<LastNotification> lastSent = Optional.empty();
  private Optional<LastNotification> lastReceived = Optional.empty();
  private @Nullable Session session;
  private volatile Published published;

  /** The established session. */
  private record Session(
      Negotiated negotiated, Connection connection, Optional<Endpoints> endpoints, long upNanos) {}

  /** What can be read from another thread. */
  private record Published(PeerStatus status, @Nullable Session session) {}

  StatusBoard(PeerConfig config) {
    this.peer = PeerIdentity.of(config);
    this.counters = new SessionCounters(config.session().offer().families());
    this.published = snapshot();
  }

  /** The peer is configured so from now on. */
  void configured(PeerConfig config) {
    peer = PeerIdentity.of(config);
    counters.offered(config.session().offer().families());
    publish();
  }

  SessionCounters counters() {
    return counters;
  }

  /** From any thread. */
  PeerStatus status() {
    Published now = published;
    PeerStatus slow = now.status();
    return new PeerStatus(
        slow.peer(),
        slow.state(),
        slow.since(),
        slow.cause(),
        slow.path(),
        slow.opens(),
        slow.negotiated(),
        slow.endpoints(),
        slow.lastSent(),
        slow.lastReceived(),
        sessions(),
        new Traffic(
            MessageCounts.of(counters.sent()),
            MessageCounts.of(counters.received()),
            counters.familyCounts(),
            new Backlog(counters.pending(), unsentOctets(now.session())),
            counters.isSynchronised()));
  }

  private SessionCounts sessions() {
    // In this order, so that no more sessions are seen to end than to begin.
    long ended = counters.endedSessions();
    return new SessionCounts(added, counters.entered().of(SessionState.ESTABLISHED), ended);
  }

  /** From any thread. */
  SessionState state() {
    return published.status().state();
  }

  /** From any thread. */
  String cause() {
    return published.status().cause();
  }

  /** From any thread. */
  long unsentOctets() {
    return unsentOctets(published.session());
  }

  private static long unsentOctets(@Nullable Session now) {
    return now == null ? 0 : now.connection().unsentOctets();
  }

  /** From any thread: how long the session is established; 0 unless it is. */
  double sessionSeconds() {
    Session now = published.session();
    return now == null
        ? 0
        : (System.nanoTime() - now.upNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  void entered(SessionState newState, String why) {
    counters.entered(newState);
    state = newState;
    since = Instant.now();
    cause = why;
    publish();
  }

  /** In the same state as before. */
  void because(String why) {
    cause = why;
    publish();
  }

  void path(PathState reported, String why) {
    PathStatus now = new PathStatus(reported, why);
    if (!now.equals(path)) {
      path = now;
      publish();
    }
  }

  void up(Negotiated agreed, Connection connection) {
    session = new Session(agreed, connection, connection.endpoints(), System.nanoTime());
    publish();
  }

  void down() {
    session = null;
    counters.ended();
    publish();
  }

  void sent(OpenMessage open) {
    opens = new Opens(Optional.of(open), opens.received());
    publish();
  }

  void received(OpenMessage open) {
    opens = new Opens(opens.sent(), Optional.of(open));
    publish();
  }

  void sent(BgpError error) {
    lastSent = Optional.of(new LastNotification(error, Instant.now()));
    publish();
  }

  void received(BgpError error) {
    lastReceived = Optional.of(new LastNotification(error, Instant.now()));
    publish();
  }

  private void publish() {
    published = snapshot();
  }

  private Published snapshot() {
    Optional<Session> established = Optional.ofNullable(session);
    PeerStatus slow =
        new PeerStatus(
            peer,
            state,
            since,
            cause,
            path,
            opens,
            established.map(Session::negotiated),
            established.flatMap(Session::endpoints),
            lastSent,
            lastReceived,
            new SessionCounts(added, 0, 0),
            Traffic.NONE);
    return new Published(slow, session);
  }
}
