package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.BgpTypes.ListenAddress;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.BmpConfig;
import dev.bugle.bgp.BmpTable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code speaker.bmp:}, the station that hears what the sessions say (RFC 7854). */
final class BmpSection {

  static final Key<ListenAddress> STATION =
      Key.required(
          "station",
          Types.scalar("an address and a port such as 192.0.2.9:11019", BmpSection::station),
          "Where the station listens; this side connects, and tries again when it is not there.");

  static final Key<String> SYS_NAME =
      Key.withDefault(
          "sys-name",
          Types.word("a name of at most 255 characters without spaces", "[!-~]{1,255}"),
          "bugle",
          "The name that this speaker gives itself.");

  static final Key<List<BmpTable>> VIEWS =
      Key.optional(
          "views",
          Types.oneOrMore(Types.choice(views())),
          "What the station is told of: what the peers announce, and what they are told, as on the"
              + " wire; without it, both. For a station that comes later, the peers are asked for"
              + " their routes again.");

  static final Key<Duration> STATISTICS =
      Key.optional(
          "statistics",
          Types.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "The time between two reports of statistics; without it, none are sent.");

  static final Key<Long> LONGEST_BACKLOG =
      Key.withDefault(
          "longest-backlog",
          Types.number("a number of octets", 1 << 17, Integer.MAX_VALUE),
          String.valueOf(64 << 20),
          "How many octets wait for a station that does not read, before its connection is dropped"
              + " and the next one begins with the whole state.");

  static final Type<BmpConfig> TYPE =
      new Section<>(
          "a BMP station",
          List.of(STATION, SYS_NAME, VIEWS, STATISTICS, LONGEST_BACKLOG),
          BmpSection::make);

  private BmpSection() {}

  /** Those that need no routing table, which this program does not have. */
  private static Map<String, BmpTable> views() {
    Map<String, BmpTable> words = new LinkedHashMap<>();
    words.put("adj-rib-in-pre-policy", BmpTable.ADJ_RIB_IN_PRE_POLICY);
    words.put("adj-rib-out-post-policy", BmpTable.ADJ_RIB_OUT_POST_POLICY);
    return words;
  }

  private static ListenAddress station(String text) {
    ListenAddress station = BgpTypes.listen(text);
    if (station.address().isUnspecified() || station.address().isMulticast()) {
      throw new IllegalArgumentException(
          "found " + text + "; expected the address of a host, and a port");
    }
    return station;
  }

  private static BmpConfig make(Values values) {
    ListenAddress station = values.get(STATION);
    List<BmpTable> views = values.find(VIEWS).orElse(List.copyOf(views().values()));
    if (views.isEmpty()) {
      values.at(VIEWS).fault("found an empty list; for no BMP station leave out bmp");
    }
    return BmpConfig.to(station.address().toString(), station.port())
        .withSysName(values.get(SYS_NAME))
        .withTables(views.isEmpty() ? EnumSet.noneOf(BmpTable.class) : EnumSet.copyOf(views))
        .withStatistics(values.find(STATISTICS).orElse(Duration.ZERO))
        .withLongestBacklog(Math.toIntExact(values.get(LONGEST_BACKLOG)));
  }
}
