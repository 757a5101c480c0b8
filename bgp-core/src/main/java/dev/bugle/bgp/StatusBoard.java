package dev.bugle.bgp;

import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import java.time.Instant;
import java.util.Optional;

/** A peer's status: written on the session's event loop, read from any thread. */
final class StatusBoard {

  private SessionState state = SessionState.IDLE;
  private Instant since = Instant.now();
  private String cause = "not started";
  private Optional<Negotiated> negotiated = Optional.empty();
  private Optional<BgpError> lastSent = Optional.empty();
  private Optional<BgpError> lastReceived = Optional.empty();
  private int prefixesSent;
  private volatile PeerStatus published = snapshot();

  /** From any thread. */
  PeerStatus status() {
    return published;
  }

  void entered(SessionState newState, String why) {
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

  void up(Negotiated agreed) {
    negotiated = Optional.of(agreed);
    publish();
  }

  void down() {
    negotiated = Optional.empty();
    prefixesSent = 0;
    publish();
  }

  void sent(BgpError error) {
    lastSent = Optional.of(error);
    publish();
  }

  void received(BgpError error) {
    lastReceived = Optional.of(error);
    publish();
  }

  void prefixesSent(int count) {
    if (count != prefixesSent) {
      prefixesSent = count;
      publish();
    }
  }

  private void publish() {
    published = snapshot();
  }

  private PeerStatus snapshot() {
    return new PeerStatus(state, since, cause, negotiated, lastSent, lastReceived, prefixesSent);
  }
}
