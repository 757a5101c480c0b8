package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Located;
import dev.bugle.advertiser.config.yaml.Spelling;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.vip.Vip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can only be judged of VIPs by looking at other sections, and at each other. */
final class VipChecks {

  private final Values root;
  private final List<Located<VipSection.Draft>> vips;

  VipChecks(Values root) {
    this.root = root;
    this.vips = root.find(RootSection.VIPS).orElse(List.of());
  }

  void run() {
    refuseRepeated();
    checkLeaderships();
    checkHealth();
    checkPeers();
  }

  private void refuseRepeated() {
    Map<String, Cursor> seen = new HashMap<>();
    for (Located<VipSection.Draft> vip : vips) {
      String name = vip.value().vip().name();
      Cursor first = seen.putIfAbsent(name, vip.at());
      if (first != null) {
        vip.at()
            .entry(VipSection.NAME.name())
            .orElse(vip.at().child(VipSection.PREFIX.name()))
            .fault(
                "found "
                    + name
                    + " again, after "
                    + first
                    + "; remove one of them, or give one another name");
      }
    }
  }

  private void checkLeaderships() {
    List<String> declared = CrossChecks.names(root, RootSection.LEADERSHIP, Vip.ALWAYS);
    for (Located<VipSection.Draft> vip : vips) {
      String name = vip.value().vip().leadership();
      if (!name.equals(Vip.ALWAYS) && !declared.contains(name)) {
        vip.at()
            .child(VipNeedsKeys.LEADERSHIP.name())
            .fault(CrossChecks.unknown(name, "leadership", declared, Vip.ALWAYS));
      }
    }
  }

  private void checkHealth() {
    List<String> declared = CrossChecks.names(root, RootSection.HEALTH);
    for (Located<VipSection.Draft> vip : vips) {
      for (String name : vip.value().vip().needs().health()) {
        if (!declared.contains(name)) {
          vip.at()
              .child(VipNeedsKeys.HEALTH.name())
              .fault(
                  "found '"
                      + name
                      + "', which is not under health"
                      + Spelling.hint(name, declared)
                      + "; name one that is, or declare it there");
        }
      }
    }
  }

  /** Names of peers are only compared where all peers could be read. */
  private void checkPeers() {
    List<String> known = new ArrayList<>();
    root.find(RootSection.PEERS)
        .ifPresent(
            all -> all.forEach(one -> known.add(one.value().bgp().peerAddress().toString())));
    root.find(RootSection.DYNAMIC_PEERS)
        .ifPresent(all -> all.forEach(one -> known.add(one.value().range().toString())));
    long written =
        Stream.<Key<?>>of(RootSection.PEERS, RootSection.DYNAMIC_PEERS)
            .mapToLong(key -> root.written(key).map(at -> at.items().size()).orElse(0))
            .sum();
    if (known.size() < written) {
      return;
    }
    for (Located<VipSection.Draft> vip : vips) {
      for (PeerChoice peer : vip.value().peers()) {
        if (!known.contains(peer.name())) {
          vip.at()
              .fault(
                  "found "
                      + peer
                      + ", which is neither under peers nor under dynamic-peers"
                      + Spelling.hint(peer.name(), known)
                      + "; name one of those, or remove it");
        }
      }
    }
  }
}
