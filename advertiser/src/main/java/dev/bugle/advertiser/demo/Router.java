package dev.bugle.advertiser.demo;

import dev.bugle.advertiser.demo.Sighting.Kind;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;

/** The router of the demo: accepts both advertisers, and writes down what they send. */
final class Router implements AutoCloseable {

  static final long AS = 65000;

  private final BgpSpeaker speaker;
  private final RouterView view = new RouterView();

  private Router(BgpSpeaker speaker) {
    this.speaker = speaker;
  }

  /** Listens on a free port of each address, for advertisers at those addresses. */
  static Router open(List<Node> nodes) {
    SpeakerConfig.Builder config = SpeakerConfig.builder(AS, "192.0.2.254");
    nodes.stream().map(Node::routerAddress).distinct().forEach(a -> config.listen(a, 0));
    Router router = new Router(BgpSpeaker.open(config.build()));
    for (Node node : nodes) {
      PeerConfig peer =
          PeerConfig.builder(node.address(), Node.AS)
              .passive(true)
              .description("advertiser " + node.name())
              .build();
      router.speaker.peer(peer, router.new Listener(node.name()));
    }
    return router;
  }

  RouterView view() {
    return view;
  }

  /** The port that an advertiser of that address family connects to. */
  int port(String address) {
    return speaker.listenAddresses().stream()
        .filter(bound -> bound.getAddress().getHostAddress().contains(":") == address.contains(":"))
        .findFirst()
        .orElseThrow()
        .getPort();
  }

  @Override
  public void close() {
    speaker.close();
  }

  /** Runs on the speaker's event loop. */
  private final class Listener implements PeerListener {
    private final String node;

    Listener(String node) {
      this.node = node;
    }

    @Override
    public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
      if (to == SessionState.ESTABLISHED) {
        view.add(Sighting.session(node, Kind.SESSION_UP, cause));
      } else if (from == SessionState.ESTABLISHED) {
        view.add(Sighting.session(node, Kind.SESSION_DOWN, cause));
      }
    }

    @Override
    public void updateReceived(Peer peer, UpdateMessage update) {
      update
          .withdrawn()
          .forEach(
              (family, all) ->
                  all.forEach(nlri -> view.add(Sighting.withdrawn(node, (Prefix) nlri))));
      update
          .announced()
          .forEach(
              (family, all) ->
                  all.forEach(
                      nlri ->
                          view.add(Sighting.learned(node, (Prefix) nlri, update.attributes()))));
    }

    @Override
    public void notificationReceived(Peer peer, NotificationMessage notification) {
      view.add(Sighting.session(node, Kind.NOTIFIED, notification.error().toString()));
    }
  }
}
