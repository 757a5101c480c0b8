package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.TcpMd5;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A router of AS 65000 on an address of loopback. It writes down what a speaker of AS 65001 does:
 * {@code up}, {@code +prefix} (with its MED, if any), {@code -prefix}, the text of a shutdown or
 * the name of another error, {@code down}.
 */
public final class WitnessRouter implements AutoCloseable {

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final String address;
  private final BgpSpeaker speaker;
  private final Peer peer;

  /** Both on one address. */
  public WitnessRouter() {
    this("127.0.0.1", "127.0.0.1");
  }

  /** It is on that address, and expects the speaker on the other one. */
  WitnessRouter(String address, String speakerAddress) {
    this(address, PeerConfig.builder(speakerAddress, 65001).passive(true).build());
  }

  /** Both on one address; it keeps the routes of a speaker that restarts. */
  WitnessRouter(GracefulRestart gracefulRestart) {
    this(
        "127.0.0.1",
        PeerConfig.builder("127.0.0.1", 65001)
            .passive(true)
            .gracefulRestart(gracefulRestart)
            .build());
  }

  /** It is on that address, and expects that speaker. */
  WitnessRouter(String address, PeerConfig expected) {
    this.address = address;
    this.speaker =
        BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen(address, 0).build());
    this.peer =
        speaker.peer(
            expected,
            new PeerListener() {
              @Override
              public void stateChanged(
                  Peer peer, SessionState from, SessionState to, String cause) {
                if (to == SessionState.ESTABLISHED || from == SessionState.ESTABLISHED) {
                  seen.add(to == SessionState.ESTABLISHED ? "up" : "down");
                }
              }

              @Override
              public void updateReceived(Peer peer, UpdateMessage update) {
                String med =
                    update.attributes().get(MultiExitDisc.class).map(m -> " MED " + m).orElse("");
                update.withdrawn().values().forEach(all -> all.forEach(p -> seen.add("-" + p)));
                update
                    .announced()
                    .values()
                    .forEach(all -> all.forEach(p -> seen.add("+" + p + med)));
              }

              @Override
              public void notificationReceived(Peer peer, NotificationMessage notification) {
                String text = notification.error().communication();
                seen.add(text.isEmpty() ? notification.error().toString() : text);
              }
            });
  }

  public int port() {
    return speaker.listenAddresses().get(0).getPort();
  }

  /** Takes nothing any more that is not signed with this one. */
  void password(String password) {
    peer.authentication(TcpMd5.of(password));
    speaker.flush().toCompletableFuture().join(); // comes behind it on the session's loop
  }

  /** This router in the configuration of the other side. */
  public PeerConfig asPeer() {
    return asPeerBuilder().build();
  }

  public PeerConfig.Builder asPeerBuilder() {
    return PeerConfig.builder(address, 65000).port(port());
  }

  /** Announces that prefix to the speaker. */
  public void announce(String prefix) {
    speaker.announce(Route.to(prefix).build());
  }

  /** Something else that is seen there. */
  void sees(String what) {
    seen.add(what);
  }

  /** Whether it has seen nothing yet that was not asked for. */
  boolean hasSeenNothing() {
    return seen.isEmpty();
  }

  /** The next things that it sees. */
  public List<String> see(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (all.size() < count) {
      String next = seen.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("after %s", all).isNotNull();
      all.add(next);
    }
    return all;
  }

  @Override
  public void close() {
    speaker.close();
  }
}
