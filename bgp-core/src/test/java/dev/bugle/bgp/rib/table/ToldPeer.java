package dev.bugle.bgp.rib.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A peer that is told of an IPv4 table, and believes what it is told. */
final class ToldPeer {

  static final AddressFamily FAMILY = AddressFamily.IPV4_UNICAST;
  private static final int NEXT_HOP = 3;

  private final PathSource source;
  private final boolean external;
  private final boolean several;
  private final boolean marked;
  final Map<Nlri, Path> known = new HashMap<>();

  /** Like {@code 203.0.113.0/24} or {@code -203.0.113.0/24}; marks as they print. */
  final List<String> heard = new ArrayList<>();

  private boolean left;
  PeerTerms terms;
  Recipient recipient;

  private ToldPeer(PathSource source, RoutePolicy policy, boolean several, boolean marked) {
    this.source = source;
    this.external = source.kind() == PathSource.Kind.EXTERNAL;
    this.several = several;
    this.marked = marked;
    this.terms = termsWith(policy);
  }

  static ToldPeer joining(
      RoutingTable table, PathSource source, RoutePolicy policy, boolean several, boolean marked) {
    ToldPeer peer = new ToldPeer(source, policy, several, marked);
    peer.recipient = table.dissemination().join(peer.terms, source);
    return peer;
  }

  private PeerTerms termsWith(RoutePolicy policy) {
    PolicyPeer peer = new PolicyPeer(source.address(), source.asn());
    IpAddress own = IpAddress.parse("192.0.2.254");
    Set<AddressFamily> identified = several ? Set.of(FAMILY) : Set.of();
    OwnAs as = OwnAs.of(65000);
    PeerKind kind = external ? PeerKind.EXTERNAL : PeerKind.INTERNAL;
    return new PeerTerms(
        new Export(peer, policy, as, kind, false, Map.of(FAMILY, own)),
        new Propagation(
            FAMILY,
            kind,
            Optional.of(policy.forPeer(peer)),
            Optional.empty(),
            new NextHopChoice(
                NextHopRule.USUAL, Optional.of(own), Set.of(), NextHops.ALL_REACHABLE),
            new Propagation.Own(as, Ipv4Address.parse("192.0.2.254")),
            Set.of()),
        CodecContext.INITIAL
            .withNlriCodecs(Families.ALL)
            .withFourOctetAs(true)
            .withExternal(external)
            .withEnhancedRouteRefresh(marked)
            .withSent(Direction.INITIAL.withPathIdentifiers(identified)));
  }

  PathSource source() {
    return source;
  }

  boolean takesSeveral() {
    return several;
  }

  /** The session is over; once. */
  void leave() {
    if (!left) {
      left = true;
      recipient.leave();
    }
  }

  void refit(RoutePolicy policy) {
    terms = termsWith(policy);
    recipient.refit(terms);
  }

  /** Returns what there is to tell at once, or only withdrawals. */
  void hear(boolean mayAnnounce) {
    int rounds = 0;
    while (recipient.hasNext(mayAnnounce)) {
      hear(recipient.next(mayAnnounce));
      assertThat(rounds++).as("has an end").isLessThan(10_000);
    }
  }

  void hearAll() {
    hear(true);
  }

  void hear(Parcel parcel) {
    parcel.before().forEach(mark -> heard.add(mark.toString()));
    for (PackedUpdates packed : parcel.updates()) {
      ByteBuf bytes = packed.bytes();
      while (bytes.isReadable()) {
        Message message = MessageCodec.decodeNext(bytes, terms.codec().mirrored()).orElseThrow();
        hear((UpdateMessage) message);
      }
      packed.release();
    }
    parcel.after().forEach(mark -> heard.add(mark.toString()));
  }

  private void hear(UpdateMessage update) {
    assertThat(update.faults()).isEmpty();
    for (Nlri gone : update.withdrawn().getOrDefault(FAMILY, List.of())) {
      assertThat(known.remove(gone)).as("%s was told before it was withdrawn", gone).isNotNull();
      heard.add("-" + gone);
    }
    for (Nlri nlri : update.announced().getOrDefault(FAMILY, List.of())) {
      PathAttributes attributes = update.attributes();
      Optional<IpAddress> nextHop = attributes.get(NextHop.class).map(NextHop::address);
      known.put(nlri, new Path(attributes.without(NEXT_HOP), nextHop));
      heard.add(nlri.toString());
    }
  }
}
