package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A peer that announces and withdraws one prefix as fast as its socket takes it: nothing grows,
 * what others change is passed on meanwhile, and the minimum route advertisement interval holds.
 * Prints what it measured.
 */
@Timeout(300)
@ExtendWith(SampledLeakDetection.class)
class RestlessPeerTest {

  private static final Prefix RESTLESS = Prefix.parse("203.0.113.0/24");
  private static final Prefix CANARY = Prefix.parse("198.51.100.0/24");

  /** Between two looks at a condition, in nanoseconds: to spin would take one of two cores. */
  private static final long MOMENT = 500_000;

  private static final int PAIRS = 500;

  /** More than are told at once. */
  private static final int MANY = 6_000;

  /** AS numbers from here on tell announcements of one prefix apart. */
  private static final long FIRST_NUMBER = 4_200_000_000L;

  /** Within which a change of another peer is passed on; on a busy machine, too. */
  private static final long PASSED_ON_MILLIS = 9000;

  private static final Duration INTERVAL = Duration.ofMillis(400);

  /** RFC 4271 §10: an interval is not shorter than three quarters of what is configured. */
  private static final double SHORTEST = 0.75;

  private static final long ALLOWED_OCTETS = 1 << 20;

  /** What waits for the table is bounded, so this is, too. */
  private static final long ALLOWED_MEANWHILE = 64 << 20;

  private final int seconds = Soak.seconds(3);
  private final EventLoopGroup loops = Transport.best().newEventLoops(Thread::new);
  private final List<Peer> peers = new ArrayList<>();
  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .routingTable(RoutingTableConfig.STANDARD)
              .build());

  private final SoakPeer restless = SoakPeer.of("127.3.0.1", 65101);
  private final SoakPeer other = SoakPeer.of("127.3.0.2", 65102);
  private final SoakPeer receiver = SoakPeer.of("127.3.0.3", 65103).hearing(this::heard);
  private final AtomicInteger heldRestless = new AtomicInteger();
  private final AtomicInteger heldCanaries = new AtomicInteger();
  private final SoakPeer held = SoakPeer.of("127.3.0.4", 65104).hearing(this::heardLate);

  /** Of the canary: the newest, which the receiver waits for, and when it was sent. */
  private volatile int canary;

  private volatile long canarySent;
  private volatile int canariesHeard;
  private volatile long slowestCanary;

  @AfterEach
  void close() {
    speaker.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void connect(SoakPeer router, int as, Duration interval) {
    peers.add(
        speaker.peer(
            PeerConfig.builder(router.address(), as)
                .passive(true)
                .families(AddressFamily.IPV4_UNICAST)
                .holdTime(Duration.ofSeconds(SoakPeer.HOLD_SECONDS))
                .minimumRouteAdvertisementInterval(interval)
                .importPolicy(RoutePolicy.ACCEPT_ALL)
                .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL))
                .build()));
    router.connect(loops, speaker.listenAddresses().get(0)).syncUninterruptibly();
  }

  private static UpdateMessage announcement(SoakPeer from, int as, Prefix prefix, long number) {
    return new UpdateMessage(
        List.of(),
        PathAttributes.of(
            Origin.IGP,
            AsPath.sequence((long) as, FIRST_NUMBER + number),
            new NextHop(Ipv4Address.parse(from.address()))),
        List.of(prefix));
  }

  /** The prefix announced and withdrawn, each time otherwise. */
  private ByteBuf flood() {
    ByteBuf octets = Unpooled.directBuffer();
    for (int i = 0; i < PAIRS; i++) {
      MessageCodec.encode(announcement(restless, 65101, RESTLESS, i), octets, SoakPeer.CONTEXT);
      MessageCodec.encode(
          new UpdateMessage(List.of(RESTLESS), PathAttributes.EMPTY, List.of()),
          octets,
          SoakPeer.CONTEXT);
    }
    return octets;
  }

  /** On the event loop of the peer that is told at once: the next canary follows the last. */
  private void heard(ByteBuf octets) {
    UpdateMessage update = SoakPeer.decoded(octets);
    if (update.nlri().contains((Nlri) CANARY) && number(update) == canary) {
      slowestCanary = Math.max(slowestCanary, System.nanoTime() - canarySent);
      canariesHeard = canary;
    }
  }

  /** Which the last AS of the path stands for. */
  private static long number(UpdateMessage update) {
    List<Long> path = update.attributes().get(AsPath.class).orElseThrow().segments().get(0).asns();
    return path.get(path.size() - 1) - FIRST_NUMBER;
  }

  private void heardLate(ByteBuf octets) {
    UpdateMessage update = SoakPeer.decoded(octets);
    if (update.nlri().contains((Nlri) RESTLESS)) {
      heldRestless.incrementAndGet();
    }
    if (update.nlri().contains((Nlri) CANARY)) {
      heldCanaries.incrementAndGet();
    }
  }

  private void sendCanary() {
    int next = canary + 1;
    canarySent = System.nanoTime();
    canary = next;
    other.send(announcement(other, 65102, CANARY, next));
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      for (SoakPeer router : List.of(restless, other, receiver, held)) {
        assertThat(router.ended()).as("%s, session of %s", what, router.address()).isEmpty();
      }
      assertThat(end - System.nanoTime()).as(what).isPositive();
      LockSupport.parkNanos(MOMENT);
    }
  }

  /** Many prefixes, all of them otherwise, in UPDATEs of many each. */
  private ByteBuf wave(long number) {
    ByteBuf octets = Unpooled.directBuffer();
    for (int first = 0; first < MANY; first += PAIRS) {
      List<Nlri> some = new ArrayList<>(PAIRS);
      for (int i = first; i < first + PAIRS; i++) {
        some.add(new Prefix(new Ipv4Address((20 << 24) + (i << 8)), 24));
      }
      PathAttributes attributes = announcement(restless, 65101, RESTLESS, number).attributes();
      MessageCodec.encode(new UpdateMessage(List.of(), attributes, some), octets, SoakPeer.CONTEXT);
    }
    return octets;
  }

  /** The table is never told to its end: there is always more than one piece that has changed. */
  @Test
  void theIntervalBeginsThoughChangesNeverCease() {
    connect(restless, 65101, Duration.ZERO);
    List<ByteBuf> waves = List.of(wave(1), wave(2));
    await("a session", () -> peers.get(0).status().state() == SessionState.ESTABLISHED);
    waves.forEach(restless::send);
    await("the prefixes", () -> size() == MANY);
    connect(held, 65104, Duration.ofMinutes(10));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(seconds, 3));
    await(
        "the end of the time, and that it is told something",
        () -> {
          for (int i = 0; i < 2 && restless.channel().isWritable(); i++) {
            waves.forEach(restless::send);
          }
          return System.nanoTime() > end && held.announced() > 0;
        });
    long told = held.announced();
    waves.forEach(ByteBuf::release);
    System.out.printf("%d announcements of %d prefixes within one interval%n", told, MANY);
    // What was there, what changed before it was told all of that, and one batch.
    assertThat(told).isPositive().isLessThanOrEqualTo(3L * MANY);
    for (Peer peer : peers) {
      assertThat(peer.status().sessions().established()).as("%s", peer).isOne();
    }
  }

  private int size() {
    try {
      return Deadline.await(speaker.learned().size(AddressFamily.IPV4_UNICAST));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private long pass() {
    sendCanary();
    await("a canary", () -> canariesHeard == canary);
    return System.nanoTime();
  }

  @Test
  void aPrefixThatIsAnnouncedAndWithdrawnWithoutEndHarmsNobody() throws Exception {
    connect(restless, 65101, Duration.ZERO);
    connect(other, 65102, Duration.ZERO);
    connect(receiver, 65103, Duration.ZERO);
    connect(held, 65104, INTERVAL);
    await(
        "sessions",
        () -> peers.stream().allMatch(one -> one.status().state() == SessionState.ESTABLISHED));
    ByteBuf flood = flood();
    restless.send(flood).sync(); // a first time, with all that comes with it
    pass();
    await("the flood's end", () -> size() == 1);
    long before = LiveHeap.octets();
    slowestCanary = 0;
    int canariesBefore = canary;
    int heldBefore = heldRestless.get();
    int heldCanariesBefore = heldCanaries.get();

    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    long sent = 0;
    long now = began;
    while (now < end
        || canary - canariesBefore <= seconds
        || heldCanaries.get() == heldCanariesBefore) {
      for (int i = 0; i < 10 && restless.channel().isWritable(); i++) {
        restless.send(flood);
        sent += 2 * PAIRS;
      }
      now = pass();
    }
    long meanwhile = LiveHeap.octets();
    int toldRestless = heldRestless.get() - heldBefore;
    int toldCanaries = heldCanaries.get() - heldCanariesBefore;
    double elapsed = (System.nanoTime() - began) / 1e9; // after what is bounded by it
    await("the flood's end", () -> restless.channel().unsafe().outboundBuffer().size() == 0);
    await("the flood's end", () -> size() == 1);
    flood.release();
    pass();
    long after = LiveHeap.octets();
    System.out.printf(
        "%d UPDATEs of one prefix in %.1f s; %d changes of another peer meanwhile, the slowest"
            + " passed on after %d ms; with an interval of %d ms %d and %d announcements; live heap"
            + " %d octets before, %d meanwhile, %d after%n",
        sent,
        elapsed,
        canary - canariesBefore,
        TimeUnit.NANOSECONDS.toMillis(slowestCanary),
        INTERVAL.toMillis(),
        toldRestless,
        toldCanaries,
        before,
        meanwhile,
        after);

    assertThat(TimeUnit.NANOSECONDS.toMillis(slowestCanary)).isLessThan(PASSED_ON_MILLIS);
    assertThat(canary - canariesBefore).as("changes of the other peer").isGreaterThan(seconds);
    int mostTold = 2 + (int) (elapsed * 1000 / (SHORTEST * INTERVAL.toMillis()));
    // When an interval is over it may just be withdrawn, so that it may be told seldom or never.
    assertThat(toldRestless).as("announcements").isLessThanOrEqualTo(mostTold);
    assertThat(toldCanaries).as("announcements within the intervals").isBetween(1, mostTold);
    assertThat(meanwhile).isLessThan(before + ALLOWED_MEANWHILE);
    assertThat(after).isLessThan(before + ALLOWED_OCTETS);
    for (Peer peer : peers) {
      assertThat(peer.status().sessions().established()).as("%s", peer).isOne();
    }
  }
}
