package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to one of two nodes, the router sees what docs/safety.md promises. One lab for
 * all tests of a class: each leaves it recovered, and looks at its part of the history.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class SafetyContract {

  private static final Lab LAB = new NamespaceLab();

  /** Of what must be repeated because the host stood still meanwhile. */
  private static final int ATTEMPTS = 3;

  private final SafetyLab.Setting setting;
  private SafetyLab lab;
  private long begin;

  SafetyContract(SafetyElector elector, Duration hold, boolean bfd) {
    this.setting = new SafetyLab.Setting(elector, hold, bfd);
  }

  @BeforeAll
  void startLab() {
    RequiredPeers.demand(LAB.missing());
    lab = new SafetyLab(LAB, setting);
    lab.start();
  }

  @BeforeEach
  void noteBegin() {
    begin = System.nanoTime();
  }

  @AfterAll
  void closeLab() {
    if (lab != null) {
      System.out.println(title() + ": " + SafetyReport.of(lab.history()));
      lab.close();
    }
  }

  private String title() {
    return "%s, hold time %d s%s"
        .formatted(setting.elector(), setting.hold().toSeconds(), setting.bfd() ? ", BFD" : "");
  }

  /** Longer than everything that can be lost by it. */
  private Duration longEnough() {
    Duration lease = setting.lease().multipliedBy(2);
    Duration silence = setting.silence().plus(SafetyLab.PATIENCE).plusMillis(500);
    return lease.compareTo(silence) > 0 ? lease : silence;
  }

  private void recover() {
    lab.awaitSteady();
    // Who has just come or lost is a candidate again after a lease.
    Deadline.pause(setting.lease().plus(setting.elector().poll().multipliedBy(2)));
  }

  /** What began before has failed another test. */
  private void checkHistory() {
    assertThat(lab.history().violations())
        .as("%s", lab.story())
        .noneMatch(finding -> finding.at() >= begin);
  }

  List<Mischief> all() {
    return Stream.of(Mischief.values()).filter(one -> one.isFor(setting.elector())).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRouterSeesWhatIsPromisedWhenItHappensToTheLeader(Mischief mischief) {
    String leader = lab.holder();
    mischief.happen(lab, leader, longEnough());
    recover();
    checkHistory();
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "ROUTER_UNREACHABLE", "KILLED"})
  void whatHappensToTheOtherOneIsNotSeen(Mischief mischief) {
    boolean again = true;
    for (int attempt = 1; again; attempt++) {
      long before = System.nanoTime();
      String leader = lab.holder();
      mischief.happen(lab, SafetyLab.otherThan(leader), Duration.ofSeconds(1));
      recover();
      again = !standsSince(before, leader) && stoodStillSince(before) && attempt < ATTEMPTS;
      if (!again) {
        assertThat(standsSince(before, leader))
            .as("the route of %s has stood all the time%n%s", leader, lab.story())
            .isTrue();
      }
    }
    checkHistory();
  }

  private boolean standsSince(long begin, String node) {
    return lab.history().standings().stream()
        .anyMatch(
            standing ->
                standing.node().equals(node)
                    && standing.from() < begin
                    && standing.until() == Long.MAX_VALUE);
  }

  /** So long that whoever led may have lost it rightly, since its process is on the same host. */
  private boolean stoodStillSince(long begin) {
    return lab.standstills().longestSince(begin).compareTo(setting.lease().dividedBy(2)) > 0;
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // It lasts as long as it is told to.
  void theRouterSeesWhatIsPromisedWhateverHappens() {
    int seconds = Integer.getInteger("safety.seconds", 20);
    long seed = Long.getLong("safety.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    System.out.printf("%s: %d s of faults, -Dsafety.seed=%d%n", title(), seconds, seed);
    Random random = new Random(seed);
    List<Mischief> all = all();
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      Mischief mischief = all.get(random.nextInt(all.size()));
      boolean toLeader = random.nextInt(4) > 0;
      Duration length = Duration.ofMillis(100 + random.nextInt((int) longEnough().toMillis()));
      String leader = lab.holder();
      mischief.happen(lab, toLeader ? leader : SafetyLab.otherThan(leader), length);
      recover();
      checkHistory();
    }
  }
}
