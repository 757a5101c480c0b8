package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps addresses on interfaces, and removes exactly those that it has put there, also those that a
 * process before it has left.
 *
 * <p>The caller says the whole set that is wanted; a thread of the binder's own makes it so, and
 * keeps it so when interfaces come, go or are brought up, or when somebody else takes an address
 * away. All methods may be called from any thread; only the two that end it wait, for that thread.
 */
public final class AddressBinder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AddressBinder.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /** Between passes that nobody has asked for, so that a busy system does not keep it busy. */
  private static final long GAP = Duration.ofMillis(100).toNanos();

  /** In case that a change was not told. */
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();

  /** What is still to be done. */
  private enum Phase {
    WAITING,
    KEEPING,
    REMOVING,
    LEAVING,
    ENDED
  }

  private final Ledger ledger;
  private final SystemAccess system;
  private final BindingPass pass;
  private final Bindings bindings;
  private final Ticker ticker;
  private final Runnable changed;
  private final Thread thread = new Thread(this::run, "bugle-addresses");

  private Phase phase = Phase.WAITING; // guarded by this
  private boolean asked; // guarded by this

  private AddressBinder(Ledger ledger, SystemAccess system, Ticker ticker, Runnable changed) {
    this.ledger = ledger;
    this.system = system;
    this.pass = new BindingPass(system.table(), ledger, ticker);
    this.bindings = new Bindings(ticker);
    this.ticker = ticker;
    this.changed = changed;
    thread.setDaemon(true);
  }

  /**
   * Takes over from the process before, and waits to be told what is wanted: until {@link #set} is
   * called for the first time, what that process has left stays as it is.
   *
   * @param ledger the file that tells, also after a crash, which addresses are ours; its directory
   *     is made if need be, and should be empty after a boot, as /run is
   * @param ticker for the times in {@link Binding}
   * @param changed called after bindings have changed, from the binder's thread; it returns at once
   * @throws IllegalStateException when another process has the file, or it cannot be had, saying
   *     what to do
   * @throws UnsupportedOperationException when this is not Linux, or native code cannot be used,
   *     saying which
   */
  public static AddressBinder open(Path ledger, Ticker ticker, Runnable changed) {
    SystemAccess system = SystemAccess.open();
    try {
      Ledger opened = Ledger.open(ledger, Origin.ofThisProcess());
      AddressBinder binder = new AddressBinder(opened, system, ticker, changed);
      binder.thread.start();
      return binder;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /**
   * Says which addresses are to be there from now on; others that are ours are removed. Returns at
   * once; saying the same again does nothing, and nor does saying anything after the end.
   */
  public synchronized void set(Set<BoundAddress> addresses) {
    Set<BoundAddress> next = Set.copyOf(addresses);
    boolean isNews = phase == Phase.WAITING || !next.equals(bindings.wanted());
    if (phase.compareTo(Phase.KEEPING) <= 0 && isNews) {
      bindings.want(next);
      proceed(Phase.KEEPING);
    }
  }

  /**
   * How it stands with each address that is wanted, and with those that are ours, not wanted and
   * still there. After the end, how it stood last.
   */
  public Map<BoundAddress, Binding> snapshot() {
    return bindings.current();
  }

  /**
   * Removes the addresses that are ours, also those that a process before it has left, and ends.
   * What cannot be removed at once is left, with a warning, to the next process. Takes two seconds
   * at most. May be called again.
   */
  @Override
  public void close() {
    end(Phase.REMOVING);
  }

  /**
   * Ends and leaves the addresses as they are; the next process with the same file takes them over.
   * Takes two seconds at most. May be called again.
   */
  public void leaveForRestart() {
    end(Phase.LEAVING);
  }

  private void end(Phase last) {
    synchronized (this) {
      if (phase.compareTo(Phase.KEEPING) <= 0) {
        bindings.want(last == Phase.REMOVING ? Set.of() : bindings.wanted());
        proceed(last);
      }
    }
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("binding addresses does not come to its end in time; some may be left");
    }
  }

  /** Under the monitor, and before the end, after which there is nothing to wake. */
  private void proceed(Phase next) {
    phase = next;
    asked = true;
    system.wakeup().wake();
  }

  private synchronized Phase phase() {
    return phase;
  }

  private synchronized boolean takeAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  private void run() {
    try {
      keep();
      if (phase() == Phase.REMOVING) {
        removeAll();
      }
    } finally {
      synchronized (this) {
        phase = Phase.ENDED;
      }
      system.close();
      ledger.close();
    }
  }

  private void keep() {
    long last = ticker.nanos();
    boolean isDue = false;
    for (Phase now = phase(); now.compareTo(Phase.KEEPING) <= 0; now = phase()) {
      isDue |= system.hasChanged();
      long left = now == Phase.WAITING ? LONGEST : last + interval(isDue, last) - ticker.nanos();
      if (takeAsked() || left <= 0) {
        last = ticker.nanos();
        isDue = !make(bindings.wanted());
      } else {
        system.await(Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(left) + 1));
      }
    }
  }

  /** From the last pass to the next. */
  private long interval(boolean isDue, long last) {
    return isDue ? GAP : Math.max(GAP, Math.min(LONGEST, pass.next() - last));
  }

  /** Returns whether the system could be looked at. */
  private boolean make(Set<BoundAddress> wanted) {
    boolean isNews;
    try {
      isNews = bindings.found(pass.run(wanted));
    } catch (RuntimeException e) {
      Map<BoundAddress, Outcome> outcomes = new HashMap<>();
      wanted.forEach(what -> outcomes.put(what, Outcome.failed("cannot be looked at: " + e)));
      bindings.found(outcomes);
      tell();
      return false;
    }
    if (isNews) {
      tell();
    }
    return true;
  }

  private void tell() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      log.error("whoever is told of a change of addresses has failed", e);
    }
  }

  /** What has failed before is tried now nevertheless. */
  private void removeAll() {
    try {
      bindings.found(new BindingPass(system.table(), ledger, ticker).run(Set.of()));
    } catch (RuntimeException e) {
      log.warn("addresses cannot be taken away", e);
    }
    if (!ledger.entries().isEmpty()) {
      log.warn("these addresses are left to the next process: {}", ledger.entries());
    }
  }
}
