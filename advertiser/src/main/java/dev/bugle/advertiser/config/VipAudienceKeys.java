package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The keys of a VIP that say to whom it is announced, and to whom otherwise. */
final class VipAudienceKeys {

  private static final Type<List<PeerChoice>> CHOICES =
      Types.oneOrMore(
          Types.shown(
              "192.0.2.254",
              Types.scalar(
                  "the address or interface of a peer, or the prefix of dynamic-peers",
                  PeerChoice::parse)));

  static final Key<List<PeerChoice>> PEERS =
      Key.optional("peers", CHOICES, "The peers that it is announced to; without it, all.");

  private static final Key<List<PeerChoice>> WHOM =
      Key.required("peers", CHOICES, "Who is told otherwise.");

  private static final Key<List<RouteChange>> SET =
      Key.required("set", PolicyChanges.TYPE, "What is told otherwise.");

  static final Key<List<Variation>> PER_PEER =
      Key.optional(
          "per-peer",
          Types.listOf(
              new Section<>(
                  "a variation",
                  List.of(WHOM, SET),
                  values -> new Variation(values.get(WHOM), values.get(SET)))),
          "What some peers are told otherwise.");

  static final List<Key<?>> ALL = List.of(PEERS, PER_PEER);

  /** What is told otherwise to whom. */
  record Variation(List<PeerChoice> peers, List<RouteChange> changes) {
    Stream<PolicyRule> rules() {
      return peers.stream()
          .map(peer -> new PolicyRule(peer.conditions(), changes, Verdict.CONTINUE));
    }
  }

  private VipAudienceKeys() {}

  static VipAudience audience(Values values) {
    PolicySection.refuseEmpty(values, ALL);
    List<PolicyRule> peers = new ArrayList<>();
    for (PeerChoice peer : values.find(PEERS).orElse(List.of())) {
      peers.add(new PolicyRule(peer.conditions(), List.of(), Verdict.ACCEPT));
    }
    return new VipAudience(
        peers, values.find(PER_PEER).orElse(List.of()).stream().flatMap(Variation::rules).toList());
  }

  /** Every peer that is named. */
  static List<PeerChoice> named(Values values) {
    return Stream.concat(
            values.find(PEERS).orElse(List.of()).stream(),
            values.find(PER_PEER).orElse(List.of()).stream().flatMap(one -> one.peers().stream()))
        .toList();
  }
}
