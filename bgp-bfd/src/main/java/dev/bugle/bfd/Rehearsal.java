package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two sessions with each other on loopback, in fast motion and unseen, before the first real one.
 *
 * <p>A JVM loads and compiles code when it runs for the first time, and the thread that needs it
 * waits, on a busy machine for tens of milliseconds: measured, sessions with short intervals
 * flapped in their first second. After a rehearsal all of that has happened.
 */
final class Rehearsal {

  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  /** Beyond what the JVM's compilers wait for before they take up a method. */
  private static final int PACKETS = 6_000;

  private static final int FAILURES = 300;
  private static final int PATIENCE = 100;
  private static final String ONE = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";

  private final Kernel kernel;
  private final Demultiplexer sessions = new Demultiplexer(new Counters());

  Rehearsal(Kernel kernel) {
    this.kernel = kernel;
  }

  /** On BFD's thread. Where it cannot be held, the first sessions come up less smoothly. */
  void run() {
    Meters meters = new Meters(new CompositeMeterRegistry());
    SchedulingDelay delay = new SchedulingDelay(meters.schedulingDelay());
    try (BfdThread stage = new BfdThread(kernel, sessions, delay, BfdConfig.builder().build());
        ControlReceiver toOne = receiver(ONE);
        ControlReceiver toOther = receiver(OTHER)) {
      stage.watch(List.of(toOne, toOther));
      SessionEnvironment environment =
          new SessionEnvironment(stage, meters, line -> {}, new Discriminators(), session -> {});
      play(
          stage,
          session(environment, ONE, OTHER, toOther.localPort()),
          session(environment, OTHER, ONE, toOne.localPort()));
    } catch (RuntimeException cancelled) {
      log.info(
          "no rehearsal on loopback ({}): the first sessions may flap", cancelled.getMessage());
    }
  }

  private ControlReceiver receiver(String address) {
    return ControlReceiver.open(kernel, Port.SINGLE_HOP, IpLiteral.parse(address), 0);
  }

  private BfdSession session(SessionEnvironment environment, String local, String peer, int port) {
    BfdSessionConfig config =
        BfdSessionConfig.singleHop(peer)
            .localAddress(local)
            .profile(BfdProfile.of(Duration.ofMillis(50), 3))
            .build();
    Path path = PeerPath.open(kernel, config, port);
    BfdSession session = new BfdSession(environment, config, path, BfdListener.NONE);
    sessions.add(session.discriminator(), session.driver());
    session.driver().handle(new Event.Enable());
    return session;
  }

  private static void play(BfdThread stage, BfdSession one, BfdSession other) {
    try {
      for (int i = 0; i < FAILURES; i++) {
        comeUp(stage, one, other);
        one.driver().handle(new Event.PathFailed(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED));
      }
      comeUp(stage, one, other);
      for (int i = 0; i < PACKETS; i++) {
        stage.rehearse();
      }
    } finally {
      one.driver().end();
      other.driver().end();
    }
  }

  private static void comeUp(BfdThread stage, BfdSession one, BfdSession other) {
    for (int i = 0; i < PATIENCE; i++) {
      stage.rehearse();
      if (one.status().state() == State.UP && other.status().state() == State.UP) {
        return;
      }
    }
  }
}
