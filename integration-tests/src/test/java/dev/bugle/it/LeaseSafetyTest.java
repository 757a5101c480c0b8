package dev.bugle.it;

import java.time.Duration;

/** Two nodes that compete for a lease. */
class LeaseSafetyTest extends SafetyContract {

  LeaseSafetyTest() {
    super(SafetyElector.LEASE, Duration.ofSeconds(3), false);
  }
}
