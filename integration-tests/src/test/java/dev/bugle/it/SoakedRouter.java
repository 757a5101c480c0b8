package dev.bugle.it;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.session.SessionState;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A real router that suffers, the wire to it, and Bugle's session with it. */
final class SoakedRouter implements AutoCloseable {

  private static final long ROUTER_AS = 65000;
  private static final Duration HOLD = Duration.ofSeconds(6);

  /** What is wrong now, until it is {@link #mend}ed. */
  enum Trouble {
    NONE,
    LINK_DOWN,
    PACKETS_VANISH,
    FROZEN,
    KILLED,
    STOPPED,
    REMOVED_BY_US
  }

  private final RouterKind kind;
  private final Machine machine;
  private final Wire wire;
  private final String device;
  private final AtomicInteger established = new AtomicInteger();
  private RealRouter router;
  private BgpSpeaker speaker;
  private int listensAt;
  private Peer peer;
  private Trouble trouble = Trouble.NONE;

  /** Counts how often the session came up. */
  private final PeerListener counter =
      new PeerListener() {
        @Override
        public void stateChanged(Peer of, SessionState from, SessionState to, String cause) {
          if (to == SessionState.ESTABLISHED) {
            established.incrementAndGet();
          }
        }
      };

  SoakedRouter(RouterKind kind, Machine machine) {
    this.kind = kind;
    this.machine = machine;
    this.wire = machine.wire();
    this.device = wire.device();
    this.router = kind.in(machine);
  }

  Wire wire() {
    return wire;
  }

  void losePackets(int percent) {
    machine.losePackets(percent);
  }

  /** Begins the session with a speaker that listens for this router at this port. */
  void begin(BgpSpeaker newSpeaker, int port, boolean routerConnects) {
    speaker = newSpeaker;
    listensAt = port;
    start(routerConnects);
    addPeer();
  }

  private void start(boolean routerConnects) {
    router.start(
        new RouterConfig(ROUTER_AS, Bugle.AS, wire.hostV4(), listensAt, routerConnects, HOLD));
  }

  private void addPeer() {
    peer =
        speaker.peer(
            PeerConfig.builder(wire.routerV4(), ROUTER_AS)
                .localAddress(wire.hostV4())
                // A link that goes down takes the IPv6 addresses with it.
                .nextHop(wire.hostV6())
                .holdTime(HOLD)
                .connectRetry(Duration.ofSeconds(1))
                .build(),
            counter);
  }

  Trouble trouble() {
    return trouble;
  }

  void suffer(Trouble next) {
    switch (next) {
      case NONE -> {}
      case LINK_DOWN -> onHost("ip link set " + device + " down");
      case PACKETS_VANISH -> machine.cutWire();
      case FROZEN -> router.freeze();
      case KILLED -> router.kill();
      case STOPPED -> router.stop();
      case REMOVED_BY_US -> peer.close();
    }
    trouble = next;
  }

  /** Ends the trouble; a router that is started again connects or waits for us. */
  void mend(boolean routerConnects) {
    switch (trouble) {
      case NONE -> {}
      case LINK_DOWN ->
          onHost(
              "ip link set %1$s up && ip -6 addr replace %2$s/%3$d dev %1$s nodad"
                  .formatted(device, wire.hostV6(), wire.lengthV6()));
      case PACKETS_VANISH -> machine.mendWire();
      case FROZEN -> router.thaw();
      case KILLED, STOPPED -> {
        router.close();
        router = kind.in(machine);
        start(routerConnects);
      }
      case REMOVED_BY_US -> addPeer();
    }
    trouble = Trouble.NONE;
  }

  private static void onHost(String script) {
    HostCommand.run("sh", "-c", script).succeeded();
  }

  /** Whether its operator would find a session on both sides. */
  boolean isEstablished() {
    return peer.status().state() == SessionState.ESTABLISHED && router.session().established();
  }

  /** Waits until we notice the trouble, as the hold timer must. */
  void awaitNoticed() {
    Eventually.see(
        kind + "'s session ends because of " + trouble,
        HOLD.plusSeconds(10),
        () -> peer.status(),
        status -> status.state() != SessionState.ESTABLISHED);
  }

  void resetByUs() {
    peer.reset("soaked");
  }

  void resetByRouter() {
    router.resetSession();
  }

  void askAgain() {
    router.askAgain();
  }

  int timesEstablished() {
    return established.get();
  }

  /** In what the table and the session differ from what they must be; empty when in nothing. */
  String difference(Set<RouteSeen> expected) {
    if (!isEstablished()) {
      return kind + ": " + router.session() + "; we: " + peer.status();
    }
    Set<RouteSeen> seen =
        router.received().stream().map(SoakedRouter::comparable).collect(Collectors.toSet());
    Set<RouteSeen> lacking = new HashSet<>(expected);
    lacking.removeAll(seen);
    Set<RouteSeen> surplus = new HashSet<>(seen);
    surplus.removeAll(expected);
    return lacking.isEmpty() && surplus.isEmpty()
        ? ""
        : kind + " lacks " + lacking + " and has without reason " + surplus;
  }

  /** LOCAL_PREF is the router's own, and so is a path identifier that was not sent. */
  private static RouteSeen comparable(RouteSeen route) {
    return new RouteSeen(
        route.prefix(),
        route.asPath(),
        route.nextHop(),
        route.med(),
        OptionalLong.empty(),
        route.communities(),
        route.largeCommunities(),
        route.extendedCommunities(),
        route.stale(),
        route.pathId(),
        route.onlyToCustomer());
  }

  String log() {
    return router.log();
  }

  @Override
  public void close() {
    if (trouble == Trouble.FROZEN) {
      router.thaw();
    }
    router.close();
    machine.close();
  }

  @Override
  public String toString() {
    return kind.toString();
  }
}
