package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The routes that a peer announces on its session now, by their MED, for tests to wait on. */
final class LearnedRoutes implements PeerListener {

  /** No MED. */
  private static final long NONE = -1;

  /** Guarded by this. */
  private final Map<String, Long> meds = new HashMap<>();

  private boolean established;

  @Override
  public synchronized void stateChanged(
      Peer peer, SessionState from, SessionState to, String cause) {
    established = to == SessionState.ESTABLISHED;
    meds.clear();
    notifyAll();
  }

  @Override
  public synchronized void updateReceived(Peer peer, UpdateMessage update) {
    for (List<Nlri> withdrawn : update.withdrawn().values()) {
      withdrawn.forEach(nlri -> meds.remove(nlri.toString()));
    }
    long med = update.attributes().get(MultiExitDisc.class).map(MultiExitDisc::value).orElse(NONE);
    for (List<Nlri> announced : update.announced().values()) {
      announced.forEach(nlri -> meds.put(nlri.toString(), med));
    }
    notifyAll();
  }

  synchronized void awaitEstablished() throws InterruptedException {
    await("ESTABLISHED", () -> established);
  }

  synchronized void awaitMed(String prefix, long med) throws InterruptedException {
    await(prefix + " with MED " + med, () -> meds.getOrDefault(prefix, NONE) == med);
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + what + " within " + Deadline.LIMIT + ", but " + meds);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
