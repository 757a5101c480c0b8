package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;

/** An item of {@code vips:}, one address to announce. */
final class VipSection {

  static final Key<Prefix> PREFIX =
      Key.required("prefix", BgpTypes.HOST_ROUTE, "The address, as /32 or /128.");

  static final Key<String> LEADERSHIP =
      Key.required(
          "leadership",
          Types.TEXT,
          "The leadership that it takes to announce it: a name under leadership, or always.");

  static final Key<List<String>> COMMUNITIES =
      Key.optional(
          "communities",
          Types.oneOrMore(BgpTypes.COMMUNITY),
          "Communities of all three kinds: 65001:100 or a well-known name such as no-export;"
              + " large ones as 65001:1:2; extended ones as rt:65001:7.");

  static final Key<Long> LOCAL_PREF =
      Key.optional("local-pref", BgpTypes.UNSIGNED_32, "LOCAL_PREF, for peers of the same AS.");

  static final Key<Long> MED =
      Key.optional("med", BgpTypes.UNSIGNED_32, "MULTI_EXIT_DISC; the lower is preferred.");

  static final Key<Long> PREPEND =
      Key.withDefault(
          "prepend",
          BgpTypes.PREPEND,
          "0",
          "How many more times this AS is put into the path, to make it less preferred.");

  static final Key<IpAddress> NEXT_HOP =
      Key.optional("next-hop", BgpTypes.NEXT_HOP, "The next hop; without it, that of the peer.");

  static final Section<Vip> TYPE =
      new Section<>(
          "a VIP",
          List.of(PREFIX, LEADERSHIP, COMMUNITIES, LOCAL_PREF, MED, PREPEND, NEXT_HOP),
          VipSection::make);

  private VipSection() {}

  private static Vip make(Values values) {
    Prefix prefix = values.get(PREFIX);
    Route.Builder route = Route.to(prefix).prepend(Math.toIntExact(values.get(PREPEND)));
    values
        .find(COMMUNITIES)
        .ifPresent(communities -> route.communities(communities.toArray(String[]::new)));
    values.find(LOCAL_PREF).ifPresent(route::localPref);
    values.find(MED).ifPresent(route::med);
    values
        .find(NEXT_HOP)
        .ifPresent(
            nextHop -> {
              if (nextHop.isIpv4() != prefix.address().isIpv4()) {
                values
                    .at(NEXT_HOP)
                    .fault(
                        "found "
                            + nextHop
                            + "; expected an address of the same family as the prefix, "
                            + prefix);
              }
              route.nextHop(nextHop.toString());
            });
    return new Vip(route.build(), values.get(LEADERSHIP));
  }
}
