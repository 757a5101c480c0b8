package dev.bugle.bgp.bmp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What was counted of a peer (RFC 7854 §4.8).
 *
 * @param peer of whom
 * @param statistics the numbers
 */
public record StatisticsReport(BmpPeer peer, List<Statistic> statistics) implements BmpMessage {

  static final int TYPE = 1;

  /** Copies the list. */
  public StatisticsReport {
    statistics = List.copyOf(statistics);
  }

  static StatisticsReport decode(BmpFields fields) throws MalformedBmpException {
    BmpPeer peer = BmpPeer.decode(fields);
    long count = fields.fourOctets("the count of statistics");
    List<Statistic> statistics = new ArrayList<>();
    for (long i = 0; i < count; i++) { // each takes octets that are there, or ends it
      int type = fields.twoOctets("statistic " + i + " of " + count);
      int length = fields.twoOctets("statistic " + i + " of " + count);
      statistics.add(new Statistic(type, fields.octets(length, "a statistic of type " + type)));
    }
    fields.requireEnd();
    return new StatisticsReport(peer, statistics);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    peer.encode(out);
    out.writeInt(statistics.size());
    for (Statistic one : statistics) {
      out.writeShort(one.type()).writeShort(one.value().length());
      one.value().writeTo(out);
    }
  }

  /** Like {@code Statistics 192.0.2.254 AS 65000 …: [15: 3]}. */
  @Override
  public String toString() {
    return "Statistics " + peer + ": " + statistics;
  }
}
