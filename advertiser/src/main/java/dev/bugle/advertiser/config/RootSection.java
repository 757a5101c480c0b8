package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Located;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole file. */
final class RootSection {

  static final Key<SpeakerSection.Speaker> SPEAKER =
      Key.required("speaker", SpeakerSection.TYPE, "This side of every session.");

  static final Key<List<Located<PeerSection.Draft>>> PEERS =
      Key.requiredUnless(
          "dynamic-peers",
          "peers",
          Types.listOf(Types.located(PeerSection.TYPE)),
          "The routers that the VIPs are announced to; may be left out where there are"
              + " dynamic-peers.");

  static final Key<List<Located<DynamicPeersConfig>>> DYNAMIC_PEERS =
      Key.optional(
          "dynamic-peers",
          Types.listOf(Types.located(DynamicPeersSection.TYPE)),
          "Ranges of addresses from which any router may connect and get the VIPs; needs"
              + " speaker.listen.");

  static final Key<Map<String, BfdProfileSection.Wishes>> BFD =
      Key.optional("bfd", BfdSection.TYPE, "How the paths to the peers can be watched.");

  static final Key<Map<String, RoutePolicy>> POLICIES =
      Key.optional(
          "policies",
          Types.mapOf(PolicySection.TYPE),
          "Rules of which VIPs a router is told, and how, each under a name of your choice that"
              + " peers can use.");

  static final Key<Map<String, Located<ElectorConfig>>> LEADERSHIP =
      Key.optional(
          "leadership",
          Types.mapOf(Types.located(ElectorSection.TYPE)),
          "The elections that VIPs can name, each under a name of your choice.");

  static final Key<Map<String, Located<HealthCheckConfig>>> HEALTH =
      Key.optional(
          "health",
          Types.mapOf(Types.located(HealthSection.TYPE)),
          "The checks that VIPs can name, each under a name of your choice.");

  static final Key<AdminConfig> ADMIN =
      Key.optional(
          "admin",
          AdminSection.TYPE,
          "Where this program can be watched and steered; off: nowhere. Without it, on"
              + " 127.0.0.1:9179, unless that is taken.");

  static final Key<DrainConfig> DRAIN =
      Key.optional("drain", DrainSection.TYPE, "How VIPs are taken out of service.");

  static final Key<List<Located<VipSection.Draft>>> VIPS =
      Key.requiredUnless(
          "sources",
          "vips",
          Types.listOf(Types.located(VipSection.TYPE)),
          "The addresses to announce; may be left out where there are sources.");

  static final Key<Map<String, VipSourceConfig>> SOURCES =
      Key.optional(
          "sources",
          Types.mapOf(SourceSection.TYPE),
          "Who else says what to announce, while the program runs, each under a name of your"
              + " choice that the names of its VIPs begin with.");

  static final Section<AdvertiserConfig> TYPE =
      new Section<>(
          "a mapping",
          List.of(
              SPEAKER,
              BFD,
              POLICIES,
              PEERS,
              DYNAMIC_PEERS,
              LEADERSHIP,
              HEALTH,
              DRAIN,
              VIPS,
              SOURCES,
              AddressKeys.LEDGER,
              ADMIN),
          RootSection::make);

  private RootSection() {}

  /** Unlike any other section it looks on across its parts when one of them is faulty. */
  static Optional<AdvertiserConfig> read(Cursor root) {
    Values values = TYPE.readValues(root);
    new CrossChecks(values).run();
    return root.isFaultless() ? Optional.of(make(values)) : Optional.empty();
  }

  private static AdvertiserConfig make(Values values) {
    SpeakerSection.Speaker speaker = values.get(SPEAKER);
    Map<String, ElectorConfig> electors = new TreeMap<>();
    values.find(LEADERSHIP).ifPresent(all -> all.forEach((k, v) -> electors.put(k, v.value())));
    Map<String, BfdProfileSection.Wishes> profiles = values.find(BFD).orElse(Map.of());
    Map<String, RoutePolicy> policies = values.find(POLICIES).orElse(Map.of());
    DrainConfig drain = values.find(DRAIN).orElse(DrainConfig.DEFAULT);
    Map<String, HealthCheckConfig> checks = new TreeMap<>();
    values.find(HEALTH).ifPresent(all -> all.forEach((k, v) -> checks.put(k, v.value())));
    HostConfig host =
        new HostConfig(
            checks, drain.maintenanceFile(), values.get(AddressKeys.LEDGER), values.find(ADMIN));
    return new AdvertiserConfig(
        speaker.config(),
        speaker.onStop(),
        values.find(PEERS).orElse(List.of()).stream()
            .map(peer -> peer.value().complete(profiles, policies))
            .toList(),
        values.find(DYNAMIC_PEERS).orElse(List.of()).stream().map(Located::value).toList(),
        electors,
        values.find(VIPS).orElse(List.of()).stream()
            .map(vip -> vip.value().complete(drain.time()))
            .toList(),
        values.find(SOURCES).orElse(Map.of()),
        host);
  }
}
