package dev.bugle.bgp;

import dev.bugle.bgp.wire.BgpError;
import java.time.Instant;

/**
 * The last NOTIFICATION that went one way.
 *
 * @param error what it said
 * @param at when
 */
public record LastNotification(BgpError error, Instant at) {

  /** What the operators of the other side were told (RFC 9003), printable; empty for nothing. */
  public String text() {
    return error.communication();
  }
}
