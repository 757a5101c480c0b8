package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.lock.LockFile;
import dev.bugle.advertiser.time.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preferred candidate for a file lock, step by step, in virtual time, on real files. */
class PreferredHolderTest {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration HOLD_OFF = Duration.ofSeconds(30);

  private final ManualTicker ticker = new ManualTicker();
  private final List<FileLockElector> electors = new ArrayList<>();
  @TempDir private Path dir;
  private Path path;
  private Path seat;

  @BeforeEach
  void makeTheFile() throws Exception {
    path = LockFiles.established(dir.resolve("vip.lock"));
    seat = dir.resolve("vip.lock.preferred");
  }

  @AfterEach
  void closeElectors() {
    electors.forEach(FileLockElector::close);
  }

  private FileLockElector elector(Preference preference) {
    FileLockElector elector =
        new FileLockElector(
            new FileLockConfig(path, POLL, LEASE, preference, Handover.WITHDRAW_FIRST), ticker);
    electors.add(elector);
    elector.stand(true);
    return elector;
  }

  private FileLockElector preferred() {
    return elector(Preference.PREFERRED);
  }

  private FileLockElector other() {
    return elector(Preference.failingBackAfter(HOLD_OFF));
  }

  private FileLockElector leading(FileLockElector elector) {
    elector.step();
    assertState(elector, State.HELD, "");
    return elector;
  }

  private static void assertState(FileLockElector elector, State state, String reason) {
    assertThat(elector.leadership().state()).isEqualTo(state);
    assertThat(elector.leadership().reason()).contains(reason);
  }

  /** All of them step once each poll interval, for that long. */
  private void run(Duration time, FileLockElector... steppers) {
    for (long left = time.toNanos(); left > 0; left -= POLL.toNanos()) {
      ticker.advance(POLL);
      for (FileLockElector stepper : steppers) {
        stepper.step();
      }
    }
  }

  /** Other leads, and the preferred one has been standing for the hold-off. */
  private FileLockElector yielding(FileLockElector other, FileLockElector preferred) {
    leading(other);
    preferred.step();
    other.step();
    run(HOLD_OFF.minus(POLL), preferred, other);
    assertState(other, State.HELD, "holds the lock");
    run(POLL, preferred, other);
    assertState(other, State.YIELDING, "hands " + path + " over to the preferred");
    return other;
  }

  @Test
  void theHolderYieldsOnceThePreferredOneHasStoodForTheHoldOff() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    long now = ticker.nanos();

    assertThat(other.leadership().isYielding()).isTrue();
    assertThat(other.leadership().isHeldAt(now)).isTrue();
    assertThat(other.leadership().needsReleaseAt(now)).isTrue();
    assertState(preferred, State.WAITING, "is held by");
  }

  @Test
  void whileItYieldsItIsExtendedAndTheLockIsKept() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    long before = other.leadership().heldUntil();

    run(POLL, preferred, other);

    assertThat(other.leadership().heldUntil()).isEqualTo(before + POLL.toNanos());
    assertState(other, State.YIELDING, "");
    assertState(preferred, State.WAITING, "");
  }

  @Test
  void whoYieldsAndIsNotReleasedInTimeIsFencedLikeAnyHolder() {
    FileLockElector other = yielding(other(), preferred());
    ticker.advanceTo(other.leadership().heldUntil());
    assertThat(other.leadership().isHeldAt(ticker.nanos())).isFalse();

    other.step();

    assertState(other, State.LOST, "came too late");
  }

  @Test
  void afterTheReleaseThePreferredOneLeads() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    other.release();
    other.step(); // it comes first, and leaves the lock alone
    assertState(other, State.WAITING, "leaves " + path + " to the preferred");

    preferred.step();
    run(LEASE.multipliedBy(2), other, preferred);

    assertState(preferred, State.HELD, "");
    assertState(other, State.WAITING, "is held by");
  }

  @Test
  void aThirdCandidateLeavesTheLockToThePreferredOneToo() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    FileLockElector third = elector(Preference.NONE);
    third.step();
    other.release();
    other.step();

    third.step();
    assertState(third, State.WAITING, "leaves");
    preferred.step();
    run(LEASE, preferred, third);

    assertState(preferred, State.HELD, "");
    assertState(third, State.WAITING, "is held by");
  }

  @Test
  void anInterruptionBeginsTheHoldOffAnew() {
    FileLockElector preferred = preferred();
    FileLockElector other = leading(other());
    preferred.step();
    run(HOLD_OFF.minus(POLL), preferred, other);
    preferred.stand(false);
    run(POLL, preferred, other);
    preferred.stand(true);
    run(HOLD_OFF, preferred, other);
    assertState(other, State.HELD, "");

    run(POLL, preferred, other);

    assertState(other, State.YIELDING, "");
  }

  @Test
  void whoNeverFailsBackKeepsTheLeadership() {
    FileLockElector preferred = preferred();
    FileLockElector other = leading(elector(Preference.NONE));
    preferred.step();

    run(HOLD_OFF.multipliedBy(3), preferred, other);

    assertState(other, State.HELD, "");
  }

  @Test
  void withoutAHoldOffItYieldsAtOnce() {
    FileLockElector other = leading(elector(Preference.failingBackAfter(Duration.ZERO)));
    preferred().step();

    other.step();

    assertState(other, State.YIELDING, "");
  }

  @Test
  void thePreferredOneNeverYieldsToASecondOne() {
    FileLockElector first = leading(elector(new Preference(true, Optional.of(Duration.ZERO))));
    FileLockElector second = preferred();

    run(HOLD_OFF, first, second);

    assertState(first, State.HELD, "");
    assertState(second, State.WAITING, "cannot make known that it is preferred: " + seat);
  }

  @Test
  void whenThePreferredOneEndsAfterItsTurnWasPreparedTheOtherLeadsAtOnce() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    other.release();
    other.step();
    preferred.close();

    other.step();

    assertState(other, State.HELD, "");
  }

  @Test
  void aPreferredOneThatHangsIsPassedOverUntilItHasLeftItsSeat() {
    FileLockElector preferred = preferred();
    FileLockElector other = yielding(other(), preferred);
    other.release();
    run(LEASE, other);
    assertState(other, State.WAITING, "leaves");

    run(POLL, other); // nobody has taken it
    assertState(other, State.HELD, "");
    run(HOLD_OFF.multipliedBy(2), other);
    assertState(other, State.HELD, "");

    preferred.stand(false); // it works again
    preferred.step();
    other.step();
    preferred.stand(true);
    preferred.step();
    run(HOLD_OFF.plus(POLL), preferred, other);
    assertState(other, State.YIELDING, "");
  }

  @Test
  void thePreferredOneLeavesItsSeatWhileItDoesNotStandAndWhenItHasLost() throws IOException {
    FileLockElector preferred = leading(preferred());
    assertThat(LockFile.holderOf(seat)).isPresent();
    preferred.stand(false);
    preferred.step();
    assertThat(LockFile.holderOf(seat)).isEmpty();
    preferred.stand(true);
    preferred.step();
    assertThat(LockFile.holderOf(seat)).isPresent();

    Files.delete(path);
    preferred.step();
    assertState(preferred, State.LOST, "");
    assertThat(LockFile.holderOf(seat)).isEmpty();
    preferred.release();
    preferred.step();
    assertState(preferred, State.WAITING, "lets others go first");
    assertThat(LockFile.holderOf(seat)).isEmpty();
    preferred.close();
    assertThat(LockFile.holderOf(seat)).isEmpty();
  }

  @Test
  void aSeatThatWasRemovedIsTakenAnew() throws IOException {
    FileLockElector preferred = leading(preferred());
    Files.delete(seat);

    preferred.step();

    assertThat(LockFile.holderOf(seat)).isPresent();
  }

  @Test
  void aSeatThatCannotBeTakenIsSaidAndDoesNotKeepItFromCompeting() throws IOException {
    Files.createDirectory(seat);
    FileLockElector other = leading(elector(Preference.NONE));
    FileLockElector preferred = preferred();
    preferred.step();
    preferred.step();
    assertState(preferred, State.WAITING, "cannot make known that it is preferred: " + seat);

    other.close();
    preferred.step();

    assertState(preferred, State.HELD, "");
  }

  @Test
  void lookingMakesNoFileAndDoesNotSeeAnotherWhoLooks() throws Exception {
    FileLockElector other = leading(other());
    other.step();
    assertThat(seat).doesNotExist();

    Files.createFile(seat);
    try (LockHolder.Looker ignored = LockHolder.look(seat)) {
      assertThat(LockFile.holderOf(seat)).isEmpty();
    }
  }

  @Test
  void whoLooksIsInTheWayOnlyUntilTheNextPoll() throws Exception {
    Files.createFile(seat);
    FileLockElector preferred = preferred();
    FileLockElector other = leading(elector(Preference.NONE));
    try (LockHolder.Looker ignored = LockHolder.look(seat)) {
      preferred.step();
      assertThat(preferred.leadership().reason()).doesNotContain("make known");
    }

    preferred.step();

    assertThat(LockHolder.canLockFromAnotherProcess(seat)).isFalse();
    assertState(other, State.HELD, "");
  }
}
