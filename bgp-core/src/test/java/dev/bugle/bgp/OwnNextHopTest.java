package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.Eligibility;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A path that leads to ourselves is none, whatever family it is of (RFC 4271 §6.3). */
@Timeout(60)
class OwnNextHopTest {

  private static final InetAddress LOCAL = IpAddress.parse("127.0.0.1").toInetAddress();

  @Test
  void anIpv6PathToOurselvesIsNotUsedOnASessionBetweenIpv4Addresses() throws Exception {
    try (BgpSpeaker router =
            BgpSpeaker.open(
                SpeakerConfig.builder(65000, "192.0.2.254")
                    .listen("127.0.0.1", 0)
                    .routingTable(RoutingTableConfig.STANDARD)
                    .build());
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65002, "192.0.2.2").build())) {
      Peer peer =
          router.peer(
              PeerConfig.builder("127.0.0.2", 65002)
                  .passive(true)
                  .nextHop("::1")
                  .importPolicy(RoutePolicy.ACCEPT_ALL)
                  .build());
      announcer.peer(
          PeerConfig.builder("127.0.0.1", 65000)
              .port(router.listenAddresses().get(0).getPort())
              .localAddress("127.0.0.2")
              .connectRetry(Duration.ofMillis(200))
              .build());
      announcer.announce(Route.to("2001:db8::10/128").nextHop("::1").build());
      announcer.announce(Route.to("2001:db8::11/128").nextHop("2001:db8::2").build());

      awaitLearned(router, "2001:db8::10/128", Eligibility.NEXT_HOP);
      awaitLearned(router, "2001:db8::11/128", Eligibility.ELIGIBLE);

      // To give another next hop does not reset the session.
      Deadline.await(peer.reconfigure(peer.config().toBuilder().nextHop("2001:db8::7").build()));
      awaitLearned(router, "2001:db8::10/128", Eligibility.ELIGIBLE);
      assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
    }
  }

  private static void awaitLearned(BgpSpeaker router, String prefix, Eligibility wanted) {
    Learner.await(
        prefix + " " + wanted,
        () ->
            router
                .learned()
                .paths(AddressFamily.IPV6_UNICAST, Prefix.parse(prefix))
                .toCompletableFuture()
                .join()
                .stream()
                .anyMatch(known -> known.path().imported().eligibility() == wanted));
  }

  @Test
  void theNextHopThatWeGiveForAnotherRouterIsNotOurs() {
    PeerConfig.Builder config = PeerConfig.builder("127.0.0.2", 65002);
    assertThat(NextHops.ours(config.nextHop("::1").build(), Set.of(), LOCAL))
        .containsExactlyInAnyOrder(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1"));
    assertThat(NextHops.ours(config.nextHop("2001:db8::7").build(), Set.of(), LOCAL))
        .containsExactly(IpAddress.parse("127.0.0.1"));
  }
}
