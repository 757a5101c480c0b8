package dev.bugle.k8s.lease;

/**
 * A Lease as the API server has it.
 *
 * @param record what it says
 * @param uid which object it is: one that is deleted and made anew is another
 * @param version its resourceVersion, without which nothing is changed
 */
record StoredLease(LeaseRecord record, String uid, String version) {}
