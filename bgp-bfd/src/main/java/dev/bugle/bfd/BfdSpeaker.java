package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.SystemCallException;
import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.wire.DropReason;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Receiver> receivers = new ArrayList<>();
  private boolean closed;

  private BfdSpeaker(Kernel kernel, BfdConfig config) {
    this.kernel = kernel;
    this.config = config;
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
    PeerPath path = openPath(wanted);
    try {
      if (sessions.containsKey(path.key())) {
        throw new IllegalArgumentException("there is a BFD session with " + wanted + " already");
      }
      receive(wanted);
    } catch (RuntimeException refused) {
      path.close();
      throw refused;
    }
    BfdSession session = new BfdSession(environment, wanted, path, listener);
    sessions.put(path.key(), session);
    thread.execute(
        () -> {
          thread.sessions().add(session.discriminator(), session.driver());
          session.driver().handle(new Event.Enable());
        });
    return session;
  }

  private PeerPath openPath(BfdSessionConfig wanted) {
    try {
      return PeerPath.open(kernel, wanted, Port.of(wanted.hops()).number());
    } catch (SystemCallException refused) {
      throw new UncheckedIOException(
          "BFD " + wanted + ": " + remedy(refused, wanted), new IOException(refused));
    }
  }

  private static String remedy(SystemCallException refused, BfdSessionConfig wanted) {
    String hint =
        switch (refused.errno()) {
          case SystemCallException.EADDRNOTAVAIL ->
              "; is "
                  + wanted.local().map(InetAddress::getHostAddress).orElse("the address")
                  + " an address of this host?";
          case SystemCallException.EPERM, SystemCallException.EACCES ->
              "; it takes root or the capability CAP_NET_RAW";
          case SystemCallException.ENODEV -> "; see `ip link` for the interfaces that are there";
          default -> "";
        };
    return refused.getMessage() + hint;
  }

  /** Listens for the packets of a session, unless it does so already. */
  private void receive(BfdSessionConfig wanted) {
    boolean ipv4 = wanted.peer() instanceof Inet4Address;
    List<InetAddress> addresses =
        config.localAddresses().stream()
            .filter(address -> address instanceof Inet4Address == ipv4)
            .toList();
    if (config.localAddresses().isEmpty()) {
      addresses = List.of(ipv4 ? PathKey.ANY_IPV4 : PathKey.ANY_IPV6);
    }
    boolean onAll = addresses.stream().anyMatch(InetAddress::isAnyLocalAddress);
    boolean reachable = onAll || wanted.local().map(addresses::contains).orElse(true);
    if (addresses.isEmpty() || !reachable) {
      throw new IllegalArgumentException(
          "BFD "
              + wanted
              + ": packets would not be received; add its local address to those of the speaker");
    }
    Port port = Port.of(wanted.hops());
    for (InetAddress address : addresses) {
      if (receivers.stream().noneMatch(receiver -> receiver.isFor(port, address))) {
        receivers.add(open(port, address));
        List<Receiver> all = List.copyOf(receivers);
        thread.execute(() -> thread.watch(all));
      }
    }
  }

  private Receiver open(Port port, InetAddress address) {
    try {
      Receiver receiver = Receiver.open(kernel, port, address, port.number());
      log.info("BFD receives on {} port {}", address.getHostAddress(), port.number());
      return receiver;
    } catch (SystemCallException refused) {
      String hint =
          refused.errno() == SystemCallException.EADDRINUSE
              ? "; another BFD program runs here: stop it, or name the local addresses of each"
              : "";
      throw new UncheckedIOException(
          "BFD cannot receive on "
              + address.getHostAddress()
              + " port "
              + port.number()
              + ": "
              + refused.getMessage()
              + hint,
          new IOException(refused));
    }
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
    sessions().forEach(BfdSession::close);
    synchronized (this) {
      closed = true;
    }
    thread.close();
    journal.close();
    synchronized (this) {
      receivers.forEach(Receiver::close);
      receivers.clear();
      meters.remove(ownMeters);
      ownMeters.clear();
    }
  }
}
