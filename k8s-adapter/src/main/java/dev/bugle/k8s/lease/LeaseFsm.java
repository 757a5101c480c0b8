package dev.bugle.k8s.lease;

import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.k8s.lease.LeaseAnswer.Conflict;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import dev.bugle.k8s.lease.LeaseAnswer.Missing;
import dev.bugle.k8s.lease.LeaseAnswer.Stored;
import dev.bugle.k8s.lease.LeaseCall.Create;
import dev.bugle.k8s.lease.LeaseCall.Read;
import dev.bugle.k8s.lease.LeaseCall.Replace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One candidate's part in the election that a Lease decides. Pure: it says what to ask of the API
 * server, is told the answers, and has no clock, thread or socket. All times are readings of one
 * monotonic clock, except what is written into the Lease for people to read. One thread at a time.
 *
 * <p>Requests come in rounds: what belongs together is asked without a pause, at most four calls,
 * and then comes a pause. So nothing that the server answers makes it ask without end.
 *
 * <p>Every write of which the outcome is not known leaves a claim: the Lease may be ours by it, now
 * or later. A claim ends when a write that gives the Lease up succeeds, or when the Lease is seen
 * to be somebody else's. A record in our name that does not have the claim's time is not ours: an
 * earlier run of this process wrote it, or another one of the same name.
 */
final class LeaseFsm {

  private static final int MOST_CALLS = 4;

  private final String title;
  private final String identity;
  private final LeaseTerms terms;
  private final Pace pace;
  private final LeaseView view = new LeaseView();

  private Leadership leadership = Leadership.waiting(0, "not started");
  private boolean candidate;

  /** The acquireTime under which the Lease is ours, or may come to be. */
  private Optional<Instant> claim = Optional.empty();

  /** Which version the claim was to replace; empty text when the Lease was to be made. */
  private String claimed = "";

  private boolean releasing;
  private long leadFrom;
  private long standBackUntil;

  private boolean inRound;
  private long roundStart;
  private int calls;
  private long due = Long.MAX_VALUE;
  private long backOffUntil;
  private String lastFailure = "";

  /**
   * One that is no candidate.
   *
   * @param title what is competed for, as in {@code the Lease kube-system/vip}
   * @param identity the name of this candidate, which no other has
   */
  LeaseFsm(String title, String identity, LeaseTerms terms, Pace pace) {
    this.title = title;
    this.identity = identity;
    this.terms = terms;
    this.pace = pace;
    this.roundStart = -pace.period();
  }

  /** What is known now. */
  Leadership leadership() {
    return leadership;
  }

  /** When {@link #next} is to be called again, if nothing else happens. */
  long due() {
    return isLeading() ? Math.min(due, leadership.heldUntil()) : due;
  }

  /** Whether the Lease is not ours, and will not come to be. */
  boolean isOut() {
    return claim.isEmpty();
  }

  /** For how long, in nanoseconds, the answer of a call that begins now is worth waiting for. */
  long patience(long now) {
    long usual = terms.requestTimeout().toNanos();
    return isLeading() ? Math.min(usual, leadership.heldUntil() - now) : usual;
  }

  /** As {@link dev.bugle.advertiser.leadership.Elector#stand}. */
  void stand(boolean whether, long now) {
    if (candidate != whether) {
      candidate = whether;
      hurry(Math.max(now, roundStart + pace.period() / 4));
    }
  }

  /** As {@link dev.bugle.advertiser.leadership.Elector#release}. */
  void release(long now) {
    expire(now);
    if (leadership.state() == State.LOST) {
      standBackUntil = now + 2 * pace.period();
    }
    leadership = Leadership.waiting(now, "released");
    releasing = claim.isPresent();
    hurry(now);
  }

  private void hurry(long earliest) {
    if (!inRound) {
      schedule(pace.isFailing() ? Math.max(backOffUntil, earliest) : earliest);
    }
  }

  /**
   * What to ask now, if anything. Whoever calls this makes the call, and tells its answer.
   *
   * @param wall the clock on the wall, for what is written
   */
  Optional<LeaseCall> next(long now, Instant wall) {
    expire(now);
    if (now < due) {
      return Optional.empty();
    }
    if (!inRound) {
      inRound = true;
      roundStart = now;
      calls = 0;
      view.beginRound();
    }
    if (calls == MOST_CALLS) {
      fail(now, new Failed(title + " changes faster than it can be written"));
      return Optional.empty();
    }
    Optional<LeaseCall> call = call(now, wall.truncatedTo(ChronoUnit.MICROS));
    if (call.isPresent()) {
      calls++;
    } else {
      endRound(roundStart + pace.afterLook());
    }
    return call;
  }

  private Optional<LeaseCall> call(long now, Instant wall) {
    return switch (leadership.state()) {
      case HELD, YIELDING -> Optional.of(renew(wall));
      case LOST -> Optional.empty();
      case WAITING -> {
        Optional<LeaseCall> parting = mustGiveUp() ? giveUp(now, wall) : Optional.empty();
        yield parting.isPresent() || !candidate ? parting : compete(now, wall);
      }
    };
  }

  private boolean mustGiveUp() {
    return claim.isPresent() && (releasing || !candidate);
  }

  private LeaseCall renew(Instant wall) {
    return ours()
        .<LeaseCall>map(
            lease ->
                new Replace(lease.version(), lease.record().renewedAt(wall, terms.leaseSeconds())))
        .orElseGet(Read::new);
  }

  private Optional<LeaseCall> giveUp(long now, Instant wall) {
    if (now < leadFrom) {
      endClaim(); // It runs out. To clear it would let another lead before a former holder knows.
      return Optional.empty();
    }
    Optional<StoredLease> ours = ours();
    if (ours.isPresent()) {
      return ours.map(lease -> new Replace(lease.version(), lease.record().releasedAt(wall)));
    }
    if (!view.isFresh()) {
      return Optional.of(new Read());
    }
    endClaim();
    return Optional.empty();
  }

  private Optional<LeaseCall> compete(long now, Instant wall) {
    if (now < standBackUntil) {
      explain("lost " + title + ", and lets others go first");
      return Optional.empty();
    }
    if (!view.isFresh()) {
      return Optional.of(new Read());
    }
    if (ours().isPresent()) {
      return Optional.of(renew(wall));
    }
    if (!view.isFreeAt(now, terms.leaseSeconds())) {
      explain(whoHasIt());
      return Optional.empty();
    }
    Instant acquired = claim.orElse(wall);
    claim = Optional.of(acquired);
    claimed = view.lease().map(StoredLease::version).orElse("");
    LeaseRecord before = view.lease().map(StoredLease::record).orElseGet(LeaseRecord::blank);
    LeaseRecord taken = before.takenBy(identity, terms.leaseSeconds(), acquired, wall);
    return Optional.of(
        view.lease().isPresent() ? new Replace(claimed, taken) : new Create(taken.asFirst()));
  }

  /** The Lease as far as it is known to be ours and not to have changed. */
  private Optional<StoredLease> ours() {
    return view.lease()
        .filter(lease -> !view.isStale())
        .filter(lease -> lease.record().holder().filter(identity::equals).isPresent())
        .filter(lease -> claim.isPresent() && lease.record().acquired().equals(claim));
  }

  /**
   * Takes the answer to a call.
   *
   * @param start when the call began
   * @param now when its answer was there
   */
  void answered(LeaseCall call, LeaseAnswer answer, long start, long now) {
    expire(now); // What comes after the end revives nothing.
    if (answer instanceof Stored stored) {
      stored(call, stored.lease(), start, now);
    } else if (answer instanceof Missing) {
      view.missing();
      if (!(call instanceof Read) || !claimed.isEmpty()) {
        endClaim();
      }
      if (isLeading()) {
        lose(title + " was deleted", now);
      }
    } else if (answer instanceof Conflict) {
      view.changed();
    } else if (answer instanceof Failed failed) {
      view.doubt();
      fail(now, failed);
    }
    if (inRound && leadership.state() == State.LOST) {
      endRound(now);
    }
  }

  private void stored(LeaseCall call, StoredLease lease, long start, long now) {
    boolean isAnother = view.saw(lease, now);
    if (isAnother || call instanceof Create) {
      // Who held the Lease that was deleted may not have noticed, for as long as it may lead.
      leadFrom = now + terms.leaseDuration().toNanos();
    }
    if (claim.isPresent() && ours().isEmpty() && !lease.version().equals(claimed)) {
      endClaim();
    }
    if (isLeading() && (isAnother || ours().isEmpty())) {
      lose(isAnother ? title + " was deleted and made anew" : whoHasIt(), now);
    } else if (!(call instanceof Read)) {
      written(lease, start, now);
    }
  }

  private void written(StoredLease lease, long start, long now) {
    if (lease.record().holder().isEmpty()) {
      endClaim();
      endRound(now + pace.afterLook());
      return;
    }
    long until = start + terms.renewDeadline().toNanos();
    if (isLeading()) {
      leadership =
          new Leadership(leadership.state(), until, leadership.since(), leadership.reason());
      endRound(Math.max(now, roundStart + pace.afterRenewal()));
    } else if (leadership.state() == State.WAITING && !mustGiveUp()) {
      if (now < leadFrom) {
        explain("has " + title + ", which is new, and waits until a former holder has given up");
      } else if (now < until) {
        leadership = Leadership.held(until, now, "holds " + title);
      } else {
        explain("has " + title + ", but was told so too late");
      }
      endRound(Math.max(now, roundStart + pace.afterRenewal()));
    }
  }

  private void fail(long now, Failed failed) {
    lastFailure = failed.reason();
    long wait =
        isLeading()
            ? pace.afterFailedRenewal(failed.retryAfter(), leadership.heldUntil() - now)
            : pace.afterFailure(failed.retryAfter());
    explain(failed.reason());
    backOffUntil = now + wait;
    endRound(backOffUntil);
  }

  private void endRound(long next) {
    inRound = false;
    schedule(next);
  }

  private void schedule(long next) {
    boolean isIdle =
        leadership.state() == State.LOST
            || (leadership.state() == State.WAITING && !candidate && claim.isEmpty());
    if (isIdle) {
      explain("no candidate");
      due = Long.MAX_VALUE;
    } else {
      due = next;
    }
  }

  private void endClaim() {
    claim = Optional.empty();
    claimed = "";
    releasing = false;
  }

  private void expire(long now) {
    if (isLeading() && !leadership.isHeldAt(now)) {
      lose(
          title
              + " was not renewed in time"
              + (pace.isFailing() ? "; the last answer: " + lastFailure : ""),
          now);
    }
  }

  private void lose(String reason, long now) {
    leadership = Leadership.lost(now, reason);
    if (!inRound) {
      due = Long.MAX_VALUE;
    }
  }

  private boolean isLeading() {
    return leadership.state() == State.HELD || leadership.state() == State.YIELDING;
  }

  private String whoHasIt() {
    Optional<String> holder = view.lease().flatMap(lease -> lease.record().holder());
    if (holder.isEmpty()) {
      return title + " was given up by somebody else than its holder";
    }
    return holder.get().equals(identity)
        ? identity + " holds " + title + ", which is an earlier run or another of that name"
        : holder.get() + " holds " + title;
  }

  private void explain(String reason) {
    if (leadership.state() == State.WAITING) {
      leadership = Leadership.waiting(leadership.since(), reason);
    }
  }
}
