package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A speaker that learns from some and tells others, on loopback. */
@Timeout(120)
@ExtendWith(SampledLeakDetection.class)
class ReadvertisementTest {

  private static final String VIP = "203.0.113.10/32";

  private final BgpSpeaker router =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .routingTable(RoutingTableConfig.STANDARD)
              .build());
  private final List<BgpSpeaker> others = new ArrayList<>();

  @AfterEach
  void close() {
    others.forEach(BgpSpeaker::close);
    router.close();
  }

  private static PeerConfig.Builder config(int number) {
    return PeerConfig.builder("127.0.0." + number, 65000 + number)
        .passive(true)
        .importPolicy(RoutePolicy.ACCEPT_ALL)
        .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL));
  }

  /** What is heard on 127.0.0.{@code number} in AS 65000 + {@code number}. */
  private static final class Heard implements PeerListener {
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void updateReceived(Peer peer, UpdateMessage update) {
      update.endOfRib().ifPresent(family -> lines.add("End-of-RIB " + family));
      update.withdrawn().values().forEach(gone -> gone.forEach(nlri -> lines.add("-" + nlri)));
      String path = update.attributes().get(AsPath.class).map(AsPath::toString).orElse("");
      String hop = update.attributes().get(NextHop.class).map(NextHop::toString).orElse("");
      update
          .announced()
          .values()
          .forEach(all -> all.forEach(nlri -> lines.add(nlri + " " + path + " via " + hop)));
    }

    void await(String line) throws InterruptedException {
      Deadline.await(lines, line, line::equals);
    }
  }

  private BgpSpeaker other(int number, Heard heard) {
    BgpSpeaker other =
        BgpSpeaker.open(SpeakerConfig.builder(65000 + number, "192.0.2." + number).build());
    others.add(other);
    other.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(router.listenAddresses().get(0).getPort())
            .localAddress("127.0.0." + number)
            .connectRetry(Duration.ofMillis(200))
            .build(),
        heard);
    return other;
  }

  @Test
  void whatOneAnnouncesTheOtherIsToldUntilItIsGone() throws Exception {
    Heard first = new Heard();
    Heard second = new Heard();
    Peer learnedFrom = router.peer(config(2).build());
    Peer told = router.peer(config(3).build());
    BgpSpeaker announcer = other(2, first);
    other(3, second);
    Announcement vip = announcer.announce(Route.to(VIP).build());

    second.await(VIP + " 65000 65002 via 127.0.0.1");
    assertThat(Deadline.await(told.advertised(10)))
        .extracting(AdvertisedRoute::destination)
        .containsExactly(Prefix.parse(VIP));
    vip.close();
    second.await("-" + VIP);
    announcer.announce(Route.to(VIP).prepend(1).build());
    second.await(VIP + " 65000 65002 65002 via 127.0.0.1");
    learnedFrom.close();
    second.await("-" + VIP);
    assertThat(first.lines).as("nobody is told his own").noneMatch(line -> line.contains(VIP));
    while (told.status().traffic().backlog().destinations() > 0) {
      Deadline.pause();
    }
    assertThat(told.status().prefixesSent()).isZero();
    assertThat(told.status().traffic().synchronised()).isTrue();
  }

  @Test
  void ourOwnAnnouncementsStandInTheTableAndAreFlushedWhenTheyAreWritten() throws Exception {
    Heard second = new Heard();
    Peer peer = router.peer(config(3).build());
    other(3, second);
    second.await("End-of-RIB ipv4-unicast");
    Announcement vip = router.announce(Route.to(VIP).med(7).build());
    Deadline.await(vip.flushed());
    assertThat(peer.status().prefixesSent()).isOne();
    second.await(VIP + " 65000 via 127.0.0.1");
    assertThat(Deadline.await(router.learned().best(AddressFamily.IPV4_UNICAST, Prefix.parse(VIP))))
        .isPresent();

    Deadline.await(vip.withdraw());
    assertThat(peer.status().prefixesSent()).isZero();
    second.await("-" + VIP);
    assertThat(Deadline.await(router.learned().best(AddressFamily.IPV4_UNICAST, Prefix.parse(VIP))))
        .isEmpty();
  }

  @Test
  void withoutAPolicyAnotherAsIsToldOurOwnOnly() throws Exception {
    Heard second = new Heard();
    router.peer(config(2).build());
    Peer told = router.peer(config(3).propagation(PeerPropagation.STANDARD).build());
    other(2, new Heard()).announce(Route.to(VIP).build());
    other(3, second);
    router.announce(Route.to("198.51.100.1/32").build());
    second.await("198.51.100.1/32 65000 via 127.0.0.1");
    assertThat(second.lines).noneMatch(line -> line.contains(VIP));

    Deadline.await(
        told.reconfigure(
            told.config().toBuilder()
                .propagation(
                    PeerPropagation.STANDARD.withPolicy(
                        RoutePolicy.of(
                            PolicyRule.when(Condition.prefixIn("203.0.113.0/24 le 32"))
                                .change(RouteChange.prepend(1))
                                .accept())))
                .build()));
    second.await(VIP + " 65000 65000 65002 via 127.0.0.1");
    assertThat(second.lines).as("what does not differ is not told again").isEmpty();
    assertThat(told.status().sessions().established()).isOne();
  }

  @Test
  void withdrawalsDoNotWaitForTheAdvertisementInterval() throws Exception {
    Heard second = new Heard();
    router.peer(config(3).minimumRouteAdvertisementInterval(Duration.ofMinutes(5)).build());
    other(3, second);
    second.await("End-of-RIB ipv4-unicast");
    Announcement first = router.announce(Route.to(VIP).build());
    Deadline.await(first.flushed());
    Announcement waits = router.announce(Route.to("198.51.100.1/32").build());
    Deadline.await(first.withdraw());

    second.await(VIP + " 65000 via 127.0.0.1");
    second.await("-" + VIP);
    assertThat(second.lines).isEmpty();
    assertThat(waits.flushed().toCompletableFuture()).isNotDone();
  }

  private RawPeer raw(int number) throws IOException {
    RawPeer raw =
        RawPeer.connectWithSmallBuffer("127.0.0." + number, router.listenAddresses().get(0));
    raw.send(
        new OpenMessage(
            65000 + number,
            90,
            Ipv4Address.parse("192.0.2." + number),
            List.of(new MultiprotocolCapability(AddressFamily.IPV4_UNICAST))),
        CodecContext.INITIAL);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    return raw;
  }

  /** It is told what was there when it went on reading, and of what came before only little. */
  @Test
  void aPeerThatDoesNotReadIsToldTheNewestAndHoldsUpNobody() throws Exception {
    int prefixes = 10_000;
    List<Community> ballast = IntStream.range(0, 50).mapToObj(i -> Community.of(65002, i)).toList();
    Heard second = new Heard();
    Peer slow =
        router.peer(
            config(4)
                .families(AddressFamily.IPV4_UNICAST)
                .holdTime(Duration.ZERO)
                .sendHoldTime(Duration.ZERO)
                .build());
    Peer quick = router.peer(config(3).build());
    router.peer(config(2).build());
    other(3, second);
    second.await("End-of-RIB ipv4-unicast");
    BgpSpeaker announcer = other(2, new Heard());
    try (RawPeer raw = raw(4)) {
      List<Announcement> standing = new ArrayList<>();
      for (int round = 0; round < 6; round++) {
        List<Announcement> before = List.copyOf(standing);
        standing.clear();
        for (int i = 0; i < prefixes; i++) {
          Route.Builder route =
              Route.to(new Prefix(new Ipv4Address((10 << 24) + (i << 8)), 24).toString());
          ballast.forEach(route::community);
          route.community(Community.of(round, i));
          standing.add(announcer.announce(route.build()));
        }
        before.forEach(Announcement::close);
        announcer.flush().toCompletableFuture().get(60, TimeUnit.SECONDS);
      }
      Prefix last = Prefix.parse("192.0.2.0/24");
      announcer.announce(Route.to(last.toString()).build());
      Deadline.await(
          second.lines, "last", line -> line.startsWith(last + " "), Duration.ofSeconds(60));

      assertThat(quick.status().prefixesSent()).isEqualTo(prefixes + 1L);
      assertThat(slow.status().traffic().backlog().octets()).isLessThan(3 << 20);
      Map<Nlri, Integer> heard = new HashMap<>();
      while (heard.getOrDefault(last, 0) == 0) {
        if (raw.next().orElseThrow() instanceof UpdateMessage update) {
          update.withdrawn().values().forEach(gone -> gone.forEach(heard::remove));
          update
              .announced()
              .values()
              .forEach(all -> all.forEach(nlri -> heard.merge(nlri, 1, Integer::sum)));
        }
      }
      int told = heard.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(heard).hasSize(prefixes + 1);
      assertThat(told).as("of 6 rounds").isLessThan(5 * prefixes);
    }
  }

  @Test
  void aPeerThatComesLateIsToldAllOfItAndEndOfRib() throws Exception {
    router.peer(config(2).build());
    Peer told = router.peer(config(3).build());
    BgpSpeaker announcer = other(2, new Heard());
    for (int i = 0; i < 5000; i++) {
      announcer.announce(Route.to("10." + (i >> 8) + "." + (i & 0xFF) + ".0/24").build());
    }
    while (Deadline.await(router.learned().size(AddressFamily.IPV4_UNICAST)) < 5000) {
      Deadline.pause();
    }
    Heard second = new Heard();
    other(3, second);
    int heard = 0;
    for (String line = ""; !line.equals("End-of-RIB ipv4-unicast"); line = second.lines.take()) {
      heard += line.startsWith("10.") ? 1 : 0;
    }
    assertThat(heard).isEqualTo(5000);
    assertThat(Deadline.await(told.advertised(10_000))).hasSize(5000);
    assertThat(Deadline.await(told.advertised(10))).hasSize(10);
    told.reset("again");
    second.await("10.0.0.0/24 65000 65002 via 127.0.0.1");
  }
}
