package dev.bugle.it;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.RoutingTableConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Bugle's end of the wire: a speaker with one peer, which records all that its listener is told.
 */
final class Bugle implements AutoCloseable {

  static final long AS = 65001;

  private final Wire wire;
  private final BgpSpeaker speaker;
  private final String address;
  private final Recorder recorder = new Recorder();

  private Bugle(long as, Wire wire, String address, UnaryOperator<SpeakerConfig.Builder> further) {
    this.wire = wire;
    this.address = address;
    this.speaker =
        BgpSpeaker.open(
            further.apply(SpeakerConfig.builder(as, wire.hostV4()).listen(address, 0)).build());
  }

  static Bugle onIpv4(Wire wire) {
    return inAs(AS, wire);
  }

  static Bugle onIpv6(Wire wire) {
    return new Bugle(AS, wire, wire.hostV6(), more -> more);
  }

  /** Over IPv4, in an AS of its own. */
  static Bugle inAs(long as, Wire wire) {
    return new Bugle(as, wire, wire.hostV4(), more -> more);
  }

  /** Over IPv4, come back from a restart (RFC 4724 §4.1). */
  static Bugle restarting(Wire wire) {
    return new Bugle(AS, wire, wire.hostV4(), more -> more.restarting(true));
  }

  /** Over IPv4, with a routing table, which {@link BgpSpeaker#learned} reads. */
  static Bugle learning(Wire wire) {
    return new Bugle(
        AS, wire, wire.hostV4(), more -> more.routingTable(RoutingTableConfig.STANDARD));
  }

  BgpSpeaker speaker() {
    return speaker;
  }

  String address() {
    return address;
  }

  int port() {
    return speaker.listenAddresses().get(0).getPort();
  }

  /** Adds the router as a peer: Bugle connects, or waits to be connected to. */
  Peer peer(long routerAs, boolean connects, Duration holdTime) {
    return peer(routerAs, connects, holdTime, more -> more);
  }

  /** The same, configured further. */
  Peer peer(
      long routerAs,
      boolean connects,
      Duration holdTime,
      UnaryOperator<PeerConfig.Builder> further) {
    boolean ipv6 = address.equals(wire.hostV6());
    PeerConfig.Builder config =
        PeerConfig.builder(ipv6 ? wire.routerV6() : wire.routerV4(), routerAs)
            .passive(!connects)
            .localAddress(address)
            .holdTime(holdTime)
            .connectRetry(Duration.ofSeconds(1));
    return speaker.peer(further.apply(config).build(), recorder);
  }

  /**
   * The routes that the peer has announced and not withdrawn: prefix, and its attributes as text.
   */
  Map<String, String> learned() {
    return Map.copyOf(recorder.learned);
  }

  List<BgpError> notificationsSent() {
    return List.copyOf(recorder.sent);
  }

  List<BgpError> notificationsReceived() {
    return List.copyOf(recorder.received);
  }

  /** Each change of state, as text, oldest first. */
  List<String> history() {
    return List.copyOf(recorder.changes);
  }

  long timesEstablished() {
    return recorder.changes.stream().filter(change -> change.contains("-> ESTABLISHED")).count();
  }

  @Override
  public void close() {
    speaker.close();
  }

  private static final class Recorder implements PeerListener {
    private final Map<String, String> learned = new ConcurrentHashMap<>();
    private final List<BgpError> sent = new CopyOnWriteArrayList<>();
    private final List<BgpError> received = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
      changes.add("%s -> %s (%s)".formatted(from, to, cause));
      if (from == SessionState.ESTABLISHED) {
        learned.clear();
      }
    }

    @Override
    public void updateReceived(Peer peer, UpdateMessage update) {
      update
          .withdrawn()
          .values()
          .forEach(all -> all.forEach(nlri -> learned.remove(nlri.toString())));
      update
          .announced()
          .values()
          .forEach(
              all ->
                  all.forEach(
                      nlri -> learned.put(nlri.toString(), update.attributes().toString())));
    }

    @Override
    public void notificationSent(Peer peer, NotificationMessage notification) {
      sent.add(notification.error());
    }

    @Override
    public void notificationReceived(Peer peer, NotificationMessage notification) {
      received.add(notification.error());
    }
  }
}
