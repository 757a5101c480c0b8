package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.lock.LockFile;
import dev.bugle.advertiser.lock.LockFile.NotLocked;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The elector step by step, in virtual time, on a real file. */
class FileLockElectorTest {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LEASE = Duration.ofSeconds(2);

  private final ManualTicker ticker = new ManualTicker();
  private final List<FileLockElector> electors = new ArrayList<>();
  @TempDir private Path dir;
  private Path path;

  @BeforeEach
  void makeTheFile() throws NotLocked {
    path = LockFiles.established(dir.resolve("vip.lock"));
  }

  @AfterEach
  void closeElectors() {
    electors.forEach(FileLockElector::close);
  }

  private FileLockElector elector() {
    return elector(Preference.NONE, ticker);
  }

  private FileLockElector elector(Preference preference, Ticker clock) {
    FileLockElector elector =
        new FileLockElector(
            new FileLockConfig(path, POLL, LEASE, preference, Handover.WITHDRAW_FIRST), clock);
    electors.add(elector);
    elector.stand(true);
    return elector;
  }

  private FileLockElector leader() {
    FileLockElector elector = elector();
    elector.step();
    assertThat(elector.leadership().state()).isEqualTo(State.HELD);
    return elector;
  }

  private static void assertState(FileLockElector elector, State state, String reason) {
    assertThat(elector.leadership().state()).isEqualTo(state);
    assertThat(elector.leadership().reason()).contains(reason);
  }

  @Test
  void leadsAtOnceWhenAnOldFileIsFree() throws IOException {
    long start = ticker.nanos();
    FileLockElector elector = leader();

    assertThat(elector.leadership().heldUntil()).isEqualTo(start + LEASE.toNanos());
    assertThat(Files.readAllLines(path)).first().isEqualTo(ProcessHandle.current().pid() + "");
  }

  @Test
  void eachCheckExtendsFromItsStart() {
    Ticker slow =
        () -> {
          ticker.advance(Duration.ofMillis(100)); // every look at the clock takes that long
          return ticker.nanos();
        };
    FileLockElector elector = elector(Preference.NONE, slow);
    elector.step();
    long start = ticker.nanos() + Duration.ofMillis(100).toNanos();

    elector.step();

    assertThat(elector.leadership().heldUntil()).isEqualTo(start + LEASE.toNanos());
  }

  @Test
  void anExpiredLeadershipIsNotRevived() {
    FileLockElector elector = leader();
    ticker.advanceTo(elector.leadership().heldUntil());

    elector.step();

    assertState(elector, State.LOST, "came too late");
  }

  @Test
  void oneNanosecondBeforeItExpiresItIsExtended() {
    FileLockElector elector = leader();
    ticker.advanceTo(elector.leadership().heldUntil() - 1);

    elector.step();

    assertThat(elector.leadership().isHeldAt(ticker.nanos() + LEASE.toNanos() - 1)).isTrue();
  }

  @Test
  void aRemovedFileLosesLeadershipAtOnce() throws IOException {
    FileLockElector elector = leader();
    Files.delete(path);

    elector.step();

    assertState(elector, State.LOST, "was removed");
  }

  @Test
  void aReplacedFileLosesLeadershipAtOnce() throws IOException {
    FileLockElector elector = leader();
    Path other = Files.createFile(dir.resolve("other"));
    Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);

    elector.step();

    assertState(elector, State.LOST, "was replaced");
  }

  @Test
  void aDirectoryInItsPlaceLosesLeadershipAtOnce() throws IOException {
    FileLockElector elector = leader();
    Files.delete(path);
    Files.createDirectory(path);

    elector.step();

    assertState(elector, State.LOST, "not a regular file");
  }

  @Test
  void theLockIsKeptUntilItIsReleased() throws IOException {
    FileLockElector elector = leader();
    Path old = dir.resolve("old");
    Files.move(path, old);
    elector.step();
    elector.step();
    assertState(elector, State.LOST, "was removed");

    Files.move(old, path);
    FileLockElector other = elector();
    other.step();
    assertState(other, State.WAITING, "is held by this process");
  }

  @Test
  void whoLostStandsBackForOneLease() throws IOException {
    FileLockElector elector = leader();
    Files.delete(path);
    elector.step();
    elector.release();
    assertState(elector, State.WAITING, "released");

    elector.step();
    assertState(elector, State.WAITING, "lets others go first");
    assertThat(path).doesNotExist();
    ticker.advance(LEASE);
    elector.step();
    assertThat(path).exists();
  }

  @Test
  void aNewFileMustBeHeldForOneLeaseFirst() throws IOException {
    Files.delete(path);
    FileLockElector elector = elector();

    elector.step();
    assertState(elector, State.WAITING, "a former holder must have noticed");
    ticker.advance(LEASE.minusNanos(1));
    elector.step();
    assertThat(elector.leadership().state()).isEqualTo(State.WAITING);
    ticker.advance(Duration.ofNanos(1));
    elector.step();
    assertThat(elector.leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void aFileReplacedUnderACompetitorMustBeHeldForOneLeaseFirst() throws Exception {
    leader();
    FileLockElector competitor = elector();
    competitor.step();
    Path other = LockFiles.established(dir.resolve("other"));
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);

    competitor.step();

    assertState(competitor, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void aFileReplacedBeforeACompetitorStartedMustBeHeldForOneLeaseFirst() throws IOException {
    leader();
    Files.move(Files.createFile(dir.resolve("other")), path, StandardCopyOption.REPLACE_EXISTING);
    FileLockElector competitor = elector();

    competitor.step();

    assertState(competitor, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void aCopyOfTheFileIsANewFile() throws IOException {
    leader();
    Path copy = Files.copy(path, dir.resolve("copy"));
    Files.move(copy, path, StandardCopyOption.REPLACE_EXISTING);
    FileLockElector competitor = elector();

    competitor.step();

    assertState(competitor, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void aFileWithAnythingInItIsANewFile() throws IOException {
    Files.delete(path);
    Files.writeString(path, "\u00fc established 17\n".repeat(100));
    FileLockElector elector = elector();

    elector.step();

    assertState(elector, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void whoHasLedUnderANewFileMakesItOneUnderWhichTheNextLeadsAtOnce() throws IOException {
    Files.delete(path);
    FileLockElector first = elector();
    first.step();
    ticker.advance(LEASE);
    first.step();
    assertThat(first.leadership().state()).isEqualTo(State.HELD);
    first.close();

    leader();
  }

  @Test
  void whoHasNotLedYetLeavesANewFileNew() throws IOException {
    Files.delete(path);
    FileLockElector first = elector();
    first.step();
    first.close();
    FileLockElector second = elector();

    second.step();

    assertState(second, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void aFileReplacedBeforeItsHolderLeadsIsGivenUp() throws IOException {
    Files.delete(path);
    FileLockElector elector = elector();
    elector.step();
    Files.delete(path);
    ticker.advance(LEASE);

    elector.step();
    assertState(elector, State.WAITING, "was removed");
    elector.step();
    assertState(elector, State.WAITING, "a former holder must have noticed");
  }

  @Test
  void whoReleasesWithoutHavingLostLetsTheOtherLeadAtOnce() {
    FileLockElector elector = leader();
    FileLockElector other = elector();
    other.step();
    elector.release();
    assertThat(elector.leadership().state()).isEqualTo(State.WAITING);
    other.step();
    assertThat(other.leadership().state()).isEqualTo(State.WAITING);

    elector.close();
    other.step();

    assertThat(other.leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void twoInOneProcessDoNotBreakEachOthersLock() throws Exception {
    FileLockElector elector = leader();
    elector().step();

    assertThat(LockHolder.canLockFromAnotherProcess(path)).isFalse();
    elector.close();
    assertThat(LockHolder.canLockFromAnotherProcess(path)).isTrue();
  }

  @Test
  void whatStandsInTheWayIsTheReason() throws IOException {
    path = Files.createDirectory(dir.resolve("directory.lock"));
    FileLockElector elector = elector();
    elector.step();
    assertState(elector, State.WAITING, "not a regular file");

    path = dir.resolve("none/vip.lock");
    FileLockElector homeless = elector();
    homeless.step();
    assertState(homeless, State.WAITING, "does not exist");
    assertThatThrownBy(() -> homeless.start(() -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("create it");
  }

  @Test
  void newsAreToldAndExtensionsAreNot() throws IOException {
    List<State> told = new ArrayList<>();
    FileLockElector elector = elector();
    elector.onChange(() -> told.add(elector.leadership().state()));

    elector.step();
    elector.step();
    Files.delete(path);
    elector.step();
    elector.step();

    assertThat(told).containsExactly(State.HELD, State.LOST);
  }

  @Test
  void whoWasNeverAskedToStandDoesNotCompete() {
    FileLockElector elector = new FileLockElector(new FileLockConfig(path, POLL, LEASE), ticker);
    electors.add(elector);

    elector.step();
    assertState(elector, State.WAITING, "no candidate");
    leader();
  }

  @Test
  void whoStandsNoMoreKeepsWhatItHoldsUntilItsRelease() {
    FileLockElector elector = leader();
    FileLockElector other = elector();
    elector.stand(false);
    ticker.advance(LEASE.minusNanos(1));
    elector.step();
    ticker.advance(LEASE.minusNanos(1));
    assertThat(elector.leadership().isHeldAt(ticker.nanos())).isTrue();
    assertThat(elector.leadership().needsReleaseAt(ticker.nanos())).isFalse();
    other.step();
    assertState(other, State.WAITING, "is held by");

    elector.release();
    elector.step();
    other.step();

    assertState(elector, State.WAITING, "no candidate");
    assertThat(other.leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void whoReleasedInOrderStandsAgainWithoutStandingBack() {
    FileLockElector elector = leader();
    elector.stand(false);
    elector.release();
    elector.step();

    elector.stand(true);
    elector.step();

    assertThat(elector.leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void whoLostStandsBackAlsoWhenItDidNotStandMeanwhile() throws IOException {
    FileLockElector elector = leader();
    Files.delete(path);
    elector.step();
    elector.stand(false);
    elector.release();
    elector.step();
    assertState(elector, State.WAITING, "no candidate");
    elector.stand(true);

    elector.step();
    assertState(elector, State.WAITING, "lets others go first");
    assertThat(path).doesNotExist();
  }

  @Test
  void whoseLeadershipRanOutStandsBackThoughItsThreadNeverSawIt() {
    FileLockElector elector = leader();
    ticker.advanceTo(elector.leadership().heldUntil());
    elector.release();

    elector.step();

    assertState(elector, State.WAITING, "lets others go first");
    elector().step();
    assertThat(electors.get(1).leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void aNewFileIsGivenUpByWhoStandsNoMoreAndStillNotLedTooSoon() throws IOException {
    Files.delete(path);
    FileLockElector elector = elector();
    elector.step();
    elector.stand(false);
    elector.step();
    assertThat(LockFile.holderOf(path)).isEmpty();

    elector.stand(true);
    ticker.advance(LEASE);
    elector.step();
    assertState(elector, State.WAITING, "a former holder must have noticed");
    ticker.advance(LEASE);
    elector.step();
    assertThat(elector.leadership().state()).isEqualTo(State.HELD);
  }

  @Test
  void whatIsWonWhileItStandsDownIsNotLedAndGivenBack() {
    AtomicReference<FileLockElector> self = new AtomicReference<>();
    AtomicInteger looks = new AtomicInteger();
    Ticker standsDownBetween =
        () -> {
          // The second look at the clock in a step is that after the lock was had.
          if (looks.incrementAndGet() == 3) {
            self.get().stand(false);
          }
          return ticker.nanos();
        };
    FileLockElector elector = elector(Preference.NONE, standsDownBetween);
    self.set(elector);

    elector.step();
    assertThat(looks).hasValue(3);
    assertThat(elector.leadership().state()).isEqualTo(State.WAITING);
    elector.step();
    assertThat(LockFile.holderOf(path)).isEmpty();
  }

  @Test
  void aLeaseOfLessThanTwoPollIntervalsIsRefused() {
    Duration tooShort = POLL.multipliedBy(2).minusNanos(1);
    assertThatThrownBy(() -> new FileLockConfig(path, POLL, tooShort))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileLockConfig(path, Duration.ZERO, LEASE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
