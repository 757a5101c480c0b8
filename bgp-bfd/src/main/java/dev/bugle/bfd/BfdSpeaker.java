package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.wire.DropReason;
import io.micrometer.core.instrument.Meter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs BFD sessions (RFC 5880, 5881, 5883) on one thread of its own. Sessions come and go at any
 * time. Methods may be called from any thread; none waits, except {@link #open} and {@link #close}.
 */
public final class BfdSpeaker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BfdSpeaker.class);

  private final Kernel kernel;
  private final BfdConfig config;
  private final Meters meters;
  private final ThreadedJournal journal = new ThreadedJournal();
  private final Counters discarded = new Counters();
  private final List<Meter> ownMeters = new ArrayList<>();
  private final Discriminators discriminators = new Discriminators();
  private final BfdThread thread;
  private final SessionEnvironment environment;

  // Guarded by this.
  private final Map<PathKey, BfdSession> sessions = new HashMap<>();
  private final Sockets sockets;
  private final Map<BfdSession, EchoLink> links = new HashMap<>();
  private boolean closed;

  private BfdSpeaker(Kernel kernel, BfdConfig config) {
    this.kernel = kernel;
    this.config = config;
    this.sockets = new Sockets(kernel, config);
    this.meters = new Meters(config.meters());
    var lateness = meters.schedulingDelay();
    ownMeters.add(lateness);
    ownMeters.addAll(meters.discarded(discarded));
    this.thread =
        new BfdThread(kernel, new Demultiplexer(discarded), new SchedulingDelay(lateness), config);
    this.environment =
        new SessionEnvironment(thread, meters, journal, discriminators, this::remove);
  }

  /**
   * Opens a speaker. It listens once it has a session.
   *
   * @throws UnsupportedOperationException when BFD cannot be had on this system, saying why
   */
  public static BfdSpeaker open(BfdConfig config) {
    BfdSpeaker speaker = new BfdSpeaker(Kernel.load(), config);
    speaker.thread.start();
    return speaker;
  }

  /** What it was opened with. */
  public BfdConfig config() {
    return config;
  }

  BfdThread thread() {
    return thread;
  }

  Journal journal() {
    return journal;
  }

  /**
   * Adds a session and starts it.
   *
   * @param listener hears of every change of its state
   * @throws IllegalArgumentException when there is a session on this path, or a value is wrong
   * @throws UncheckedIOException when the kernel refuses a socket that it needs, naming address,
   *     cause and remedy; there is no session then
   */
  public synchronized BfdSession session(BfdSessionConfig wanted, BfdListener listener) {
    if (closed) {
      throw new IllegalStateException("the BFD speaker is closed");
    }
    if (wanted.profile().isBelowAdvisedFloor()) {
      log.warn(
          "BFD {}: an interval is below {} ms; both sides must be built for it",
          wanted,
          BfdProfile.ADVISED_FLOOR.toMillis());
    }
    sockets.requireForwarding(wanted);
    Optional<EchoLink> link = sockets.openLink(wanted);
    try {
      return start(wanted, listener, link);
    } catch (RuntimeException refused) {
      link.ifPresent(EchoLink::close);
      throw refused;
    }
  }

  private BfdSession start(BfdSessionConfig wanted, BfdListener listener, Optional<EchoLink> link) {
    Path path = sockets.openPath(wanted, link);
    BfdSession session;
    try {
      if (sessions.containsKey(path.key())) {
        throw new IllegalArgumentException("there is a BFD session with " + wanted + " already");
      }
      if (!wanted.unaffiliated()) {
        sockets.receive(wanted);
      }
      session = new BfdSession(environment, wanted, path, listener);
    } catch (RuntimeException refused) {
      path.close();
      throw refused;
    }
    sessions.put(path.key(), session);
    start(session, link);
    return session;
  }

  private void start(BfdSession session, Optional<EchoLink> link) {
    SessionDriver driver = session.driver();
    BfdProfile profile = session.config().profile();
    if (session.config().unaffiliated()) {
      link.ifPresent(own -> own.whenReturned(driver::returned));
      driver.run(profile, Optional.empty());
    } else {
      driver.run(
          profile,
          link.map(own -> new EchoDriver(own, thread, kernel.memory(EchoDriver.payloadLength()))));
    }
    link.ifPresent(own -> links.put(session, own));
    watch();
    thread.execute(
        () -> {
          thread.sessions().add(session.discriminator(), driver);
          driver.handle(new Event.Enable());
        });
  }

  private void watch() {
    List<Receiver> all = new ArrayList<>(sockets.receivers());
    all.addAll(links.values());
    thread.execute(() -> thread.watch(all));
  }

  /** The sessions at this moment. */
  public synchronized List<BfdSession> sessions() {
    return List.copyOf(sessions.values());
  }

  /** How many received packets belonged to no session, by the reason; since it was opened. */
  public Map<DropReason, Long> discarded() {
    return discarded.drops();
  }

  private synchronized void remove(BfdSession session) {
    SessionDriver driver = session.driver();
    if (!sessions.remove(driver.path().key(), session)) {
      return;
    }
    session.meters().remove();
    if (links.remove(session) != null) {
      watch();
    }
    thread.execute(
        () -> {
          thread.sessions().remove(session.discriminator(), driver);
          driver.end();
          discriminators.release(session.discriminator());
        });
  }

  /**
   * Ends every session as {@link BfdSession#close} does, and waits until no thread or socket is
   * left.
   *
   * @throws IllegalStateException on its own thread, which cannot wait for itself
   */
  @Override
  public void close() {
    if (thread.isCurrent()) {
      throw new IllegalStateException("close() waits and must not be called by a listener");
    }
    synchronized (this) {
      closed = true; // first, so that no session can be added that nobody would end
    }
    sessions().forEach(BfdSession::close);
    thread.close();
    journal.close();
    synchronized (this) {
      sockets.close();
      meters.remove(ownMeters);
      ownMeters.clear();
    }
  }
}
