package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.BmpTlv;
import dev.bugle.bgp.bmp.PeerUp;
import dev.bugle.bgp.bmp.RouteMonitoring;
import dev.bugle.bgp.bmp.Statistic;
import dev.bugle.bgp.bmp.StatisticsReport;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What the station is told of the routing table (RFC 9069): the best paths of unicast of both
 * families. What it does not read waits in the table's own list of changes, by destination. On the
 * event loop of the station.
 */
final class BmpLocRib {

  private static final List<AddressFamily> FAMILIES =
      List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);

  private final RoutingTables tables;
  private final SpeakerConfig speaker;
  private final CodecContext context;
  private final List<PeerSubscription> subscriptions = new ArrayList<>();

  BmpLocRib(RoutingTables tables, SpeakerConfig speaker) {
    this.tables = tables;
    this.speaker = speaker;
    Direction any =
        Direction.INITIAL
            .withLongestMessage(Direction.MAX_EXTENDED_MESSAGE_LENGTH)
            .withExtendedNextHop(Set.of(AddressFamily.IPV4_UNICAST));
    this.context =
        CodecContext.INITIAL
            .withFourOctetAs(true)
            .withExternal(false)
            .withSent(any)
            .withReceived(any)
            .withCodecs(speaker.codecs());
  }

  private BmpPeer peer() {
    return BmpPeer.locRib(speaker.asn(), speaker.routerId(), BmpPeer.micros(Instant.now()));
  }

  /** There is a station, which knows nothing yet. */
  void begin(BmpLink link) {
    Bytes open = open();
    link.send(
        new PeerUp(
            peer(),
            PeerUp.Ends.NONE,
            open,
            open,
            List.of(BmpTlv.text(PeerUp.TABLE_NAME, "global"))));
    RoutingView view = new RoutingView(tables);
    for (AddressFamily family : FAMILIES) {
      Telling telling = new Telling(family, link);
      subscriptions.add(view.follow(family, telling, telling::tell));
      tables.execute(
          () ->
              tables
                  .selection()
                  .whenBegun(family, () -> link.paced().execute(telling::snapshotTaken)));
    }
  }

  /** RFC 9069 §5.2: an OPEN that nobody has sent, with what matters for reading the routes. */
  private Bytes open() {
    List<Capability> capabilities = new ArrayList<>();
    FAMILIES.forEach(family -> capabilities.add(new MultiprotocolCapability(family)));
    capabilities.add(new FourOctetAsCapability(speaker.asn()));
    int asn = Asn.fitsTwoOctets(speaker.asn()) ? (int) speaker.asn() : Asn.AS_TRANS;
    return bytes(new OpenMessage(asn, 0, speaker.routerId(), capabilities));
  }

  private Bytes bytes(Message message) {
    ByteBuf octets = Unpooled.buffer();
    MessageCodec.encode(message, octets, context);
    return Bytes.readAll(octets);
  }

  /** The station is gone. */
  void end() {
    subscriptions.forEach(PeerSubscription::close);
    subscriptions.clear();
  }

  /** It is time for numbers. */
  void report(BmpLink link) {
    RoutingView view = new RoutingView(tables);
    view.size(FAMILIES.get(0))
        .thenCombine(
            view.size(FAMILIES.get(1)),
            (ipv4, ipv6) ->
                List.of(
                    Statistic.gauge(Statistic.LOC_RIB, ipv4 + (long) ipv6),
                    Statistic.gauge(Statistic.LOC_RIB_OF_FAMILY, FAMILIES.get(0), ipv4),
                    Statistic.gauge(Statistic.LOC_RIB_OF_FAMILY, FAMILIES.get(1), ipv6)))
        .thenAccept(numbers -> link.send(new StatisticsReport(peer(), numbers)));
  }

  /** Tells one link of one family; End-of-RIB follows what was best in the beginning. */
  private final class Telling implements Executor {

    private final AddressFamily family;
    private final BmpLink link;
    private final Executor paced;
    private boolean snapshotTaken;
    private boolean complete;
    private int waiting;

    Telling(AddressFamily family, BmpLink link) {
      this.family = family;
      this.link = link;
      this.paced = link.paced();
    }

    @Override
    public void execute(Runnable task) {
      change(1);
      paced.execute(
          () -> {
            task.run(); // which comes again, before it returns, where there is more
            change(-1);
          });
    }

    private synchronized void change(int by) {
      waiting += by;
      tellEnd();
    }

    synchronized void snapshotTaken() {
      snapshotTaken = true;
      tellEnd();
    }

    private void tellEnd() {
      if (snapshotTaken && waiting == 0 && !complete) {
        complete = true;
        link.send(new RouteMonitoring(peer(), bytes(UpdateMessage.endOfRib(family))));
      }
    }

    void tell(BestPath best) {
      List<Nlri> destination = List.of(best.destination());
      link.send(
          new RouteMonitoring(
              peer(),
              bytes(
                  best.path()
                      .map(path -> announced(path, destination))
                      .orElseGet(() -> withdrawn(destination)))));
    }

    private UpdateMessage withdrawn(List<Nlri> destination) {
      return family.equals(AddressFamily.IPV4_UNICAST)
          ? new UpdateMessage(destination, PathAttributes.EMPTY, List.of())
          : new UpdateMessage(
              List.of(), PathAttributes.of(new MpUnreach(family, destination)), List.of());
    }

    private UpdateMessage announced(LearnedPath path, List<Nlri> destination) {
      Optional<Ipv4Address> nextHop =
          path.nextHop()
              .filter(address -> family.equals(AddressFamily.IPV4_UNICAST))
              .filter(Ipv4Address.class::isInstance)
              .map(Ipv4Address.class::cast);
      return nextHop
          .map(
              address ->
                  new UpdateMessage(
                      List.of(), path.attributes().with(new NextHop(address)), destination))
          .orElseGet(
              () ->
                  new UpdateMessage(
                      List.of(),
                      path.attributes().with(MpReach.of(family, path.nextHop(), destination)),
                      List.of()));
    }
  }
}
