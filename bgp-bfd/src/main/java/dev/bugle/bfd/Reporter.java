package dev.bugle.bfd;

import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.SessionFsm;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world of one session: status, listener, counters, meters, log. On BFD's thread. */
final class Reporter {

  private static final Logger log = LoggerFactory.getLogger(BfdSession.class);

  private final BfdSession session;
  private final BfdListener listener;
  private final BfdThread thread;
  private final Journal journal;
  private final SessionMeters meters;
  private final StatusBoard board;
  private long lastReceived;
  private boolean hasReceived;
  private int sendError;

  /** Of a session whose meters and status are there already. */
  Reporter(BfdSession session, BfdListener listener, SessionEnvironment environment) {
    this.session = session;
    this.listener = listener;
    this.thread = environment.thread();
    this.journal = environment.journal();
    this.meters = session.meters();
    this.board = session.board();
  }

  void received() {
    lastReceived = thread.now();
    hasReceived = true;
    meters.counters().received();
  }

  void dropped(DropReason reason) {
    meters.counters().dropped(reason);
  }

  /** A packet was handed to the kernel, or refused with an errno. */
  void sent(int errno, Path path) {
    if (errno == 0) {
      meters.counters().sent();
    } else {
      meters.counters().notSent();
    }
    if (errno != sendError) {
      sendError = errno;
      if (errno != 0) {
        String meaning = path.meaning(errno);
        journal.write(() -> log.warn("BFD {}: cannot send: {}", session, meaning));
      }
    }
  }

  /** Something other than the same again has happened. */
  void changed(SessionFsm fsm) {
    board.publish(fsm);
  }

  void stateChanged(SessionFsm fsm, StateChanged changed) {
    if (changed.from() == State.UP) {
      meters.counters().flap();
    }
    Duration silence = Duration.ofNanos(hasReceived ? thread.now() - lastReceived : 0);
    BfdStateChange change =
        new BfdStateChange(
            changed.from(),
            changed.to(),
            changed.diagnostic(),
            changed.isFailure(),
            silence,
            Duration.ofNanos(thread.delay().worstSince(lastReceived)));
    board.publish(fsm);
    if (change.isSilence()) { // before the listener, which finds all of it told
      meters.detectionTime().record(silence.toNanos(), TimeUnit.NANOSECONDS);
    }
    try {
      listener.stateChanged(session, change);
    } catch (Throwable unforeseen) { // an Error must not end the thread of every session either
      journal.write(() -> log.error("BFD {}: the listener failed", session, unforeseen));
    }
    journal.write(() -> write(change));
  }

  private void write(BfdStateChange change) {
    String cause = change.cause().isEmpty() ? "" : ": " + change.cause();
    if (change.isFailure()) {
      log.warn("BFD {}: {} -> {}{}", session, change.from(), change.to(), cause);
    } else {
      log.info("BFD {}: {} -> {}{}", session, change.from(), change.to(), cause);
    }
  }
}
