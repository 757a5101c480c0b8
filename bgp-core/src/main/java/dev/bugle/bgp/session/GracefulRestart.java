package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * That the peer is asked to keep our routes while we are away, and to go on sending packets to us
 * (RFC 4724), be it that we restart or that the session is lost.
 *
 * <p>Routes that must go when this process dies must not be announced to such a peer: it keeps them
 * until the restart time is over.
 *
 * @param restartTime how long it waits for us to come back: 0 to 4095 whole seconds
 * @param afterNotification whether it shall do so after a NOTIFICATION too, and after its hold
 *     timer ran out (RFC 8538)
 */
public record GracefulRestart(Duration restartTime, boolean afterNotification) {

  /** Checks the time. */
  public GracefulRestart {
    if (restartTime.isNegative()
        || restartTime.compareTo(GracefulRestartCapability.MAX_RESTART_TIME) > 0
        || !restartTime.truncatedTo(ChronoUnit.SECONDS).equals(restartTime)) {
      throw new IllegalArgumentException(
          "restart time " + restartTime + " is not in 0 to 4095 whole seconds");
    }
  }
}
