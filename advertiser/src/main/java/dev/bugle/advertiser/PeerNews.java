package dev.bugle.advertiser;

import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Hears all peers: keeps what they announce, so that it can be looked at, and tells how their
 * sessions stand. On the event loop of each peer's session.
 */
final class PeerNews implements PeerListener {

  private final Subscribers subscribers;
  private final PeerListener first;
  private final Map<PeerAddress, AdjRibIn> tables = new ConcurrentHashMap<>();
  private volatile BiConsumer<PeerAddress, Boolean> established = (peer, is) -> {};

  /** Tells them, and, first of all, that one. */
  PeerNews(Subscribers subscribers, PeerListener first) {
    this.subscribers = subscribers;
    this.first = first;
  }

  /** Who also wants to know of each session that it is established, or is so no more. */
  void onEstablished(BiConsumer<PeerAddress, Boolean> sink) {
    established = sink;
  }

  /** What a peer has announced; from any thread. */
  ReceivedRoutes received(PeerAddress peer) {
    return Optional.ofNullable(tables.get(peer))
        .map(AdjRibIn::snapshot)
        .orElse(ReceivedRoutes.NONE);
  }

  @Override
  public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
    first.stateChanged(peer, from, to, cause);
    PeerAddress address = peer.config().peerAddress();
    if (to == SessionState.ESTABLISHED) {
      tables.put(address, new AdjRibIn());
      established.accept(address, true);
    } else if (from == SessionState.ESTABLISHED) {
      tables.remove(address);
      established.accept(address, false);
    }
    subscribers.tell(listener -> listener.peerChanged(peer.status()));
  }

  @Override
  public void causeChanged(Peer peer, SessionState state, String cause) {
    subscribers.tell(listener -> listener.peerChanged(peer.status()));
  }

  @Override
  public void updateReceived(Peer peer, UpdateMessage update) {
    Optional.ofNullable(tables.get(peer.config().peerAddress()))
        .ifPresent(table -> table.update(update));
  }
}
