package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.linux.Descriptor;
import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.Poller;
import dev.bugle.bfd.linux.RealTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that serves every session of a speaker. Each round sends what is due, reads everything
 * that has arrived, and only then judges who has been silent: after a stall of this process nobody
 * is declared dead whose packets wait in a socket.
 */
final class BfdThread implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BfdThread.class);

  /** Wakes up so often when there is nothing to do. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MANY_SESSIONS = 100;
  private static final long MANY_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Poller poller;
  private final Datagrams batch;
  private final Demultiplexer sessions;
  private final SchedulingDelay delay;
  private final AlarmQueue transmitAlarms = new AlarmQueue();
  private final AlarmQueue detectionAlarms = new AlarmQueue();
  private final List<SessionDriver> suspects = new ArrayList<>();
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private List<Receiver> receivers = List.of();
  private boolean ended;
  private boolean closed; // guarded by this
  private long now = System.nanoTime();
  private long lastRound = now;

  BfdThread(Kernel kernel, Demultiplexer sessions, SchedulingDelay delay, BfdConfig config) {
    this.sessions = sessions;
    this.delay = delay;
    this.poller = new Poller(kernel);
    this.batch = new Datagrams(kernel);
    this.thread = new Thread(() -> run(kernel, config), "bfd");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  AlarmQueue transmitAlarms() {
    return transmitAlarms;
  }

  AlarmQueue detectionAlarms() {
    return detectionAlarms;
  }

  Demultiplexer sessions() {
    return sessions;
  }

  SchedulingDelay delay() {
    return delay;
  }

  /** The time of this round, of {@link System#nanoTime}. */
  long now() {
    return now;
  }

  /** From any thread: runs a command on this one, after those before it; not when it has ended. */
  void execute(Runnable command) {
    synchronized (this) {
      if (closed) {
        return;
      }
      commands.add(command);
      poller.call();
    }
  }

  /** From now on reads these sockets too. On this thread. */
  void watch(List<Receiver> all) {
    receivers = List.copyOf(all);
    poller.watch(receivers.stream().map(Receiver::socket).toArray(Descriptor[]::new));
  }

  private void run(Kernel kernel, BfdConfig config) {
    new Rehearsal(kernel).run();
    beOnTime(new RealTime(kernel), config);
    while (!ended) {
      try {
        round();
      } catch (RuntimeException | Error unforeseen) { // one fault must not end every session
        log.error("BFD: internal error; the sessions go on", unforeseen);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS); // it may come again at once
      }
    }
  }

  private static void beOnTime(RealTime realTime, BfdConfig config) {
    realTime.wakeOnTime();
    int priority = config.realTimePriority();
    if (priority == 0) {
      log.info("the BFD thread is an ordinary one, as configured");
      return;
    }
    Optional<String> refused = realTime.goFirst(priority);
    if (refused.isPresent()) {
      log.warn(
          "the BFD thread is an ordinary one, and may be late on a busy machine: SCHED_FIFO"
              + " priority {} was refused ({}); it takes root, CAP_SYS_NICE, or an rtprio limit",
          priority,
          refused.get());
      return;
    }
    log.info("the BFD thread has SCHED_FIFO priority {}", priority);
    if (config.jvmRealTime()) {
      realTime
          .jvmGoesFirst()
          .ifPresent(why -> log.warn("threads of the JVM remain ordinary ones: {}", why));
    }
  }

  private void round() {
    restAmongMany();
    now = System.nanoTime();
    lastRound = now;
    long wait = Math.min(transmitAlarms.next(now), detectionAlarms.next(now));
    long due = now + wait;
    poller.await(Math.max(0, Math.min(wait, IDLE_NANOS)));
    now = System.nanoTime();
    if (wait != AlarmQueue.NEVER && now - due >= 0) {
      delay.late(now, now - due);
    }
    if (poller.wasCalled()) {
      runCommands();
    }
    transmitAlarms.ring(now);
    now = System.nanoTime();
    long late = -detectionAlarms.next(now);
    if (late >= 0) {
      delay.heldUp(now, late); // a command may have taken its time just now
    }
    drain(false);
    judge();
  }

  private void drain(boolean all) {
    for (int i = 0; i < receivers.size(); i++) {
      if (all || poller.isReadable(i)) {
        receivers.get(i).drain(batch, sessions);
      }
    }
  }

  /** Most alarms find that something was heard; of those that do not, all that waits is read. */
  private void judge() {
    detectionAlarms.ring(now);
    if (!suspects.isEmpty()) {
      drain(true);
      for (int i = 0; i < suspects.size(); i++) {
        suspects.get(i).judge();
      }
      suspects.clear();
    }
  }

  /** Nothing was read of this one for its Detection Time; something may wait in a socket. */
  void suspect(SessionDriver session) {
    suspects.add(session);
  }

  /**
   * With many sessions something is due or arrives all the time; to do together what comes within
   * half a millisecond spares most of the waking up.
   */
  private void restAmongMany() {
    long early = lastRound + MANY_REST_NANOS - System.nanoTime();
    if (sessions.size() >= MANY_SESSIONS && early > 0) {
      poller.rest(early);
    }
  }

  /** The next packet is sent and every one that has arrived is read, whatever the time is. */
  void rehearse() {
    now = System.nanoTime();
    transmitAlarms.ringNext();
    poller.await(0);
    drain(true);
    judge();
  }

  private void runCommands() {
    for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
      next.run();
    }
  }

  /**
   * Ends the thread after the commands so far, and waits for it. Not on the thread itself. One that
   * was never started only lets go of what it has.
   */
  @Override
  public void close() {
    execute(() -> ended = true);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    synchronized (this) {
      if (!closed) {
        closed = true;
        poller.close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }
}
