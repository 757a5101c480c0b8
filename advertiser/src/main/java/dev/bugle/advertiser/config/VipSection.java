package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An item of {@code vips:}, one address to announce. */
final class VipSection {

  static final Key<String> NAME =
      Key.optional(
              "name",
              Types.word(
                  "a name of at most 63 letters, digits, dots, dashes and underscores",
                  CrossChecks.NAME),
              "What it is called; without it, the prefix. Needed where two have the same prefix.")
          .example("api");

  static final Key<Prefix> PREFIX =
      Key.required(
          "prefix",
          BgpTypes.DESTINATION,
          "The address, as /32 or /128, or a prefix of any length.");

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

  static final Key<Duration> DRAIN_TIME =
      Key.optional("drain-time", DrainSection.DRAIN_TIME, "Instead of drain.time, for this VIP.");

  static final Section<Draft> TYPE = new Section<>("a VIP", keys(), VipSection::make);

  /**
   * One whose drain time may be that of the others.
   *
   * @param vip that is drained at once
   * @param drainTime of its own
   * @param peers those that it names
   */
  record Draft(Vip vip, Optional<Duration> drainTime, List<PeerChoice> peers) {
    Vip complete(Duration usual) {
      return new Vip(vip.name(), vip.route(), vip.audience(), vip.needs(), drainTime.orElse(usual));
    }
  }

  private VipSection() {}

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(List.of(NAME, PREFIX));
    keys.addAll(VipNeedsKeys.ALL);
    keys.addAll(List.of(COMMUNITIES, LOCAL_PREF, MED, PREPEND, NEXT_HOP));
    keys.addAll(VipAudienceKeys.ALL);
    keys.add(DRAIN_TIME);
    return keys;
  }

  private static Draft make(Values values) {
    Prefix prefix = values.get(PREFIX);
    values
        .written(AddressKeys.BIND)
        .filter(at -> prefix.length() != prefix.address().bitLength())
        .ifPresent(
            at ->
                at.fault(
                    prefix
                        + " is no single address, so no interface can have it; remove this, or make"
                        + " the prefix /"
                        + prefix.address().bitLength()));
    Vip vip =
        new Vip(
            values.find(NAME).orElse(prefix.toString()),
            route(prefix, values),
            VipAudienceKeys.audience(values),
            VipNeedsKeys.needs(values),
            Duration.ZERO);
    return new Draft(vip, values.find(DRAIN_TIME), VipAudienceKeys.named(values));
  }

  private static Route route(Prefix prefix, Values values) {
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
    return route.build();
  }
}
