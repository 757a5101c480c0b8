package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.k8s.lease.LeaseAnswer.Conflict;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import dev.bugle.k8s.lease.LeaseCall.Create;
import dev.bugle.k8s.lease.LeaseCall.Read;
import dev.bugle.k8s.lease.LeaseCall.Replace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One candidate in virtual time, call by call. */
class LeaseFsmTest {

  private static final Instant EPOCH = Instant.parse("2026-11-25T10:00:00Z");
  private static final LeaseTerms TERMS = LeaseTerms.DEFAULTS;

  private final SimulatedLease lease = new SimulatedLease();
  private final LeaseFsm node = candidate("a");
  private long now = 1_000_000;
  private Function<LeaseCall, LeaseAnswer> server = lease::apply;
  private Duration slowness = Duration.ZERO;

  private LeaseFsm candidate(String identity) {
    return new LeaseFsm("the Lease vip", identity, TERMS, new Pace(TERMS.retryPeriod(), () -> 0.5));
  }

  private static LeaseRecord foreign(int seconds) {
    return new LeaseRecord(
        Optional.of("b"), Optional.of(seconds), Optional.of(EPOCH), Optional.of(EPOCH), 3);
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  private static LeaseAnswer down(LeaseCall call) {
    return new Failed("it is down");
  }

  private Instant wall() {
    return EPOCH.plusNanos(now);
  }

  /** Lets it make all the calls that are due. */
  private void step() {
    for (Optional<LeaseCall> call = node.next(now, wall());
        call.isPresent();
        call = node.next(now, wall())) {
      long start = now;
      LeaseAnswer answer = server.apply(call.get());
      now += nanos(slowness);
      node.answered(call.get(), answer, start, now);
    }
  }

  /** Lets time pass, and it do what is due. */
  private void run(Duration duration) {
    long end = now + nanos(duration);
    step();
    while (node.due() <= end) {
      now = Math.max(now, node.due());
      step();
    }
    now = Math.max(now, end);
    step();
  }

  private void assertState(State state, String reason) {
    assertThat(node.leadership().state()).isEqualTo(state);
    assertThat(node.leadership().reason()).contains(reason);
  }

  private void lead() {
    lease.makeAnew(LeaseRecord.blank());
    node.stand(true, now);
    run(Duration.ofSeconds(1));
    assertState(State.HELD, "holds the Lease vip");
    lease.calls.clear();
  }

  @Test
  void whoIsNoCandidateAsksNothing() {
    lease.makeAnew(LeaseRecord.blank());

    run(Duration.ofHours(1));

    assertThat(lease.calls).isEmpty();
  }

  @Test
  void aFreeLeaseIsTakenAtOnceAndHeldFromTheStartOfTheWrite() {
    lease.makeAnew(foreign(15).releasedAt(EPOCH));
    slowness = Duration.ofMillis(700);
    node.stand(true, now);
    long start = now;

    step();

    assertState(State.HELD, "holds the Lease vip");
    assertThat(node.leadership().heldUntil())
        .isEqualTo(start + nanos(slowness) + nanos(TERMS.renewDeadline()));
    assertThat(lease.record().holder()).contains("a");
    assertThat(lease.record().leaseSeconds()).contains(15);
    assertThat(lease.record().transitions()).isEqualTo(4);
    assertThat(lease.record().acquired()).isPresent().isEqualTo(lease.record().renewed());
  }

  @Test
  void renewingKeepsTheAcquireTimeAndTheTransitions() {
    lead();
    LeaseRecord before = lease.record();

    run(Duration.ofSeconds(20));

    assertState(State.HELD, "holds the Lease vip");
    assertThat(lease.record().acquired()).isEqualTo(before.acquired());
    assertThat(lease.record().transitions()).isEqualTo(before.transitions());
    assertThat(lease.record().renewed()).isNotEqualTo(before.renewed());
    assertThat(lease.calls).hasSize(10).allMatch(call -> call instanceof Replace);
  }

  @Test
  void anotherHoldersLeaseIsTakenOnlyAfterItsWholeDurationOnOurOwnClock() {
    lease.makeAnew(foreign(15)); // its times are long past, by whatever clock
    node.stand(true, now);
    step();
    long seen = now;

    run(Duration.ofMillis(14_999));
    assertState(State.WAITING, "b holds the Lease vip");
    run(Duration.ofMillis(2_500));

    assertState(State.HELD, "holds the Lease vip");
    assertThat(node.leadership().since() - seen)
        .isGreaterThanOrEqualTo(nanos(TERMS.leaseDuration()));
    assertThat(lease.record().transitions()).isEqualTo(4);
  }

  @Test
  void theDurationThatCountsIsTheOneInTheRecord() {
    lease.makeAnew(foreign(60));
    node.stand(true, now);

    run(Duration.ofSeconds(59));
    assertState(State.WAITING, "b holds");
    run(Duration.ofSeconds(4));

    assertState(State.HELD, "holds");
  }

  @Test
  void eachRenewalOfTheOtherBeginsTheWaitAnew() {
    lease.makeAnew(foreign(15));
    node.stand(true, now);
    for (int renewal = 0; renewal < 20; renewal++) {
      run(Duration.ofSeconds(14));
      lease.put(lease.record().renewedAt(wall(), 15));
      assertState(State.WAITING, "b holds");
    }
  }

  @Test
  void aChangeThatIsNoRenewalDoesNotBeginTheWaitAnew() {
    lease.makeAnew(foreign(15));
    node.stand(true, now);
    run(Duration.ofSeconds(10));
    lease.put(lease.record()); // a label, say: only the version is new

    run(Duration.ofSeconds(8));

    assertState(State.HELD, "holds");
  }

  @Test
  void aRecordInOurNameThatWeDidNotWriteIsAnothers() {
    lease.makeAnew(foreign(15).takenBy("a", 15, EPOCH, EPOCH));
    node.stand(true, now);

    run(Duration.ofSeconds(14));
    assertState(State.WAITING, "an earlier run or another of that name");
    run(Duration.ofSeconds(4));

    assertState(State.HELD, "holds");
  }

  @Test
  void whoMakesTheLeaseLeadsOneLeaseLater() {
    node.stand(true, now);
    step();
    assertThat(lease.calls).hasSize(2).last().isInstanceOf(Create.class);
    assertState(State.WAITING, "waits until a former holder has given up");

    run(Duration.ofMillis(14_999));
    assertState(State.WAITING, "waits until a former holder has given up");
    run(Duration.ofSeconds(2));

    assertState(State.HELD, "holds");
    assertThat(lease.record().transitions()).isZero();
  }

  @Test
  void aLeaseThatIsAnotherThanBeforeIsHeldForOneLeaseBeforeLeading() {
    lease.makeAnew(foreign(15));
    node.stand(true, now);
    run(Duration.ofSeconds(5));
    lease.makeAnew(LeaseRecord.blank());

    run(Duration.ofSeconds(14));
    assertState(State.WAITING, "waits until a former holder has given up");
    run(Duration.ofSeconds(5));

    assertState(State.HELD, "holds");
  }

  @Test
  void whoGivesUpANewLeaseLeavesItToRunOutForTheSakeOfAFormerHolder() {
    node.stand(true, now);
    run(Duration.ofSeconds(5));

    node.stand(false, now);
    run(Duration.ofSeconds(1));

    assertThat(node.isOut()).isTrue();
    assertThat(lease.record().holder()).contains("a");
  }

  @Test
  void aDeletedLeaseIsLostAtTheNextRenewal() {
    lead();
    lease.delete();

    run(Duration.ofSeconds(2));

    assertState(State.LOST, "was deleted");
  }

  @Test
  void aLeaseThatAnotherHasIsLostAtTheNextRenewal() {
    lead();
    lease.put(foreign(15));

    run(Duration.ofSeconds(2));

    assertState(State.LOST, "b holds the Lease vip");
  }

  @Test
  void aLeaseThatSomebodyClearedIsLost() {
    lead();
    lease.put(lease.record().releasedAt(EPOCH));

    run(Duration.ofSeconds(2));

    assertState(State.LOST, "given up by somebody else");
  }

  @Test
  void aConflictWhileItIsStillOursIsReadAndRenewedInTheSameRound() {
    lead();
    lease.put(lease.record()); // somebody has written a label

    run(Duration.ofSeconds(1).plusMillis(500));

    assertState(State.HELD, "holds");
    assertThat(lease.calls).hasSize(3);
    assertThat(lease.calls.get(1)).isEqualTo(new Read());
  }

  @Test
  void conflictsWithoutEndAreFourCallsAndAPause() {
    lead();
    server = call -> call instanceof Replace ? new Conflict() : lease.apply(call);

    run(Duration.ofSeconds(3));

    assertThat(lease.calls.size()).isLessThanOrEqualTo(4); // the reads
    assertState(State.HELD, "holds");
    run(Duration.ofSeconds(8));
    assertState(State.LOST, "changes faster than it can be written");
  }

  @Test
  void withoutTheApiItIsLostAtTheDeadlineToTheNanosecond() {
    lead();
    long until = node.leadership().heldUntil();
    server = LeaseFsmTest::down;
    now = until - 1;
    step();
    assertState(State.HELD, "holds");
    assertThat(node.due()).isEqualTo(until);

    now = until;
    step();

    assertState(State.LOST, "not renewed in time; the last answer: it is down");
    assertThat(node.due()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anAnswerThatComesAtTheDeadlineRevivesNothing() {
    lead();
    now = node.due();
    LeaseCall renewal = node.next(now, wall()).orElseThrow();
    long start = now;
    LeaseAnswer answer = lease.apply(renewal);
    now = node.leadership().heldUntil();

    node.answered(renewal, answer, start, now);

    assertState(State.LOST, "not renewed in time");
  }

  @Test
  void anAnswerOneNanosecondBeforeTheDeadlineExtendsFromTheStart() {
    lead();
    now = node.due();
    LeaseCall renewal = node.next(now, wall()).orElseThrow();
    long start = now;
    LeaseAnswer answer = lease.apply(renewal);
    now = node.leadership().heldUntil() - 1;

    node.answered(renewal, answer, start, now);

    assertThat(node.leadership().heldUntil()).isEqualTo(start + nanos(TERMS.renewDeadline()));
  }

  @Test
  void noCallIsWaitedForLongerThanTheLeadershipLasts() {
    lead();
    assertThat(node.patience(now)).isEqualTo(nanos(TERMS.renewDeadline()) / 3);
    assertThat(node.patience(node.leadership().heldUntil() - 5)).isEqualTo(5);
  }

  @Test
  void whoHasLostAsksNothingUntilReleased() {
    lead();
    server = LeaseFsmTest::down;
    run(Duration.ofSeconds(11));
    server = lease::apply;
    lease.calls.clear();

    run(Duration.ofMinutes(5));

    assertState(State.LOST, "not renewed in time");
    assertThat(lease.calls).isEmpty();
  }

  @Test
  void releasingClearsTheHolderAsClientGoDoesAndOthersGoFirst() {
    lead();
    server = LeaseFsmTest::down;
    run(Duration.ofSeconds(11));
    server = lease::apply;

    node.release(now);
    step();

    assertThat(node.isOut()).isTrue();
    assertThat(lease.record().holder()).isEmpty();
    assertThat(lease.record().leaseSeconds()).contains(1);
    assertThat(lease.record().transitions()).isEqualTo(1);
    run(Duration.ofMillis(3_900));
    assertState(State.WAITING, "lets others go first");
    run(Duration.ofSeconds(3));
    assertState(State.HELD, "holds");
  }

  @Test
  void releasingInOrderIsAtOnceAndOneThatStandsNoMoreStaysOut() {
    lead();
    node.stand(false, now);
    assertState(State.HELD, "holds");
    run(Duration.ofSeconds(30));
    assertState(State.HELD, "holds"); // it is extended until it is released

    node.release(now);
    assertThat(node.leadership().isHeldAt(now)).isFalse();
    step();

    assertThat(lease.record().holder()).isEmpty();
    lease.calls.clear();
    run(Duration.ofHours(1));
    assertState(State.WAITING, "no candidate");
    assertThat(lease.calls).isEmpty();
  }

  @Test
  void aReleaseThatFailsIsTriedUntilItSucceeds() {
    lead();
    server = LeaseFsmTest::down;
    node.stand(false, now);
    node.release(now);
    run(Duration.ofSeconds(60));
    assertThat(node.isOut()).isFalse();
    server = lease::apply;

    run(Duration.ofSeconds(10));

    assertThat(node.isOut()).isTrue();
    assertThat(lease.record().holder()).isEmpty();
  }

  @Test
  void aReleaseThatComesTooLateLeavesTheLeaseToWhomHasItNow() {
    lead();
    server = LeaseFsmTest::down;
    node.stand(false, now);
    node.release(now);
    run(Duration.ofSeconds(20));
    lease.put(foreign(15));
    server = lease::apply;

    run(Duration.ofSeconds(10));

    assertThat(node.isOut()).isTrue();
    assertThat(lease.record()).isEqualTo(foreign(15));
  }

  @Test
  void whatIsWonByWhoStandsNoMoreIsGivenBack() {
    lease.makeAnew(LeaseRecord.blank());
    node.stand(true, now);
    LeaseCall read = node.next(now, wall()).orElseThrow();
    node.answered(read, lease.apply(read), now, now);
    LeaseCall take = node.next(now, wall()).orElseThrow();
    LeaseAnswer won = lease.apply(take);

    node.stand(false, now);
    node.answered(take, won, now, now);

    assertState(State.WAITING, "");
    step();
    assertThat(lease.record().holder()).isEmpty();
    assertThat(node.isOut()).isTrue();
  }

  @Test
  void aTakeOverOfWhichTheAnswerIsLostIsOursAllTheSame() {
    lease.makeAnew(LeaseRecord.blank());
    node.stand(true, now);
    server =
        call -> {
          LeaseAnswer answer = lease.apply(call);
          return call instanceof Replace ? new Failed("cut") : answer;
        };
    step();
    assertState(State.WAITING, "cut");
    assertThat(lease.record().holder()).contains("a");
    server = lease::apply;

    run(Duration.ofSeconds(3));

    assertState(State.HELD, "holds");
    assertThat(lease.record().transitions()).isEqualTo(1);
  }

  @Test
  void aTakeOverThatArrivesLateIsOursAllTheSame() {
    lease.makeAnew(LeaseRecord.blank());
    node.stand(true, now);
    LeaseCall[] late = new LeaseCall[1];
    server =
        call -> {
          if (call instanceof Replace) {
            late[0] = call;
            return new Failed("no answer");
          }
          return lease.apply(call);
        };
    run(Duration.ofSeconds(3));
    server = lease::apply;
    lease.apply(late[0]);

    run(Duration.ofSeconds(5));

    assertState(State.HELD, "holds");
  }

  @Test
  void aHolderThatFailsTriesAgainOnceInARetryPeriodWhateverTheServerWants() {
    lead();
    int[] tries = {0};
    server =
        call -> {
          tries[0]++;
          return new Failed("overloaded", Optional.of(Duration.ofSeconds(30)));
        };

    run(Duration.ofSeconds(11));

    assertState(State.LOST, "overloaded");
    assertThat(tries[0]).isBetween(2, 4);
  }

  @Test
  void aCandidateThatFailsBacksOff() {
    node.stand(true, now);
    int[] tries = {0};
    server =
        call -> {
          tries[0]++;
          return new Failed("down");
        };

    run(Duration.ofMinutes(10));

    // 2 s, 4 s, then 8 s, each drawn out by a tenth here
    assertThat(tries[0]).isBetween(65, 72);
    assertState(State.WAITING, "down");
  }

  @Test
  void aCandidateLeavesTheServerAloneForAsLongAsItWants() {
    node.stand(true, now);
    int[] tries = {0};
    server =
        call -> {
          tries[0]++;
          return new Failed("overloaded", Optional.of(Duration.ofSeconds(40)));
        };

    run(Duration.ofMinutes(10));

    assertThat(tries[0]).isBetween(12, 15);
  }

  @Test
  void aCandidateOfTwoMindsDoesNotKeepTheServerBusy() {
    lease.makeAnew(foreign(3600));
    for (int change = 0; change < 1000; change++) {
      node.stand(change % 2 == 0, now);
      run(Duration.ofMillis(10));
    }

    assertThat(lease.calls.size()).isLessThanOrEqualTo(21); // 10 s, and 2 a second
  }

  @Test
  void aRenewalDiffersFromTheOneBeforeAlsoWhenTheClockOnTheWallStands() {
    lead();
    Optional<Instant> before = lease.record().renewed();
    now = node.due();
    LeaseCall call = node.next(now, before.orElseThrow()).orElseThrow();

    assertThat(((Replace) call).record().renewed()).isNotEqualTo(before);
  }
}
