package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.Agreement;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.EnhancedRouteRefreshCapability;
import dev.bugle.bgp.wire.capability.ExtendedMessageCapability;
import dev.bugle.bgp.wire.capability.ExtendedNextHopCapability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.capability.RoleCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the two ends agree on, and what follows from it, over a real socket. */
@Timeout(30)
class NegotiatedFeaturesTest {

  private static final long SPEAKER_AS = 65001;
  private static final long PEER_AS = 65000;
  private static final AddressFamily V4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily V6 = AddressFamily.IPV6_UNICAST;

  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(SPEAKER_AS, "192.0.2.1").listen("127.0.0.1", 0).build());
  private final PeerLog log = new PeerLog();

  @AfterEach
  void close() {
    speaker.close();
  }

  private PeerConfig.Builder peer() {
    return PeerConfig.builder("127.0.0.2", PEER_AS)
        .passive(true)
        .nextHop("192.0.2.1")
        .nextHop("2001:db8::1");
  }

  /** A peer of a plain socket whose session stands; this is all that it offers. */
  private RawPeer establish(Capability... capabilities) throws Exception {
    RawPeer raw = RawPeer.connect("127.0.0.2", listening());
    open(raw, capabilities);
    return raw;
  }

  private InetSocketAddress listening() {
    return speaker.listenAddresses().get(0);
  }

  private static void open(RawPeer raw, Capability... capabilities) throws IOException {
    List<Capability> all = new ArrayList<>(List.of(new FourOctetAsCapability(PEER_AS)));
    all.addAll(List.of(capabilities));
    raw.send(
        new OpenMessage((int) PEER_AS, 90, Ipv4Address.parse("192.0.2.2"), all),
        CodecContext.INITIAL);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
  }

  /** What the peer hears until a message that begins so, which included. */
  private static List<String> until(RawPeer raw, String beginning) throws IOException {
    List<String> heard = new ArrayList<>();
    while (heard.isEmpty() || !heard.get(heard.size() - 1).startsWith(beginning)) {
      heard.add(raw.next().map(Message::toString).orElse("the end"));
      if (heard.get(heard.size() - 1).equals("the end")) {
        throw new AssertionError("'" + beginning + "' did not come: " + heard);
      }
    }
    return heard;
  }

  @Test
  void aRefreshIsAnsweredBetweenItsMarks() throws Exception {
    speaker.announce(Route.to("203.0.113.10/32").build());
    speaker.peer(peer().build(), log);
    try (RawPeer raw = establish(EnhancedRouteRefreshCapability.PRESENT)) {
      raw.readWith(context());
      until(raw, "UPDATE End-of-RIB");
      raw.send(new RouteRefreshMessage(V4), CodecContext.INITIAL);
      assertThat(until(raw, "ROUTE-REFRESH ipv4-unicast EoRR"))
          .satisfiesExactly(
              begin -> assertThat(begin).isEqualTo("ROUTE-REFRESH ipv4-unicast BoRR"),
              route -> assertThat(route).startsWith("UPDATE nlri [203.0.113.10/32]"),
              end -> assertThat(end).isEqualTo("ROUTE-REFRESH ipv4-unicast EoRR"));
    }
  }

  private static CodecContext context() {
    return CodecContext.INITIAL.withFourOctetAs(true);
  }

  @Test
  void thePeersMarksAreTold() throws Exception {
    speaker.peer(peer().build(), log);
    try (RawPeer raw = establish(EnhancedRouteRefreshCapability.PRESENT)) {
      log.established();
      raw.send(new RouteRefreshMessage(V4, RouteRefreshMessage.BORR), CodecContext.INITIAL);
      log.await("marks ROUTE-REFRESH ipv4-unicast BoRR");
    }
  }

  @Test
  void everyAnnouncementIsAPathToWhoTakesSeveral() throws Exception {
    speaker.peer(peer().addPathSend(V4).build(), log);
    Announcement first = speaker.announce(Route.to("203.0.113.10/32").nextHop("192.0.2.7").build());
    speaker.announce(Route.to("203.0.113.10/32").nextHop("192.0.2.8").build());
    Capability receives =
        new AddPathCapability(
            List.of(new AddPathCapability.Family(V4, AddPathCapability.Mode.RECEIVE)));
    try (RawPeer raw = establish(receives)) {
      raw.readWith(context().withReceived(context().received().withPathIdentifiers(Set.of(V4))));
      assertThat(until(raw, "UPDATE End-of-RIB"))
          .anyMatch(line -> line.contains("nlri [203.0.113.10/32 path 1]") && line.contains(".7"))
          .anyMatch(line -> line.contains("nlri [203.0.113.10/32 path 2]") && line.contains(".8"));
      first.close();
      until(raw, "UPDATE withdrawn [203.0.113.10/32 path 1]");
    }
  }

  @Test
  void longMessagesGoToWhoTakesThem() throws Exception {
    speaker.peer(peer().extendedMessages(true).build(), log);
    for (int i = 0; i < 2000; i++) {
      speaker.announce(Route.to("10.0." + (i >> 8) + "." + (i & 0xFF) + "/32").build());
    }
    Deadline.await(speaker.flush());
    try (RawPeer raw = establish(ExtendedMessageCapability.PRESENT)) {
      raw.readWith(context().withReceived(context().received().withLongestMessage(65535)));
      assertThat(until(raw, "UPDATE End-of-RIB"))
          .filteredOn(line -> line.startsWith("UPDATE nlri"))
          .hasSize(1);
    }
  }

  @Test
  void anIpv4RouteGoesWithAnIpv6NextHopWhereThereIsNoOther() throws Exception {
    PeerConfig ipv6Only =
        PeerConfig.builder("127.0.0.2", PEER_AS)
            .passive(true)
            .families(V4, V6)
            .ipv6NextHops(V4)
            .nextHop("2001:db8::1")
            .build();
    // On loopback there is an IPv4 address of our own, which the peer would be given; so as if the
    // session were on another interface.
    assertThat(NextHops.of(ipv6Only, Set.of(V4), IpAddress.parse("2001:db8::77").toInetAddress()))
        .containsEntry(V4, IpAddress.parse("2001:db8::1"));
    speaker.peer(ipv6Only, log);
    speaker.announce(Route.to("203.0.113.10/32").build());
    try (RawPeer raw =
        establish(
            new MultiprotocolCapability(V4),
            new MultiprotocolCapability(V6),
            ExtendedNextHopCapability.overIpv6(List.of(V4)))) {
      log.established();
      assertThat(speaker.peers().get(0).status().negotiated().orElseThrow().codec().sent())
          .satisfies(sent -> assertThat(sent.extendedNextHop()).containsExactly(V4));
      raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    }
  }

  @Test
  void aProviderMarksItsRoutesForCustomersOnly() throws Exception {
    speaker.peer(peer().role(new LocalRole(Role.PROVIDER, true)).build(), log);
    speaker.announce(Route.to("203.0.113.10/32").build());
    try (RawPeer raw = establish(new RoleCapability(Role.CUSTOMER))) {
      raw.readWith(context());
      assertThat(until(raw, "UPDATE nlri")).last().asString().contains("OTC " + SPEAKER_AS);
    }
  }

  @Test
  void aWrongRoleIsToldToBothSides() throws Exception {
    speaker.peer(peer().role(new LocalRole(Role.PROVIDER, false)).build(), log);
    try (RawPeer raw = establish(new RoleCapability(Role.PEER))) {
      assertThat(raw.lastWords()).contains("Role Mismatch (2/11)");
    }
    assertThat(log.await("state ACTIVE: we are provider"))
        .endsWith("we are provider, and the peer says that it is peer");
  }

  @Test
  void aRoleTowardsOurOwnAsIsRefusedByName() {
    PeerConfig internal =
        peer()
            .remoteAs(RemoteAs.Relation.INTERNAL)
            .role(new LocalRole(Role.CUSTOMER, false))
            .build();
    assertThatThrownBy(() -> speaker.peer(internal, log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("role customer")
        .hasMessageContaining("own AS");
    assertThat(speaker.peers()).isEmpty();
  }

  private static GracefulRestartCapability helper(boolean notification) {
    return new GracefulRestartCapability(false, notification, Duration.ofSeconds(60), List.of());
  }

  @Test
  void weLeaveWithoutAWordWhereThePeerKeepsOurRoutes() throws Exception {
    speaker.peer(
        peer().gracefulRestart(new GracefulRestart(Duration.ofSeconds(60), false)).build(), log);
    speaker.announce(Route.to("203.0.113.10/32").build());
    try (RawPeer raw = establish(helper(false))) {
      raw.readWith(context());
      until(raw, "UPDATE End-of-RIB");
      assertThat(speaker.peers().get(0).status().negotiated().orElseThrow().agreements())
          .contains(Agreement.GRACEFUL_RESTART);
      Deadline.await(speaker.leaveForRestart("upgrade"));
      assertThat(raw.lastWords()).isEqualTo("nothing");
    }
  }

  @Test
  void whoDoesNotKeepThemIsTold() throws Exception {
    speaker.peer(
        peer().gracefulRestart(new GracefulRestart(Duration.ofSeconds(60), false)).build(), log);
    try (RawPeer raw = establish()) {
      raw.readWith(context());
      until(raw, "UPDATE End-of-RIB");
      Deadline.await(speaker.leaveForRestart("upgrade"));
      assertThat(raw.lastWords()).contains("Cease/Administrative Reset (6/4) \"upgrade\"");
    }
  }

  @Test
  void aShutdownIsAHardResetWhereANotificationWouldNotEndIt() throws Exception {
    speaker.peer(
        peer().gracefulRestart(new GracefulRestart(Duration.ofSeconds(60), true)).build(), log);
    try (RawPeer raw = establish(helper(true))) {
      raw.readWith(context());
      until(raw, "UPDATE End-of-RIB");
      Deadline.await(speaker.shutdown("for good"));
      assertThat(raw.lastWords())
          .contains("Cease/Hard Reset (6/9)")
          .contains("Cease/Administrative Shutdown (6/2) \"for good\"");
    }
  }

  @Test
  void theCodecCarriesNothingOfItForOthers() throws Exception {
    speaker.peer(
        peer().addPathSend(V4).extendedMessages(true).role(new LocalRole(Role.RS, false)).build(),
        log);
    try (RawPeer raw = establish()) {
      log.established();
      CodecContext codec = speaker.peers().get(0).status().negotiated().orElseThrow().codec();
      assertThat(codec.sent().pathIdentifiers()).isEmpty();
      assertThat(codec.sent().longestMessage()).isEqualTo(4096);
    }
  }
}
