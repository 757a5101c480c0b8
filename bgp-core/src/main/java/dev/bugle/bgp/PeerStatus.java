package dev.bugle.bgp;

import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import java.time.Instant;
import java.util.Optional;

/**
 * A peer at one moment.
 *
 * @param state of its session
 * @param since when it is in that state
 * @param cause why it is in that state, for people; in IDLE also what it waits for
 * @param negotiated what the two ends agreed on; empty unless established
 * @param lastSent the error of the last NOTIFICATION that we sent
 * @param lastReceived the error of the last NOTIFICATION that the peer sent
 * @param prefixesSent how many destinations the peer knows from us; 0 unless established
 */
public record PeerStatus(
    SessionState state,
    Instant since,
    String cause,
    Optional<Negotiated> negotiated,
    Optional<BgpError> lastSent,
    Optional<BgpError> lastReceived,
    int prefixesSent) {}
