package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.AddPathCapability.Mode;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A whole speaker after a day of changes holds what it held before: sessions come and go, routes
 * are announced, changed and withdrawn by peers and by us, some in several paths. Prints its seed
 * and what it measured.
 */
@Timeout(3600)
@ExtendWith(SampledLeakDetection.class)
class SpeakerChurnTest {

  private static final AddressFamily FAMILY = AddressFamily.IPV4_UNICAST;
  private static final int PEERS = 6;
  private static final int PREFIXES = 1000;
  private static final int OWN = 50;
  private static final int ROUNDS = 4;

  /** Changes of a peer between two looks at whether its session is to begin anew. */
  private static final int BURST = 500;

  private static final int FIRST_AS = 65100;

  /** Numbers from here on tell the rounds apart. */
  private static final long MARK = 4_000_000_000L;

  private static final long MOMENT = 500_000;

  /** What tables that have grown may hold; it was 3.3 MB at most after 2,000,000 changes. */
  private static final long ALLOWED_OCTETS = 8 << 20;

  /**
   * What a speaker without peers may hold that has had some: it was 0.3 to 3.9 MB after 2,000,000
   * changes.
   */
  private static final long ALLOWED_TO_STAY = 8 << 20;

  private final long seed = Soak.seed();
  private final Random random = new Random(seed);
  private final EventLoopGroup loops = Transport.best().newEventLoops(Thread::new);
  private final List<Peer> peers = new ArrayList<>();
  private final List<SoakPeer> routers = new ArrayList<>();
  private final List<Announcement> own = new ArrayList<>();
  private long marks;
  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .routingTable(RoutingTableConfig.STANDARD)
              .build());

  @AfterEach
  void close() {
    speaker.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** One of three sends and takes several paths to a prefix. */
  private static boolean hasSeveral(int number) {
    return number % 3 == 0;
  }

  private static CodecContext context(int number) {
    return hasSeveral(number)
        ? SoakPeer.CONTEXT.withSent(SoakPeer.CONTEXT.sent().withPathIdentifiers(Set.of(FAMILY)))
        : SoakPeer.CONTEXT;
  }

  private static String address(int number) {
    return "127.4.0." + (1 + number);
  }

  private void configure(int number) {
    PeerConfig.Builder config =
        PeerConfig.builder(address(number), FIRST_AS + number)
            .passive(true)
            .families(FAMILY)
            .importPolicy(RoutePolicy.ACCEPT_ALL)
            .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL));
    if (hasSeveral(number)) {
      config.addPathReceive(FAMILY).addPathSend(FAMILY);
    }
    peers.add(speaker.peer(config.build()));
    routers.add(connected(number));
  }

  private SoakPeer connected(int number) {
    Capability several =
        new AddPathCapability(List.of(new AddPathCapability.Family(FAMILY, Mode.BOTH)));
    Capability[] more = hasSeveral(number) ? new Capability[] {several} : new Capability[0];
    SoakPeer router = SoakPeer.of(address(number), FIRST_AS + number, more);
    router.connect(loops, speaker.listenAddresses().get(0)).syncUninterruptibly();
    await("a session", () -> isEstablished(peers.get(number)));
    return router;
  }

  private static boolean isEstablished(Peer peer) {
    return peer.status().state() == SessionState.ESTABLISHED;
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(end - System.nanoTime()).as("%s, seed %d", what, seed).isPositive();
      LockSupport.parkNanos(MOMENT);
    }
  }

  private static Nlri nlri(int number, int prefix, long identifier) {
    return hasSeveral(number) ? new PathNlri(identifier, prefix(prefix)) : prefix(prefix);
  }

  private static Prefix prefix(int number) {
    return new Prefix(new Ipv4Address((20 << 24) + (number << 8)), 24);
  }

  private static UpdateMessage announcement(int number, Nlri nlri, long as) {
    return new UpdateMessage(
        List.of(),
        PathAttributes.of(
            Origin.IGP,
            AsPath.sequence(FIRST_AS + (long) number, as),
            new NextHop(Ipv4Address.parse(address(number)))),
        List.of(nlri));
  }

  private static UpdateMessage withdrawal(Nlri nlri) {
    return new UpdateMessage(List.of(nlri), PathAttributes.EMPTY, List.of());
  }

  private void change(int number) {
    ByteBuf octets = Unpooled.buffer();
    for (int i = 0; i < BURST; i++) {
      Nlri nlri = nlri(number, random.nextInt(PREFIXES), 1 + random.nextInt(3));
      UpdateMessage update =
          random.nextInt(3) > 0
              ? announcement(number, nlri, 4_200_000_000L + random.nextInt(1 << 24))
              : withdrawal(nlri);
      MessageCodec.encode(update, octets, context(number));
    }
    routers.get(number).send(octets).syncUninterruptibly();
    octets.release();
    int at = random.nextInt(OWN);
    own.get(at).close();
    own.set(at, announced(at, random.nextInt(1 << 24)));
  }

  private Announcement announced(int at, int med) {
    return speaker.announce(Route.to("203.0.113." + at + "/32").med(med).build());
  }

  /** The session ends, and another one begins. */
  private void restart(int number) {
    routers.get(number).channel().close().syncUninterruptibly();
    await("the end of a session", () -> !isEstablished(peers.get(number)));
    routers.set(number, connected(number));
  }

  /** What stands before and after: the same paths of each peer, and the same of ours. */
  private void begin() {
    for (int number = 0; number < PEERS; number++) {
      ByteBuf octets = Unpooled.buffer();
      for (int prefix = 0; prefix < PREFIXES; prefix++) {
        for (int identifier = hasSeveral(number) ? 3 : 1; identifier > 1; identifier--) {
          MessageCodec.encode(
              withdrawal(nlri(number, prefix, identifier)), octets, context(number));
        }
        MessageCodec.encode(
            announcement(number, nlri(number, prefix, 1), prefix % 100 + 1L),
            octets,
            context(number));
      }
      MessageCodec.encode(
          announcement(number, nlri(number, PREFIXES + number, 1), MARK + ++marks),
          octets,
          context(number));
      routers.get(number).send(octets).syncUninterruptibly();
      octets.release();
      await("what the peer has announced", this::isMarkKnown);
    }
    for (int at = 0; at < OWN; at++) {
      own.get(at).close();
      own.set(at, announced(at, 1));
    }
    for (Peer peer : peers) {
      await("all is told", () -> peer.status().traffic().backlog().destinations() == 0);
    }
  }

  /** What a peer has announced behind all the rest is in the table. */
  private boolean isMarkKnown() {
    int number = (int) ((marks - 1) % PEERS);
    try {
      return Deadline.await(speaker.learned().paths(FAMILY, prefix(PREFIXES + number))).stream()
          .flatMap(one -> one.path().attributes().get(AsPath.class).stream())
          .anyMatch(path -> path.segments().get(0).asns().contains(MARK + marks));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private void round(int changes) {
    for (int i = 0; i < changes / BURST; i++) {
      int number = random.nextInt(PEERS);
      change(number);
      if (random.nextInt(20) == 0) {
        restart(random.nextInt(PEERS));
      }
    }
    begin();
  }

  @Test
  void aSpeakerHoldsAfterADayOfChangesWhatItHeldBefore() {
    int changes = Soak.changes(60_000);
    long empty = LiveHeap.octets();
    for (int number = 0; number < PEERS; number++) {
      configure(number);
    }
    for (int at = 0; at < OWN; at++) {
      own.add(announced(at, 1));
    }
    begin();
    round(changes / ROUNDS);
    long before = LiveHeap.octets();
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      round(changes / ROUNDS);
      after.add(LiveHeap.octets());
    }
    own.forEach(Announcement::close);
    own.clear();
    for (Peer peer : peers) {
      peer.close();
    }
    peers.clear();
    routers.clear();
    await("an empty table", () -> size() == 0);
    long left = LiveHeap.octets();
    System.out.printf(
        "speaker: seed %d, %d changes of %d peers: live heap %d octets empty, %d before, %s after,"
            + " %d when all have left%n",
        seed, changes, PEERS, empty, before, after, left);
    assertThat(after.get(ROUNDS - 1)).as("seed %d", seed).isLessThan(before + ALLOWED_OCTETS);
    assertThat(left).as("when all have left, seed %d", seed).isLessThan(empty + ALLOWED_TO_STAY);
  }

  private int size() {
    try {
      return Deadline.await(speaker.learned().size(FAMILY));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }
}
