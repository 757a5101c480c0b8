package dev.bugle.it;

import java.time.Duration;

/** Two nodes that compete for a lease, and whose paths are watched. */
class LeaseBfdSafetyTest extends SafetyContract {

  LeaseBfdSafetyTest() {
    super(SafetyElector.LEASE, Duration.ofSeconds(9), true);
  }
}
