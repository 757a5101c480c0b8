package dev.bugle.bgp;

import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * A peer at one moment.
 *
 * @param peer which one
 * @param state of its session
 * @param since when it is in that state
 * @param cause why it is in that state, for people; in IDLE also what it waits for
 * @param path what is known of the path to it
 * @param opens what each side offered last
 * @param negotiated what the two ends agreed on; empty unless established
 * @param endpoints of the connection; empty unless established
 * @param lastSent the last NOTIFICATION that we sent
 * @param lastReceived the last NOTIFICATION that the peer sent
 * @param sessions how often it came and went
 * @param traffic what was sent and received
 */
public record PeerStatus(
    PeerIdentity peer,
    SessionState state,
    Instant since,
    String cause,
    PathStatus path,
    Opens opens,
    Optional<Negotiated> negotiated,
    Optional<Endpoints> endpoints,
    Optional<LastNotification> lastSent,
    Optional<LastNotification> lastReceived,
    SessionCounts sessions,
    Traffic traffic) {

  /** How many destinations the peer knows from us; 0 unless established. */
  public long prefixesSent() {
    return traffic.advertised();
  }
}
