package dev.bugle.k8s.service;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.service.Scribe.Answer;
import dev.bugle.k8s.service.Scribe.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Services say what became of them: their status, and Events about what is wrong
 * with them. All nodes come to the same result, so one of them writes: the holder of a Lease.
 *
 * <p>Runs on a thread of its own until that is interrupted. Only the latest state of a Service is
 * ever written, and nothing is when the object says it already.
 */
final class Writes implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Writes.class);

  /** How often it is looked whether this node leads, if nothing else happens. */
  private static final long LOOK_MILLIS = 1000;

  /**
   * What is known of a Service.
   *
   * @param more complaints that are not about it alone
   */
  record Subject(Outcome outcome, List<Complaint> more) {
    List<Complaint> complaints() {
      List<Complaint> all = new ArrayList<>(outcome.account().complaints());
      all.addAll(more);
      return all;
    }
  }

  private final Scribe scribe;
  private final Elector elector;
  private final Ticker ticker;
  private final BackOff backOff;
  private final EventBudget budget = new EventBudget();

  // Under the monitor.
  private final Map<ObjectKey, Subject> subjects = new HashMap<>();
  private final Set<ObjectKey> pending = new LinkedHashSet<>();
  private boolean led;

  /**
   * One that has not begun.
   *
   * @param elector says when this node writes; it is started and closed here
   */
  Writes(Scribe scribe, Elector elector, Ticker ticker, BackOff backOff) {
    this.scribe = scribe;
    this.elector = elector;
    this.ticker = ticker;
    this.backOff = backOff;
  }

  /** What is known of a Service now. */
  synchronized void put(Subject subject) {
    ObjectKey key = subject.outcome().service().key();
    if (!subject.equals(subjects.put(key, subject))) {
      pending.add(key);
      notifyAll();
    }
  }

  /** A Service is gone, or is none of ours any more. */
  synchronized void remove(ObjectKey key) {
    subjects.remove(key);
    pending.remove(key);
  }

  @Override
  public void run() {
    elector.start(this::wake);
    elector.stand(true);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        write(next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      boolean interrupted = Thread.interrupted(); // Or the elector would not be given its time.
      elector.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Nothing of ours is under way here, so a leadership that has ended is given back at once. */
  private boolean leads() {
    Leadership leadership = elector.leadership();
    if (leadership.state() == State.LOST || leadership.state() == State.YIELDING) {
      elector.release();
      return false;
    }
    return leadership.isHeldAt(ticker.nanos());
  }

  /** Waits until there is something to write, and it is for this node to do so. */
  private synchronized Subject next() throws InterruptedException {
    while (true) {
      boolean leads = leads();
      if (leads && !led) {
        pending.addAll(subjects.keySet()); // Nobody knows what the one before has written.
      }
      led = leads;
      if (leads && !pending.isEmpty()) {
        ObjectKey key = pending.iterator().next();
        pending.remove(key);
        Subject subject = subjects.get(key);
        if (subject != null) {
          return subject;
        }
      } else {
        wait(LOOK_MILLIS);
      }
    }
  }

  private void write(Subject subject) throws InterruptedException {
    Answer status = scribe.status(subject.outcome());
    if (!settled(subject, status)) {
      return;
    }
    Service service = subject.outcome().service();
    for (Complaint complaint : subject.complaints()) {
      if (budget.takes(service.identity().uid(), complaint, ticker.nanos())) {
        Answer event = scribe.event(service, complaint);
        if (event.result() == Result.FAILED) {
          budget.failed(service.identity().uid(), complaint);
        }
        if (!settled(subject, event)) {
          return;
        }
      }
    }
    forgetOthers();
  }

  /** Of objects that are gone nothing is kept. */
  private void forgetOthers() {
    Set<String> uids;
    synchronized (this) {
      if (budget.size() <= subjects.size()) {
        return;
      }
      uids =
          subjects.values().stream()
              .map(subject -> subject.outcome().service().identity().uid())
              .collect(Collectors.toSet());
    }
    budget.keep(uids);
  }

  /** Whether it goes on with this one. */
  private boolean settled(Subject subject, Answer answer) throws InterruptedException {
    ObjectKey key = subject.outcome().service().key();
    switch (answer.result()) {
      case DONE -> {
        backOff.succeeded();
        return true;
      }
      case OVERTAKEN -> {
        return true;
      }
      case REFUSED -> {
        log.warn("service {}: cannot be written to: {}", key, answer.reason());
        return true;
      }
      case FAILED -> {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        if (!backOff.isFailing()) {
          log.warn("services cannot be written to: {}; tries again", answer.reason());
        }
        long wait = backOff.failed(answer.retryAfter());
        synchronized (this) {
          if (subjects.containsKey(key)) {
            pending.add(key);
          }
        }
        TimeUnit.NANOSECONDS.sleep(wait);
        return false;
      }
    }
    throw new IllegalStateException(String.valueOf(answer));
  }
}
