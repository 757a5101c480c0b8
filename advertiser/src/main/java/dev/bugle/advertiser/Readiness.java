package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.ReadyWhen;
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
   * A sentence for each peer of the configuration that does not know everything yet, as far as the
   * configuration asks for that, and one while nothing has been decided. That a VIP is not
   * announced is no lack: another node may have it.
   */
  static List<String> missing(AdvertiserConfig config, SpeakerStatus bgp, boolean decided) {
    List<String> missing = new ArrayList<>();
    if (!decided) {
      missing.add("it was not decided yet which VIPs are announced");
    }
    switch (config.host().admin().map(AdminConfig::readyWhen).orElse(ReadyWhen.ALL_PEERS)) {
      case ALL_PEERS -> missing.addAll(ofPeers(config.peers(), bgp));
      case ANY_PEER -> {
        if (bgp.peers().stream().noneMatch(Readiness::knowsAll)) {
          missing.addAll(ofPeers(config.peers(), bgp));
          if (!config.dynamicPeers().isEmpty()) {
            missing.add("no router of dynamic-peers has been told everything yet");
          }
        }
      }
      case DECIDED -> {}
    }
    return missing;
  }

  private static List<String> ofPeers(List<Neighbor> peers, SpeakerStatus bgp) {
    return peers.stream().flatMap(peer -> lack(peer, bgp).stream()).toList();
  }

  private static Optional<String> lack(Neighbor peer, SpeakerStatus bgp) {
    PeerAddress address = peer.bgp().peerAddress();
    Optional<PeerStatus> known =
        bgp.peers().stream().filter(one -> one.peer().peerAddress().equals(address)).findFirst();
    if (known.isEmpty()) {
      return Optional.of("the session with peer " + peer + " has not begun");
    }
    if (known.get().state() != SessionState.ESTABLISHED) {
      return Optional.of(
          "the session with peer "
              + peer
              + " is "
              + known.get().state()
              + ": "
              + known.get().cause());
    }
    return knowsAll(known.get())
        ? Optional.empty()
        : Optional.of("peer " + peer + " has not been told everything yet");
  }

  private static boolean knowsAll(PeerStatus peer) {
    return peer.state() == SessionState.ESTABLISHED && peer.traffic().synchronised();
  }
}
