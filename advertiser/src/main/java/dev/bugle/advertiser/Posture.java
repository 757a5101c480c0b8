package dev.bugle.advertiser;

import java.util.Locale;

/** How a VIP stands towards the peers; the later, the less of it they are to use. */
public enum Posture {
  /** Announced as it is configured. */
  ANNOUNCED,
  /** Announced with what makes others preferred, since a health check is down. */
  DEGRADED,
  /** Announced with GRACEFUL_SHUTDOWN (RFC 8326) and LOCAL_PREF 0, soon to be withdrawn. */
  DRAINING,
  /** Not announced. */
  WITHDRAWN;

  /** As in logs and answers: {@code draining}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
