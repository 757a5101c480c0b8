package dev.bugle.it;

import java.time.Duration;

/** What the two nodes of a {@link SafetyLab} compete by, with its times. */
enum SafetyElector {
  /** A lock on a file that both see. */
  FILE_LOCK("bugle-lock-vip.lock", Duration.ofSeconds(1), Duration.ofMillis(100)),
  /** A lease of a server, see {@link dev.bugle.it.lease}. */
  LEASE("bugle-lease", Duration.ofSeconds(2), Duration.ofMillis(200));

  /** By how much less than the lease its holder counts on it. */
  static final Duration MARGIN = Duration.ofMillis(100);

  /** How long an answer of the server of leases may take. */
  static final Duration TIMEOUT = Duration.ofMillis(500);

  private final String thread;
  private final Duration usualLease;
  private final Duration poll;

  SafetyElector(String thread, Duration usualLease, Duration poll) {
    this.thread = thread;
    this.usualLease = usualLease;
    this.poll = poll;
  }

  /** The name of its thread. */
  String thread() {
    return thread;
  }

  /** The lease that most labs have. */
  Duration usualLease() {
    return usualLease;
  }

  Duration poll() {
    return poll;
  }

  /** Its section of the configuration of that node, with its files in that directory. */
  String section(String node, String directory, Duration lease) {
    String times = "lease: %dms, poll-interval: %dms".formatted(lease.toMillis(), poll.toMillis());
    return switch (this) {
      case FILE_LOCK ->
          "{type: file-lock, path: %s/vip.lock, %s, %s}".formatted(directory, times, patience());
      case LEASE ->
          "{type: lease, server: %s/lease.sock, identity: %s, margin: %dms, timeout: %dms, %s, %s}"
              .formatted(directory, node, MARGIN.toMillis(), TIMEOUT.toMillis(), times, patience());
    };
  }

  private static String patience() {
    return "yield-without-peers: %dms".formatted(SafetyLab.PATIENCE.toMillis());
  }
}
