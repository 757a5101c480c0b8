package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A speaker with a routing table at 127.0.0.1, which learns from plain sockets at 127.0.0.2. */
final class Learner implements AutoCloseable {

  static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;

  private static final String PEER = "127.0.0.2";

  final BgpSpeaker speaker;

  Learner() {
    this(config -> config);
  }

  /** One whose speaker is configured further. */
  Learner(UnaryOperator<SpeakerConfig.Builder> more) {
    SpeakerConfig.Builder config =
        SpeakerConfig.builder(65000, "192.0.2.254")
            .listen("127.0.0.1", 0)
            .routingTable(RoutingTableConfig.STANDARD);
    speaker = BgpSpeaker.open(more.apply(config).build());
  }

  /** One that only the peer begins, in another AS, and all of whose routes are accepted. */
  static PeerConfig.Builder config() {
    return PeerConfig.builder(PEER, 65002)
        .passive(true)
        .families(IPV4)
        .importPolicy(RoutePolicy.ACCEPT_ALL);
  }

  /** A session that stands; the peer has these capabilities beside the usual ones. */
  RawPeer connect(Capability... more) throws IOException {
    List<Capability> capabilities =
        new ArrayList<>(
            List.of(new MultiprotocolCapability(IPV4), new FourOctetAsCapability(65002)));
    capabilities.addAll(List.of(more));
    RawPeer raw = silent();
    raw.send(
        new OpenMessage(65002, 90, Ipv4Address.parse("192.0.2.2"), capabilities),
        CodecContext.INITIAL);
    raw.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    return raw;
  }

  /** A connection on which the peer has said nothing yet. */
  RawPeer silent() throws IOException {
    return RawPeer.connect(PEER, speaker.listenAddresses().get(0));
  }

  static CodecContext context() {
    return CodecContext.INITIAL.withFourOctetAs(true);
  }

  static void announce(RawPeer raw, String prefix, Community... communities) throws IOException {
    raw.send(
        new UpdateMessage(List.of(), attributes(communities), List.of(Prefix.parse(prefix))),
        context());
  }

  /** As one path of several. */
  static void announcePath(RawPeer raw, String prefix, long identifier) throws IOException {
    raw.send(
        new UpdateMessage(
            List.of(),
            attributes(Community.of(65002, (int) identifier)),
            List.of(new PathNlri(identifier, Prefix.parse(prefix)))),
        context().withSent(context().sent().withPathIdentifiers(Set.of(IPV4))));
  }

  static void endOfRib(RawPeer raw) throws IOException {
    raw.send(UpdateMessage.endOfRib(IPV4), context());
  }

  private static PathAttributes attributes(Community... communities) {
    PathAttributes attributes =
        PathAttributes.of(
            Origin.IGP, AsPath.sequence(65002L), new NextHop(Ipv4Address.parse(PEER)));
    return communities.length == 0
        ? attributes
        : attributes.with(new Communities(List.of(communities)));
  }

  List<KnownPath> paths(String prefix) {
    try {
      return Deadline.await(speaker.learned().paths(IPV4, Prefix.parse(prefix)));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  boolean has(String prefix) {
    return paths(prefix).stream().anyMatch(KnownPath::isBest);
  }

  boolean hasCommunity(String prefix, Community community) {
    return paths(prefix).stream()
        .anyMatch(known -> known.path().attributes().communities().contains(community));
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + Deadline.LIMIT + ": " + what);
      }
      Deadline.pause();
    }
  }

  static void awaitDown(Peer peer) {
    await("the end of the session", () -> peer.status().state() != SessionState.ESTABLISHED);
  }

  @Override
  public void close() {
    speaker.close();
  }
}
