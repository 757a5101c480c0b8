package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.Imported;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.NextHopChoice;
import dev.bugle.bgp.rib.table.NextHopRule;
import dev.bugle.bgp.rib.table.NextHops;
import dev.bugle.bgp.rib.table.Parcel;
import dev.bugle.bgp.rib.table.PathPool;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.PeerTerms;
import dev.bugle.bgp.rib.table.Propagation;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes to the event loop of a session with a minimum route advertisement interval. */
class DeliveryTest {

  private static final AddressFamily FAMILY = AddressFamily.IPV4_UNICAST;
  private static final IpAddress OWN = IpAddress.parse("192.0.2.254");

  private final List<Delivery.Batch> batches = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final RoutingTables tables =
      new RoutingTables(
          RoutingTableConfig.STANDARD, SpeakerConfig.builder(65000, "192.0.2.254").build(), 7);
  private final RoutingTable table = tables.of(FAMILY);
  private final PathPool feed = new PathPool(source(1));
  private final Delivery delivery = new Delivery(tables, batches::add, failures::add);

  @AfterEach
  void release() {
    delivery.end();
    for (Delivery.Batch batch : batches) {
      batch.parcels().values().stream()
          .flatMap(parcel -> parcel.updates().stream())
          .forEach(PackedUpdates::release);
    }
  }

  private static PathSource source(int number) {
    return new PathSource(
        PathSource.Kind.EXTERNAL,
        IpAddress.parse("192.0.2." + number),
        Ipv4Address.parse("192.0.2." + number),
        65000 + number);
  }

  private static SessionTerms terms(PathSource peer) {
    PolicyPeer asked = new PolicyPeer(peer.address(), peer.asn());
    OwnAs as = OwnAs.of(65000);
    return new SessionTerms(
        Map.of(
            FAMILY,
            new PeerTerms(
                new Export(
                    asked,
                    RoutePolicy.ACCEPT_ALL,
                    as,
                    PeerKind.EXTERNAL,
                    false,
                    Map.of(FAMILY, OWN)),
                new Propagation(
                    FAMILY,
                    PeerKind.EXTERNAL,
                    Optional.of(RoutePolicy.ACCEPT_ALL),
                    Optional.empty(),
                    new NextHopChoice(
                        NextHopRule.USUAL, Optional.of(OWN), Set.of(), NextHops.ALL_REACHABLE),
                    new Propagation.Own(as, Ipv4Address.parse("192.0.2.254")),
                    Set.of()),
                CodecContext.INITIAL.withFourOctetAs(true))));
  }

  /** With so many communities that a few thousand are more than waits for a socket. */
  private void announce(int number, int version) {
    List<Community> communities = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      communities.add(new Community(number * 1000 + version * 100 + i));
    }
    LearnedPath.Content content =
        new LearnedPath.Content(
            PathAttributes.of(Origin.IGP, AsPath.sequence(65001L), new Communities(communities)),
            Optional.of(IpAddress.parse("192.0.2.1")),
            0);
    table.announce(
        new Prefix(new Ipv4Address(number << 8), 24), feed, content, Imported.unchanged(content));
  }

  private void step() {
    boolean unused = delivery.step();
    table.dissemination().trim();
  }

  private boolean announces(Delivery.Batch batch) {
    return batch.parcels().values().stream().anyMatch(Parcel::announces);
  }

  @Test
  void theIntervalBeginsAlsoWhenTheRestOfTheBatchHasChangedAgain() {
    delivery.begin(terms(source(9)), source(9), true);
    step();
    batches.clear();
    int count = 5000;
    for (int i = 0; i < count; i++) {
      announce(i, 0);
    }
    step();
    Delivery.Batch first = batches.get(batches.size() - 1);
    assertThat(announces(first)).isTrue();
    assertThat(first.beginsInterval()).as("the socket is full before the batch is told").isFalse();
    int left = first.pending();
    assertThat(left).isBetween(1, count - 1);

    for (int i = count - left; i < count; i++) {
      announce(i, 1);
    }
    batches.forEach(batch -> delivery.written(batch.octets()));
    int before = batches.size();
    step();

    assertThat(batches.subList(before, batches.size()))
        .extracting(Delivery.Batch::beginsInterval)
        .containsExactly(true);
    delivery.goOn();
    step();
    assertThat(announces(batches.get(batches.size() - 1))).as("the next interval").isTrue();
    assertThat(failures).isEmpty();
  }
}
