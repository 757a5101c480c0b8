package dev.bugle.k8s.lease;

import java.time.Duration;
import java.util.Optional;

/** What came of a {@link LeaseCall}. */
sealed interface LeaseAnswer {

  /** The Lease as it is: it was read, made or changed. */
  record Stored(StoredLease lease) implements LeaseAnswer {}

  /** There is no such Lease. */
  record Missing() implements LeaseAnswer {}

  /** Nothing was changed, since the Lease is not the one that was seen last. */
  record Conflict() implements LeaseAnswer {}

  /**
   * It is not known what came of it. What was asked may have been done, may be done yet, or never.
   *
   * @param reason for people
   * @param retryAfter how long the server wants to be left alone
   */
  record Failed(String reason, Optional<Duration> retryAfter) implements LeaseAnswer {

    /** One for which the server named no time. */
    Failed(String reason) {
      this(reason, Optional.empty());
    }
  }
}
