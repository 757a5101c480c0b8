package dev.bugle.advertiser;

import dev.bugle.advertiser.ReloadReport.Kind;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.DynamicPeers;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.wire.Prefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ranges of addresses that routers may connect from. One thread at a time. */
final class Ranges {

  private static final String SECTION = "dynamic-peers";

  private final BgpSpeaker speaker;
  private final PeerListener watch;
  private final Map<Prefix, DynamicPeers> ranges = new LinkedHashMap<>();

  Ranges(BgpSpeaker speaker, PeerListener watch) {
    this.speaker = speaker;
    this.watch = watch;
  }

  void add(DynamicPeersConfig range) {
    ranges.put(range.range(), speaker.dynamicPeers(range, watch));
  }

  /**
   * Tries what is to be otherwise; nothing of what runs is changed.
   *
   * @param refusals takes what cannot be had
   * @return what is wanted
   */
  Map<Prefix, DynamicPeersConfig> draft(List<DynamicPeersConfig> wanted, List<String> refusals) {
    Map<Prefix, DynamicPeersConfig> draft = new LinkedHashMap<>();
    for (DynamicPeersConfig range : wanted) {
      if (draft.put(range.range(), range) != null) {
        refusals.add(SECTION + ": " + range.range() + " is there twice; remove one of them");
      }
      DynamicPeers known = ranges.get(range.range());
      if (known == null || !known.config().equals(range)) {
        Rehearsal.of(() -> speaker.rehearse(range), refusals);
      }
    }
    return draft;
  }

  /** Ends those that are not in the draft, and the sessions of their routers. */
  void removeOthers(Map<Prefix, DynamicPeersConfig> draft, Changes changes) {
    for (DynamicPeers range : List.copyOf(ranges.values())) {
      if (!draft.containsKey(range.config().range())) {
        ranges.remove(range.config().range());
        range.close();
        changes.add(SECTION, range, Kind.REMOVED, "");
      }
    }
  }

  /** Makes the others as the draft has them. */
  void apply(Map<Prefix, DynamicPeersConfig> draft, Changes changes) {
    draft.values().forEach(range -> apply(range, changes));
  }

  private void apply(DynamicPeersConfig range, Changes changes) {
    DynamicPeers known = ranges.get(range.range());
    try {
      if (known == null) {
        add(range);
        changes.add(SECTION, range.range(), Kind.ADDED, "");
      } else if (!known.config().equals(range)) {
        boolean stay = range.template().keepsSessionOf(known.config().template());
        known.reconfigure(range);
        changes.add(
            SECTION,
            range.range(),
            Kind.CHANGED,
            stay ? "its sessions stay" : "its sessions begin anew");
      }
    } catch (IllegalArgumentException | IllegalStateException refused) {
      changes.failed(
          "range " + range.range() + (known == null ? " is not there" : " is not as configured"),
          refused);
    }
  }
}
