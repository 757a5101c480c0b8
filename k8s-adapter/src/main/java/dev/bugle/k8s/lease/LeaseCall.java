package dev.bugle.k8s.lease;

/** What is asked of the API server. */
sealed interface LeaseCall {

  /** Reads the Lease. */
  record Read() implements LeaseCall {}

  /** Makes the Lease, if there is none. */
  record Create(LeaseRecord record) implements LeaseCall {}

  /**
   * Changes the Lease, if it is still the one that was seen last; the rest of it stays as it is.
   *
   * @param version the resourceVersion that was seen last
   */
  record Replace(String version, LeaseRecord record) implements LeaseCall {}
}
