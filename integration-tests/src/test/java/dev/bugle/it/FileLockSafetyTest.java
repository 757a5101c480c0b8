package dev.bugle.it;

import java.time.Duration;

/** Two nodes that compete for the lock on a file. */
class FileLockSafetyTest extends SafetyContract {

  FileLockSafetyTest() {
    super(SafetyElector.FILE_LOCK, Duration.ofSeconds(3), false);
  }
}
