package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.session.SessionState;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows whether any session is up. It hears of changes on the event loop of each session, and may
 * be read from any thread.
 */
final class PeerWatch implements PeerListener {

  private final Ticker ticker;
  private final Runnable changed;
  private final Set<Peer> established = new HashSet<>(); // Guarded by this.
  private volatile Reach reach;

  /** Hears of no peer yet. */
  PeerWatch(Ticker ticker, Runnable changed) {
    this.ticker = ticker;
    this.changed = changed;
    this.reach = new Reach(Reach.State.NEVER, ticker.nanos());
  }

  /** What is known now. */
  Reach reach() {
    return reach;
  }

  @Override
  public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
    if (heard(peer, to == SessionState.ESTABLISHED)) {
      changed.run();
    }
  }

  private synchronized boolean heard(Peer peer, boolean isUp) {
    if (isUp) {
      established.add(peer);
    } else {
      established.remove(peer);
    }
    boolean wasUp = reach.state() == Reach.State.UP;
    if (wasUp == !established.isEmpty()) {
      return false;
    }
    reach = new Reach(wasUp ? Reach.State.DOWN : Reach.State.UP, ticker.nanos());
    return true;
  }
}
