package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What cannot be guaranteed: a process that is stopped does not withdraw. Its route stands beside
 * that of the next leader until the hold time is over, and not longer.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@Timeout(120)
class HoldTimeSafetyTest {

  private static final Duration HOLD = Duration.ofSeconds(9);

  private final Lab lab = new NamespaceLab();

  @Test
  void aStoppedLeaderIsAnnouncedBesideTheNextOneUntilTheHoldTimeIsOver() {
    RequiredPeers.demand(lab.missing());
    try (SafetyLab nodes =
        new SafetyLab(lab, new SafetyLab.Setting(SafetyElector.LEASE, HOLD, false))) {
      nodes.start();
      String leader = nodes.holder();
      Mischief.STOPPED.happen(nodes, leader, HOLD.plusSeconds(3));
      nodes.awaitSteady();

      SafetyHistory history = nodes.history();
      System.out.println("LEASE, hold time 9 s: " + SafetyReport.of(history));
      assertThat(history.violations()).as("%s", nodes.story()).isEmpty();
      Duration overlap = Duration.ofNanos(history.worst("a route of " + leader));
      assertThat(overlap)
          .as("it is real: from the end of the lease to that of the hold time, by W each way")
          .isGreaterThan(
              HOLD.multipliedBy(2)
                  .dividedBy(3)
                  .minus(SafetyElector.LEASE.usualLease())
                  .minus(SafetyLab.LATENCY))
          .isLessThan(HOLD.plus(SafetyLab.LATENCY));
    }
  }
}
