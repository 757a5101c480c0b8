package dev.bugle.bgp.ls;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;
import java.util.Optional;

/** What docs/bgp-ls.md shows. */
final class PageExample {

  private PageExample() {}

  static void printNodes() throws Exception {
    // begin
    PeerListener listener =
        new PeerListener() {
          @Override
          public void updateReceived(Peer peer, UpdateMessage update) {
            List<Nlri> announced = update.announced().getOrDefault(LinkState.FAMILY, List.of());
            Optional<String> name =
                update.attributes().get(LinkStateAttribute.class).flatMap(a -> a.get(NodeTlv.NAME));
            for (Nlri nlri : announced) {
              if (nlri instanceof NodeNlri node) {
                System.out.println(node.node().flatMap(NodeDescriptors::igpRouterId) + " " + name);
              }
            }
          }
        };
    try (BgpSpeaker speaker =
        BgpSpeaker.open(LinkState.addTo(SpeakerConfig.builder(65001, "192.0.2.1")).build())) {
      speaker.peer(
          PeerConfig.builder("192.0.2.254", 65000).families(LinkState.FAMILY).build(), listener);
      System.in.read(); // until Enter
    }
    // end
  }
}
