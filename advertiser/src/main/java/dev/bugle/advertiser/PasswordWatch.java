package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.TcpAuthentication;
import dev.bugle.bgp.TcpKey;
import dev.bugle.bgp.TcpMd5;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the passwords of peers once a second, on a thread of its own, and gives those that have
 * changed to their sessions. Looking at what is in the file, and not at its time, also sees one
 * that is replaced through links, as Kubernetes does with secrets. The thread is there once there
 * is a peer with a password.
 */
final class PasswordWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PasswordWatch.class);

  private static final class Watched {
    private final Neighbor peer;
    private final TcpMd5 password;
    private final Consumer<TcpAuthentication> session;
    private Optional<TcpKey> key = Optional.empty();
    private String complaint = "";
    private boolean ended;

    Watched(Neighbor peer, TcpMd5 password, Consumer<TcpAuthentication> session) {
      this.peer = peer;
      this.password = password;
      this.session = session;
    }

    /** Changes the key; while there is none, the old one stays in force, as it does at the peer. */
    synchronized void look() {
      if (ended) {
        return;
      }
      try {
        Optional<TcpKey> found = Optional.of(password.source().key());
        if (!found.equals(key)) {
          session.accept(password);
          if (key.isPresent()) {
            log.info("peer {}: its password has changed", peer);
          }
          key = found;
        }
        complaint = "";
      } catch (RuntimeException refused) {
        complain(String.valueOf(refused.getMessage()));
      }
    }

    /** Waits for a look that is under way: what was found is not told later. */
    synchronized void end() {
      ended = true;
    }

    private void complain(String now) {
      if (!now.equals(complaint)) {
        complaint = now;
        log.warn("peer {}: the password stays as it was: {}", peer, now);
      }
    }
  }

  private final List<Watched> all = new CopyOnWriteArrayList<>();
  private Optional<ScheduledExecutorService> thread = Optional.empty();

  /** From now on looks after the password of that router, if it has one. */
  void add(Neighbor peer, Consumer<TcpAuthentication> session) {
    peer.bgp()
        .transport()
        .authentication()
        .filter(TcpMd5.class::isInstance)
        .map(TcpMd5.class::cast)
        .ifPresent(password -> add(new Watched(peer, password, session)));
  }

  private void add(Watched peer) {
    all.add(peer);
    if (thread.isEmpty()) {
      thread = Optional.of(start());
    }
  }

  /** From now on does not, until it is added again. */
  void remove(PeerAddress address) {
    List<Watched> gone =
        all.stream().filter(one -> one.peer.bgp().peerAddress().equals(address)).toList();
    all.removeAll(gone);
    gone.forEach(Watched::end);
  }

  private ScheduledExecutorService start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread looker = new Thread(task, "bugle-password-watch");
              looker.setDaemon(true);
              return looker;
            });
    Future<?> unused =
        started.scheduleWithFixedDelay(() -> all.forEach(Watched::look), 1, 1, TimeUnit.SECONDS);
    return started;
  }

  /** Waits for the thread, but not long: the file system may be slow. */
  @Override
  public void close() {
    try {
      if (thread.isPresent()) {
        thread.get().shutdownNow();
        boolean unused = thread.get().awaitTermination(500, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
