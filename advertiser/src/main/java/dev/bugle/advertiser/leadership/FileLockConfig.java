package dev.bugle.advertiser.leadership;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An exclusive lock on a file, among processes of one host.
 *
 * @param path the lock file; it is created if need be, its directory is not
 * @param pollInterval how often the lock is tried, and checked once it is had
 * @param lease how long leadership lasts after the last check that succeeded
 * @param preference whether this is the preferred process, or hands over to it
 * @param handover in which order it is handed over
 */
public record FileLockConfig(
    Path path, Duration pollInterval, Duration lease, Preference preference, Handover handover)
    implements ElectorConfig {

  static final String TYPE = "file-lock";

  /** Checks that the lease outlasts a missed check. */
  public FileLockConfig {
    if (pollInterval.isNegative() || pollInterval.isZero()) {
      throw new IllegalArgumentException("a poll interval of " + pollInterval + " is not positive");
    }
    if (lease.compareTo(pollInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "the lease is shorter than two poll intervals, so one late check would lose it;"
              + " lengthen lease or shorten poll-interval");
    }
  }

  /** Without a preferred process, withdrawing first. */
  public FileLockConfig(Path path, Duration pollInterval, Duration lease) {
    this(path, pollInterval, lease, Preference.NONE, Handover.WITHDRAW_FIRST);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<String> prize() {
    return Optional.of("the lock file " + path.toAbsolutePath().normalize());
  }
}
