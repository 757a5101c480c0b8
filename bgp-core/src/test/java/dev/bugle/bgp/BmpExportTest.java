package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.bmp.BmpMessage;
import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.Initiation;
import dev.bugle.bgp.bmp.PeerDown;
import dev.bugle.bgp.bmp.PeerUp;
import dev.bugle.bgp.bmp.RouteMonitoring;
import dev.bugle.bgp.bmp.StatisticsReport;
import dev.bugle.bgp.bmp.Termination;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A speaker with one peer, and a station that is told of it. */
@Timeout(120)
class BmpExportTest {

  /** The speaker tries again after a second, two, four. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final LinkedBlockingQueue<SessionState> states = new LinkedBlockingQueue<>();
  private WitnessStation station;
  private BgpSpeaker router;
  private BgpSpeaker announcer;

  @BeforeEach
  void station() throws IOException {
    station = new WitnessStation(0);
  }

  @AfterEach
  void close() throws IOException {
    if (announcer != null) {
      announcer.close();
    }
    if (router != null) {
      router.close();
    }
    station.close();
  }

  private void open(BmpConfig bmp) {
    router =
        BgpSpeaker.open(
            SpeakerConfig.builder(65000, "192.0.2.254")
                .listen("127.0.0.1", 0)
                .routingTable(RoutingTableConfig.STANDARD)
                .bmp(bmp)
                .build());
    router.peer(
        PeerConfig.builder("127.0.0.1", 65001)
            .passive(true)
            .importPolicy(RoutePolicy.ACCEPT_ALL)
            .build());
    announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  }

  private BmpConfig config() {
    return BmpConfig.to(WitnessStation.ADDRESS, station.port()).withSysName("router-1");
  }

  private void connect() throws InterruptedException {
    announcer.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(router.listenAddresses().get(0).getPort())
            .build(),
        new PeerListener() {
          @Override
          public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
            states.add(to);
          }
        });
    Deadline.await(states, "session", SessionState.ESTABLISHED::equals, PATIENCE);
  }

  private <M extends BmpMessage> M await(Class<M> type, Predicate<? super M> fits)
      throws InterruptedException {
    return type.cast(
        Deadline.await(
            station.messages(),
            type.getSimpleName(),
            message -> type.isInstance(message) && fits.test(type.cast(message)),
            PATIENCE));
  }

  private RouteMonitoring awaitRoute(int flags, String text) throws InterruptedException {
    return await(
        RouteMonitoring.class,
        route ->
            route.peer().type() == BmpPeer.GLOBAL
                && route.peer().flags() == flags
                && route.toString().contains(text));
  }

  @Test
  void theStationIsToldOfASessionFromItsBeginningToItsEnd() throws Exception {
    open(
        config()
            .withTables(
                EnumSet.of(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_OUT_POST_POLICY)));
    station.read();
    Initiation hello = await(Initiation.class, message -> true);
    assertThat(hello.information().get(1).value().toUtf8()).isEqualTo("router-1");
    router.announce(Route.to("198.51.100.0/24").build());
    Announcement vip =
        announcer.announce(Route.to("203.0.113.10/32").communities("65001:1").build());
    connect();

    PeerUp up = await(PeerUp.class, message -> true);
    assertThat(up.peer().address()).hasToString("127.0.0.1");
    assertThat(up.peer().asn()).isEqualTo(65001);
    assertThat(up.peer().identifier()).hasToString("192.0.2.1");
    assertThat(up.ends().port()).isEqualTo(router.listenAddresses().get(0).getPort());
    assertThat(open(up.sent()).asn()).isEqualTo(65000);
    assertThat(open(up.received()).asn()).isEqualTo(65001);
    awaitRoute(0, "203.0.113.10/32] with ORIGIN igp, AS_PATH 65001, NEXT_HOP 127.0.0.1");

    vip.close();
    awaitRoute(0, "UPDATE withdrawn [203.0.113.10/32]");
    Announcement ours = router.announce(Route.to("203.0.113.99/32").build());
    awaitRoute(BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY, "nlri [203.0.113.99/32]");
    ours.close();
    awaitRoute(BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY, "withdrawn [203.0.113.99/32]");

    announcer.shutdown("maintenance");
    PeerDown down = await(PeerDown.class, message -> true);
    assertThat(down.reason()).isEqualTo(PeerDown.PEER_NOTIFIED);
    assertThat(down.toString()).contains("Administrative Shutdown");
    router.close();
    await(Termination.class, message -> true);
  }

  @Test
  void aStationThatComesLaterIsToldTheWholeState() throws Exception {
    open(config());
    router.announce(Route.to("198.51.100.0/24").build());
    announcer.announce(Route.to("203.0.113.10/32").build());
    announcer.announce(Route.to("2001:db8::10/128").nextHop("2001:db8::1").build());
    station.close();
    connect();
    station = new WitnessStation(station.port());
    station.read();

    await(Initiation.class, message -> true);
    PeerUp up = await(PeerUp.class, message -> message.peer().type() == BmpPeer.GLOBAL);
    assertThat(open(up.received()).asn()).isEqualTo(65001);
    awaitRoute(0, "nlri [203.0.113.10/32]");
    awaitRoute(0, "ipv6-unicast [2001:db8::10/128]");
    awaitRoute(BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY, "nlri [198.51.100.0/24]");
  }

  @Test
  void theStationFollowsTheLocRib() throws Exception {
    open(config().withTables(EnumSet.of(BmpTable.LOC_RIB)));
    Announcement vip = announcer.announce(Route.to("203.0.113.10/32").nextHop("192.0.2.1").build());
    connect();
    station.read();
    PeerUp up = await(PeerUp.class, message -> message.peer().type() == BmpPeer.LOC_RIB);
    assertThat(up.information().get(0).value().toUtf8()).isEqualTo("global");
    assertThat(up.sent()).isEqualTo(up.received());
    Predicate<RouteMonitoring> ofLocRib = route -> route.peer().type() == BmpPeer.LOC_RIB;
    await(
        RouteMonitoring.class,
        ofLocRib.and(route -> route.toString().contains("203.0.113.10/32] with ORIGIN igp")));
    vip.close();
    await(
        RouteMonitoring.class,
        ofLocRib.and(route -> route.toString().contains("withdrawn [203.0.113.10/32]")));
  }

  @Test
  void theLocRibOfAnEmptyTableIsComplete() throws Exception {
    open(config().withTables(EnumSet.of(BmpTable.LOC_RIB)));
    station.read();
    await(RouteMonitoring.class, route -> route.toString().contains("End-of-RIB ipv4-unicast"));
    await(RouteMonitoring.class, route -> route.toString().contains("End-of-RIB ipv6-unicast"));
  }

  @Test
  void statisticsComeByThemselves() throws Exception {
    open(config().withStatistics(Duration.ofSeconds(1)));
    station.read();
    router.announce(Route.to("198.51.100.0/24").build());
    announcer.announce(Route.to("203.0.113.10/32").build());
    connect();
    await(
        StatisticsReport.class,
        report -> report.toString().contains("[11: 0, 15: 1, 17 ipv4-unicast: 1"));
    await(
        StatisticsReport.class,
        report -> report.toString().contains("[8: 2, 10 ipv4-unicast: 2, 10 ipv6-unicast: 0]"));
  }

  @Test
  void aStationThatDoesNotReadIsDroppedAndBeginsAgain() throws Exception {
    open(
        config()
            .withTables(
                EnumSet.of(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_OUT_POST_POLICY))
            .withLongestBacklog(1 << 17));
    connect();
    try (Socket deaf = station.accept()) {
      assertThat(deaf.isConnected()).isTrue();
      List<Announcement> many = churn();
      announcer.flush().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      for (Announcement one : many) {
        one.close();
      }
      station.readAll(); // there is another connection only because this one was dropped
    }
    await(Initiation.class, message -> true);
    await(PeerUp.class, message -> true);
    announcer.announce(Route.to("203.0.113.77/32").build());
    awaitRoute(0, "203.0.113.77/32");
    assertThat(router.peers().get(0).status().state()).isEqualTo(SessionState.ESTABLISHED);
  }

  /** More octets than the system keeps for a connection of which nobody reads. */
  private List<Announcement> churn() {
    List<Announcement> many = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      Route.Builder route = Route.to("198.18.%d.%d/32".formatted(i / 250, i % 250));
      for (int j = 0; j < 120; j++) {
        route.community(new Community(64512 << 16 | i * 7 + j));
      }
      many.add(announcer.announce(route.build()));
    }
    return many;
  }

  @Test
  void aStationThatCannotBeIsRefused() {
    assertThatThrownBy(() -> BmpConfig.to("station.example", 11019))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BmpConfig.to("192.0.2.9", 0))
        .hasMessageContaining("with a port of 1 to 65535");
    assertThatThrownBy(() -> config().withLongestBacklog(1)).hasMessageContaining("131072");
    assertThatThrownBy(() -> config().withStatistics(Duration.ofMillis(1)))
        .hasMessageContaining("more often than every second");
  }

  private static OpenMessage open(Bytes octets) {
    return (OpenMessage)
        MessageCodec.decodeNext(
                Unpooled.wrappedBuffer(octets.toArray()), dev.bugle.bgp.wire.CodecContext.INITIAL)
            .orElseThrow();
  }
}
