package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.PeerStatus;
import dev.bugle.bgp.SpeakerStatus;
import dev.bugle.bgp.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is missing before the advertiser does what it is there for. */
final class Readiness {

  private Readiness() {}

  /**
   * A sentence for each peer of the configuration that does not know everything yet, and one while
   * nothing has been decided. That a VIP is not announced is no lack: another node may have it.
   */
  static List<String> missing(List<Neighbor> peers, SpeakerStatus bgp, boolean decided) {
    List<String> missing = new ArrayList<>();
    if (!decided) {
      missing.add("it was not decided yet which VIPs are announced");
    }
    for (Neighbor peer : peers) {
      PeerAddress address = peer.bgp().peerAddress();
      Optional<PeerStatus> known =
          bgp.peers().stream().filter(one -> one.peer().peerAddress().equals(address)).findFirst();
      if (known.isEmpty()) {
        missing.add("the session with peer " + peer + " has not begun");
      } else if (known.get().state() != SessionState.ESTABLISHED) {
        missing.add(
            "the session with peer "
                + peer
                + " is "
                + known.get().state()
                + ": "
                + known.get().cause());
      } else if (!known.get().traffic().synchronised()) {
        missing.add("peer " + peer + " has not been told everything yet");
      }
    }
    return missing;
  }
}
