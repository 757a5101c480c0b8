package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.LocalAs;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;
import java.util.stream.Stream;

/** An item of {@code dynamic-peers:}, a range of routers that connect to us. */
final class DynamicPeersSection {

  static final Key<Prefix> PREFIX =
      Key.required(
          "prefix",
          BgpTypes.RANGE,
          "The addresses that routers may connect from. One that is in peers is configured there;"
              + " of several ranges the longest counts.");

  static final Key<Long> LIMIT =
      Key.withDefault(
          "limit",
          Types.number("a number of routers", 1, DynamicPeersConfig.MAX_LIMIT),
          String.valueOf(DynamicPeersConfig.DEFAULT_LIMIT),
          "How many routers of the range may be connected at once; more are refused.");

  static final Section<DynamicPeersConfig> TYPE =
      new Section<>("a range of peers", keys(), DynamicPeersSection::make);

  private DynamicPeersSection() {}

  private static List<Key<?>> keys() {
    return Stream.of(
            List.of(
                PREFIX, LIMIT, PeerSection.REMOTE_AS, PeerSection.LOCAL_AS, PeerSection.REPLACE_AS),
            SessionKeys.OFFERED,
            List.of(
                PeerTransportKeys.MULTIHOP,
                PeerTransportKeys.TTL_SECURITY_HOPS,
                PeerTransportKeys.PASSWORD),
            List.of(PeerSection.NEXT_HOP, PeerSection.DESCRIPTION))
        .<Key<?>>flatMap(List::stream)
        .toList();
  }

  private static DynamicPeersConfig make(Values values) {
    PeerSection.checkLocalAs(values);
    PeerSection.checkNextHops(values);
    PeerConfig.Builder template =
        PeerConfig.template(values.get(PeerSection.REMOTE_AS)).passive(true);
    SessionKeys.putOffered(values, template);
    PeerTransportKeys.applyInbound(values, template);
    values
        .find(PeerSection.LOCAL_AS)
        .ifPresent(asn -> template.localAs(new LocalAs(asn, values.get(PeerSection.REPLACE_AS))));
    for (IpAddress nextHop : values.find(PeerSection.NEXT_HOP).orElse(List.of())) {
      template.nextHop(nextHop.toString());
    }
    values.find(PeerSection.DESCRIPTION).ifPresent(template::description);
    return new DynamicPeersConfig(
        values.get(PREFIX), template.build(), Math.toIntExact(values.get(LIMIT)));
  }
}
