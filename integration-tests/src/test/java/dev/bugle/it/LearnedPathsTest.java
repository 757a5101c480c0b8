package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.KnownPath;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PrefixLimit;
import dev.bugle.bgp.PrefixLimit.Exceeded;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several paths of a router to one prefix (RFC 7911), and more prefixes than it may announce. */
class LearnedPathsTest extends FeatureContract {

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
  private static final int LIMIT = 3;

  @FeatureTest(Feature.ADD_PATH_RECEIVED)
  void bothPathsOfTheRouterAreThereAndEachWithdrawalTakesOne(RouterKind kind) throws Exception {
    use(Bugle.learning(machine().wire()));
    startRouter(kind, new NeighborOption.AddPathSend());
    startPeer(peer -> peer.addPathReceive(IPV4, IPV6).importPolicy(RoutePolicy.ACCEPT_ALL));
    awaitSession();
    assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.ADD_PATH);
    try (LearnedHistory history = new LearnedHistory(bugle().speaker());
        Feeder first = new Feeder(0);
        Feeder second = new Feeder(1)) {
      Announcement one = first.announce("65011:1");
      Announcement two = second.announce("65011:2");
      List<KnownPath> both = awaitPaths(history, "65011:1", "65011:2");
      assertThat(both.stream().map(path -> path.path().pathIdentifier())).doesNotHaveDuplicates();

      one.close();
      awaitPaths(history, "65011:2");
      one = first.announce("65011:3");
      awaitPaths(history, "65011:2", "65011:3");

      two.close();
      awaitPaths(history, "65011:3");
      assertThat(history.lost()).isEmpty();
      one.close();
      history.awaitNone(VIP4);
    }
  }

  /** Waits until the paths have these communities, one each. */
  private static List<KnownPath> awaitPaths(LearnedHistory history, String... communities) {
    return history.await(
        "paths with " + List.of(communities),
        VIP4,
        paths ->
            paths.size() == communities.length
                && paths.stream()
                    .map(known -> LearnedHistory.communities(known.path()))
                    .collect(Collectors.toSet())
                    .equals(
                        List.of(communities).stream().map(Set::of).collect(Collectors.toSet())));
  }

  /** Another speaker, of which the router has a path. */
  private final class Feeder implements AutoCloseable {
    private final String address;
    private final BgpSpeaker speaker;

    Feeder(int number) {
      Wire wire = machine().wire();
      address = wire.feedersV4().get(number);
      onDevice("add").succeeded();
      speaker =
          BgpSpeaker.open(
              SpeakerConfig.builder(NeighborOption.AddPathSend.FEEDERS_AS, address).build());
      speaker.peer(
          PeerConfig.builder(wire.routerV4(), ROUTER_AS)
              .localAddress(address)
              .connectRetry(Duration.ofSeconds(1))
              .build());
    }

    private Output onDevice(String what) {
      Wire wire = machine().wire();
      String withLength = address + "/" + wire.lengthV4();
      return HostCommand.run("ip", "addr", what, withLength, "dev", wire.device());
    }

    Announcement announce(String community) {
      return speaker.announce(Route.to(VIP4).communities(community).build());
    }

    @Override
    public void close() {
      speaker.close();
      onDevice("del").succeeded();
    }
  }

  private static List<OwnRoute> routes(String prefixes) {
    return IntStream.rangeClosed(1, LIMIT + 1)
        .mapToObj(i -> new OwnRoute(prefixes.formatted(i), List.of(), List.of()))
        .toList();
  }

  @FeatureTest(Feature.PREFIX_LIMIT)
  void routerIsToldThatItAnnouncesTooMuchAndComesBackWhenItDoesNot(RouterKind kind) {
    PrefixLimit limit =
        new PrefixLimit(LIMIT, 100, Exceeded.TEARDOWN, Optional.of(Duration.ofSeconds(1)));
    use(Bugle.learning(machine().wire()));
    startRouter(kind);
    startPeer(peer -> peer.prefixLimit(IPV4, limit).importPolicy(RoutePolicy.ACCEPT_ALL));
    awaitSession();
    List<OwnRoute> routes = new ArrayList<>(routes("198.51.100.%d/32"));
    OwnRoute tooMuch = routes.remove(LIMIT);
    try (LearnedHistory history = new LearnedHistory(bugle().speaker())) {
      originate(history, routes);
      assertThat(bugle().notificationsSent()).isEmpty();

      router().originate(tooMuch);
      awaitSent(6, 1);
      awaitSeen(6, 1);
      router().withdraw(tooMuch);
      Eventually.see(
          "the session has come back and stays, with all that is in order",
          Deadlines.SESSION,
          () -> history.lost() + " " + state() + " " + bugle().history(),
          ignored ->
              bugle().timesEstablished() > 1
                  && router().session().established()
                  && routes.stream().noneMatch(r -> history.paths(r.prefix()).isEmpty()));
      assertThat(history.lost()).contains(routes.get(0).prefix());
      assertThat(history.paths(tooMuch.prefix())).isEmpty();
    }
  }

  @FeatureTest(Feature.PREFIX_LIMIT)
  void sessionStandsWhenMoreIsNotTakenOrIsOnlyToldOf(RouterKind kind) {
    use(Bugle.learning(machine().wire()));
    startRouter(kind);
    startPeer(
        peer ->
            peer.prefixLimit(IPV4, PrefixLimit.of(LIMIT, Exceeded.DISCARD))
                .prefixLimit(IPV6, PrefixLimit.of(LIMIT, Exceeded.WARN))
                .importPolicy(RoutePolicy.ACCEPT_ALL));
    awaitSession();
    List<OwnRoute> discarded = routes("198.51.100.%d/32");
    List<OwnRoute> warnedOf = routes("2001:db8:51::%d/128");
    try (LearnedHistory history = new LearnedHistory(bugle().speaker())) {
      originate(history, discarded.subList(0, LIMIT));
      router().originate(discarded.get(LIMIT));
      originate(history, warnedOf);
      // It has arrived, and is not in the table.
      String beyond = discarded.get(LIMIT).prefix();
      Eventually.see(
          beyond + " is received",
          Deadlines.ROUTE,
          () -> bugle().learned().keySet(),
          prefixes -> prefixes.contains(beyond));
      assertThat(history.paths(beyond)).isEmpty();
      assertThat(history.lost()).isEmpty();
      assertThat(bugle().timesEstablished()).isEqualTo(1);
      assertThat(router().session().established()).isTrue();
      assertThat(router().notificationsReceived()).isEmpty();
    }
  }

  /** Has the router announce them one by one, each as soon as Bugle has the one before. */
  private void originate(LearnedHistory history, List<OwnRoute> routes) {
    for (OwnRoute route : routes) {
      router().originate(route);
      history.await(route.prefix() + " is learned", route.prefix(), paths -> !paths.isEmpty());
    }
  }
}
