package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hold and keepalive timers do not wait for the table: a full table comes in and goes out to fifty
 * peers with the shortest hold time there is, and none of them has to wait for a KEEPALIVE. Prints
 * what it measured.
 */
@Timeout(900)
@ExtendWith(SampledLeakDetection.class)
class FullTableHoldTest {

  /** Between two looks at a condition, in nanoseconds: to spin would take one of two cores. */
  private static final long MOMENT = 500_000;

  private static final int PEERS = 50;
  private static final int PER_UPDATE = 10;
  private static final int FIRST_AS = 65100;
  private static final int HOLD_SECONDS = 3;
  private static final Duration KEEPALIVE = Duration.ofSeconds(1);

  /** How much later than the interval a message may come; on a busy machine still in time. */
  private static final Duration LATE = Duration.ofMillis(1500);

  /** How often the routers' event loops are asked whether they are held up. */
  private static final Duration TICK = Duration.ofMillis(50);

  /** A machine that stands still for longer shows nothing. */
  private static final Duration STANDSTILL = Duration.ofMillis(500);

  private static final int ATTEMPTS = 3;

  private final int senders = Soak.senders(2);
  private final int prefixes = Soak.prefixes(50_000);
  private final EventLoopGroup loops = Transport.best().newEventLoops(Thread::new);
  private final AtomicLong standstill = new AtomicLong();
  private final List<SoakPeer> routers = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();
  private BgpSpeaker speaker = open();

  private static BgpSpeaker open() {
    return BgpSpeaker.open(
        SpeakerConfig.builder(65000, "192.0.2.254")
            .listen("127.0.0.1", 0)
            .routingTable(RoutingTableConfig.STANDARD)
            .build());
  }

  @AfterEach
  void close() {
    speaker.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** While the routers' event loops are held up, it is not the speaker that is silent. */
  private void watchForStandstill() {
    for (EventExecutor loop : loops) {
      AtomicLong due = new AtomicLong(System.nanoTime() + TICK.toNanos());
      loop.scheduleWithFixedDelay(
          () -> {
            long now = System.nanoTime();
            standstill.accumulateAndGet(now - due.get(), Math::max);
            due.set(now + TICK.toNanos());
          },
          TICK.toNanos(),
          TICK.toNanos(),
          TimeUnit.NANOSECONDS);
    }
  }

  private void connect(int number) {
    SoakPeer router =
        number == PEERS - 1
            ? SoakPeer.slow("127.2.0." + (1 + number), FIRST_AS + number)
            : SoakPeer.of("127.2.0." + (1 + number), FIRST_AS + number);
    router.holding(HOLD_SECONDS);
    peers.add(
        speaker.peer(
            PeerConfig.builder(router.address(), FIRST_AS + number)
                .passive(true)
                .families(AddressFamily.IPV4_UNICAST)
                .holdTime(Duration.ofSeconds(HOLD_SECONDS))
                .importPolicy(RoutePolicy.ACCEPT_ALL)
                .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL))
                .build()));
    routers.add(router);
    router.connect(loops, speaker.listenAddresses().get(0)).syncUninterruptibly();
  }

  /** The same prefixes from each sender, the later the longer their AS paths. */
  private ByteBuf table(int sender) {
    ByteBuf octets = Unpooled.directBuffer(prefixes * 13);
    Ipv4Address hop = Ipv4Address.parse(routers.get(sender).address());
    for (int first = 0; first < prefixes; first += PER_UPDATE) {
      List<Nlri> some = new ArrayList<>(PER_UPDATE);
      for (int i = first; i < Math.min(prefixes, first + PER_UPDATE); i++) {
        some.add(new Prefix(new Ipv4Address((20 << 24) + (i << 8)), 24));
      }
      AsPath path =
          AsPath.sequence(FIRST_AS + (long) sender, 4000L + first % 977, 3000L + first % 131)
              .prepend(FIRST_AS + sender, sender);
      PathAttributes attributes =
          PathAttributes.of(Origin.IGP, path, new NextHop(hop), new MultiExitDisc(first % 13));
      MessageCodec.encode(new UpdateMessage(List.of(), attributes, some), octets, SoakPeer.CONTEXT);
    }
    return octets;
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!condition.getAsBoolean()) {
      for (SoakPeer router : routers) {
        assertThat(router.ended()).as("%s, session of %s", what, router.address()).isEmpty();
      }
      assertThat(end - System.nanoTime()).as(what).isPositive();
      LockSupport.parkNanos(MOMENT);
    }
  }

  private boolean hasAll(int number) {
    return number == PEERS - 1 || routers.get(number).announced() >= prefixes;
  }

  @Test
  void noHoldTimerExpiresWhileAFullTableComesAndGoesToFiftyPeers() {
    watchForStandstill();
    for (int attempt = 1; ; attempt++) {
      try {
        passOnAFullTable();
        return;
      } catch (AssertionError failed) {
        if (attempt == ATTEMPTS || standstill.get() < STANDSTILL.toNanos()) {
          throw failed;
        }
        System.out.printf("once more after %s: %s%n", Duration.ofNanos(standstill.get()), failed);
        speaker.close();
        peers.clear();
        routers.clear();
        speaker = open();
      }
    }
  }

  private void passOnAFullTable() {
    standstill.set(0);
    for (int number = 0; number < PEERS; number++) {
      connect(number);
    }
    await(
        "sessions",
        () -> peers.stream().allMatch(one -> one.status().state() == SessionState.ESTABLISHED));
    List<ByteBuf> tables = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      tables.add(table(sender));
    }
    long began = System.nanoTime();
    for (int sender = 0; sender < senders; sender++) {
      routers.get(sender).send(tables.get(sender));
    }
    int[] next = {senders};
    try {
      await(
          "the table",
          () -> {
            while (next[0] < PEERS && hasAll(next[0])) {
              next[0]++;
            }
            return next[0] == PEERS;
          });
    } finally {
      tables.forEach(ByteBuf::release);
    }
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

    long late = TimeUnit.NANOSECONDS.toMillis(standstill.get());
    long longest = routers.stream().mapToLong(SoakPeer::longestSilenceMillis).max().orElseThrow();
    System.out.printf(
        "%d peers, hold time %d s, %d prefixes from %d of them: all told after %d ms;"
            + " longest time without a message %d ms, of the slow one %d ms;"
            + " routers held up for %d ms at most; heap of %d MB%n",
        PEERS,
        HOLD_SECONDS,
        prefixes,
        senders,
        took,
        longest,
        routers.get(PEERS - 1).longestSilenceMillis(),
        late,
        Runtime.getRuntime().maxMemory() >> 20);
    assertThat(longest - late).isLessThan(KEEPALIVE.plus(LATE).toMillis());
    for (Peer peer : peers) {
      assertThat(peer.status().state()).as("%s", peer).isEqualTo(SessionState.ESTABLISHED);
      assertThat(peer.status().sessions().established()).as("%s", peer).isOne();
    }
  }
}
