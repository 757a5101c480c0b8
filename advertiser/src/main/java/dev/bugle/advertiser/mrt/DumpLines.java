package dev.bugle.advertiser.mrt;

import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.mrt.Bgp4mpMessage;
import dev.bugle.bgp.mrt.Bgp4mpSession;
import dev.bugle.bgp.mrt.Bgp4mpStateChange;
import dev.bugle.bgp.mrt.MrtBody;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.MrtTime;
import dev.bugle.bgp.mrt.OpaqueBody;
import dev.bugle.bgp.mrt.PeerIndexTable;
import dev.bugle.bgp.mrt.RibEntry;
import dev.bugle.bgp.mrt.RibRecord;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The entries of the records of one file, in their order: a record of a table has one for each
 * route, every other record is one. For one thread.
 */
public final class DumpLines {

  private Optional<PeerIndexTable> peers = Optional.empty();

  /** At the beginning of a file. */
  public DumpLines() {}

  /** The entries of the next record. */
  public List<DumpLine> of(MrtRecord record) {
    MrtBody body = record.body();
    if (body instanceof PeerIndexTable table) {
      peers = Optional.of(table);
      return List.of(table(record, table));
    }
    if (body instanceof RibRecord rib) {
      return rib.entries().stream().map(entry -> route(record.time(), rib, entry)).toList();
    }
    if (body instanceof Bgp4mpMessage message) {
      return List.of(message(record, message));
    }
    if (body instanceof Bgp4mpStateChange change) {
      return List.of(stateChange(record, change));
    }
    return List.of(opaque(record, (OpaqueBody) body));
  }

  private static Json.Builder begin(MrtTime time, String kind) {
    return Json.object().put("time", time.toString()).put("record", kind);
  }

  private static DumpLine table(MrtRecord record, PeerIndexTable table) {
    Json json =
        begin(record.time(), "peer-index-table")
            .put("collector", table.collector().toString())
            .put("view", table.view().toUtf8())
            .put("peers", Json.list(table.peers(), DumpLines::peer))
            .build();
    return new DumpLine(record.toString(), json);
  }

  private static Json peer(PeerIndexTable.Peer peer) {
    return Json.object()
        .put("address", peer.address().toString())
        .put("asn", peer.asn())
        .put("identifier", peer.identifier().toString())
        .build();
  }

  private DumpLine route(MrtTime time, RibRecord rib, RibEntry entry) {
    Optional<PeerIndexTable.Peer> from =
        peers
            .map(PeerIndexTable::peers)
            .filter(known -> entry.peer() < known.size())
            .map(known -> known.get(entry.peer()));
    StringBuilder text = new StringBuilder();
    text.append(time).append(' ').append(rib.family()).append(' ').append(rib.destination());
    entry.pathIdentifier().ifPresent(path -> text.append(" path ").append(path));
    text.append(" from ")
        .append(from.map(PeerIndexTable.Peer::toString).orElse("peer " + entry.peer()))
        .append(": ")
        .append(entry.attributes());
    entry.faults().forEach(fault -> text.append("; ").append(fault));
    Json.Builder json =
        begin(time, "route")
            .put("family", rib.family().toString())
            .put("prefix", rib.destination().toString());
    entry.pathIdentifier().ifPresent(path -> json.put("pathId", path));
    json.put("peerIndex", entry.peer())
        .put("peer", from, DumpLines::peer)
        .put("originated", Instant.ofEpochSecond(entry.originated()).toString());
    attributes(json, entry.attributes(), entry.nextHop());
    json.put("faults", Json.list(entry.faults(), fault -> Json.of(fault.toString())));
    return new DumpLine(text.toString(), json.build());
  }

  private static void attributes(
      Json.Builder json, PathAttributes attributes, Optional<IpAddress> nextHop) {
    List<Object> communities = new ArrayList<>();
    List.<Collection<?>>of(
            attributes.communities(),
            attributes.largeCommunities(),
            attributes.extendedCommunities())
        .forEach(communities::addAll);
    json.put("nextHop", nextHop.map(IpAddress::toString), Json::of)
        .put("origin", attributes.get(Origin.class).map(Origin::toString), Json::of)
        .put("asPath", attributes.get(AsPath.class).map(AsPath::toString), Json::of)
        .put("localPref", attributes.get(LocalPref.class).map(LocalPref::value), Json::of)
        .put("med", attributes.get(MultiExitDisc.class).map(MultiExitDisc::value), Json::of)
        .put("communities", Json.list(communities, one -> Json.of(one.toString())))
        .put("attributes", attributes.toString());
  }

  private static Json.Builder session(MrtRecord record, String kind, Bgp4mpSession session) {
    return begin(record.time(), kind)
        .put("peer", session.peer().toString())
        .put("peerAs", session.peerAs())
        .put("local", session.local().toString())
        .put("localAs", session.localAs());
  }

  private static DumpLine message(MrtRecord record, Bgp4mpMessage message) {
    Json.Builder json =
        session(record, "message", message.session())
            .put("sentBy", message.form().isLocal() ? "local" : "peer")
            .put("octets", message.octets().toString());
    try {
      json.put("message", message.message().toString());
    } catch (BgpException fault) {
      json.put("fault", fault.found());
    }
    return new DumpLine(record.toString(), json.build());
  }

  private static DumpLine stateChange(MrtRecord record, Bgp4mpStateChange change) {
    Json json =
        session(record, "state-change", change.session())
            .put("from", Bgp4mpStateChange.stateName(change.from()))
            .put("to", Bgp4mpStateChange.stateName(change.to()))
            .build();
    return new DumpLine(record.toString(), json);
  }

  private static DumpLine opaque(MrtRecord record, OpaqueBody body) {
    Json json =
        begin(record.time(), "other")
            .put("type", body.type())
            .put("subtype", body.subtype())
            .put("octets", body.octets().toString())
            .build();
    return new DumpLine(record.toString(), json);
  }
}
