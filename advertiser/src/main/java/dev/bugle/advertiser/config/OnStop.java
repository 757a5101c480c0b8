package dev.bugle.advertiser.config;

/**
 * What peers are told when the program stops.
 *
 * @param forRestart whether peers with graceful restart are told nothing, so that they keep the
 *     VIPs until the program is back (RFC 4724); otherwise every VIP is withdrawn
 * @param text for the operators of the peers, in the Cease that ends the other sessions (RFC 9003)
 */
public record OnStop(boolean forRestart, String text) {

  /** Withdraws everything and says this. */
  public static OnStop withdraw(String text) {
    return new OnStop(false, text);
  }
}
