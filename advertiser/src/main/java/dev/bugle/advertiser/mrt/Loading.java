package dev.bugle.advertiser.mrt;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.SessionState;
import java.util.List;
import java.util.function.BiConsumer;

/** A speaker that announces the routes of a dump until it is closed. */
public final class Loading implements AutoCloseable {

  private final BgpSpeaker speaker;

  private Loading(BgpSpeaker speaker) {
    this.speaker = speaker;
  }

  /**
   * Announces the routes, and then begins the sessions, so that each peer gets all of them at once.
   *
   * @param peers addresses
   * @param told told the peer and how many prefixes it has, each time that its socket has all; on
   *     an event loop
   * @throws IllegalArgumentException saying which value is wrong
   */
  public static Loading open(
      MrtPeering peering, List<String> peers, List<Route> routes, BiConsumer<String, Long> told) {
    BgpSpeaker speaker = BgpSpeaker.open(peering.speaker());
    try {
      routes.forEach(speaker::announce);
      PeerListener listener = listener(speaker, told);
      peers.forEach(peer -> speaker.peer(peering.peer(peer), listener));
    } catch (RuntimeException refused) {
      speaker.close();
      throw refused;
    }
    return new Loading(speaker);
  }

  private static PeerListener listener(BgpSpeaker speaker, BiConsumer<String, Long> told) {
    return new PeerListener() {
      @Override
      public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
        if (to == SessionState.ESTABLISHED) {
          speaker.flush().thenRun(() -> told.accept(peer.toString(), peer.status().prefixesSent()));
        }
      }
    };
  }

  /** Withdraws the routes, and ends the sessions. */
  @Override
  public void close() {
    speaker.close();
  }
}
