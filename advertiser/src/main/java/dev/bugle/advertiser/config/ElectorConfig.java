package dev.bugle.advertiser.config;

import java.nio.file.Path;
import java.time.Duration;

/** Which election a leadership is decided by. */
public sealed interface ElectorConfig {

  /** None: it always leads. */
  record Always() implements ElectorConfig {}

  /**
   * An exclusive lock on a file, among processes of one host.
   *
   * @param path the lock file; it is created if need be, its directory is not
   * @param pollInterval how often the lock is tried, and checked once it is had
   * @param lease how long leadership lasts after the last check that succeeded
   */
  record FileLock(Path path, Duration pollInterval, Duration lease) implements ElectorConfig {

    /** Checks that the lease outlasts a missed check. */
    public FileLock {
      if (lease.compareTo(pollInterval.multipliedBy(2)) < 0) {
        throw new IllegalArgumentException(
            "the lease is shorter than two poll intervals, so one late check would lose it;"
                + " lengthen lease or shorten poll-interval");
      }
    }
  }
}
