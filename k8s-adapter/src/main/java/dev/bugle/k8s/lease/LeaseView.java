package dev.bugle.k8s.lease;

import java.util.Optional;

/**
 * What has been seen of the Lease, and since when it is like that, by this process's own clock.
 * Somebody else's clock plays no part: a record counts as old once it has been seen unchanged for
 * long enough.
 */
final class LeaseView {

  private Optional<StoredLease> lease = Optional.empty();
  private Optional<String> uid = Optional.empty();
  private long since;
  private boolean isFresh;
  private boolean isStale = true;

  /** The Lease that was seen last; empty when there is none. */
  Optional<StoredLease> lease() {
    return lease;
  }

  /** Whether it was seen in this round, and nothing has put it in doubt since. */
  boolean isFresh() {
    return isFresh;
  }

  /** Whether it is known to have changed since it was seen. */
  boolean isStale() {
    return isStale;
  }

  /** A round of requests begins: time has passed. */
  void beginRound() {
    isFresh = false;
  }

  /** It may have changed. */
  void doubt() {
    isFresh = false;
  }

  /** It has changed. */
  void changed() {
    isFresh = false;
    isStale = true;
  }

  /**
   * The API server has answered with the Lease.
   *
   * @param now when the answer was there: the record may be that young
   * @return whether it is another object than before: somebody has deleted it, and made it anew
   */
  boolean saw(StoredLease seen, long now) {
    boolean isAnother = uid.filter(known -> !known.equals(seen.uid())).isPresent();
    if (isAnother || lease.filter(known -> known.record().equals(seen.record())).isEmpty()) {
      since = now;
    }
    lease = Optional.of(seen);
    uid = Optional.of(seen.uid());
    isFresh = true;
    isStale = false;
    return isAnother;
  }

  /** There is no Lease. */
  void missing() {
    lease = Optional.empty();
    isFresh = true;
    isStale = false;
  }

  /** Whether nobody has it, or whoever has it must have given up by then. */
  boolean isFreeAt(long now, int usualSeconds) {
    return lease
        .map(StoredLease::record)
        .map(
            record ->
                record.holder().isEmpty()
                    || now - since >= record.leaseSeconds().orElse(usualSeconds) * 1_000_000_000L)
        .orElse(true);
  }
}
