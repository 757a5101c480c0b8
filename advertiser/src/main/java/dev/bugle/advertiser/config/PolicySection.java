package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.PrefixList;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.Verdict;
import dev.bugle.bgp.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of {@code policies:}, rules that decide which VIPs a router is told, and how. */
final class PolicySection {

  /** The policy that needs no declaration. */
  static final String ACCEPT_ALL = "accept-all";

  static final Key<List<PrefixList.Entry>> PREFIXES =
      Key.optional(
          "prefixes",
          Types.oneOrMore(
              Types.scalar("a prefix such as 203.0.113.0/24 ge 32 le 32", PrefixList.Entry::parse)),
          "The VIP is one of these, or within one where ge (least length) or le (greatest) say"
              + " so.");

  static final Key<List<String>> ANY_COMMUNITY =
      Key.optional(
          "any-community",
          Types.oneOrMore(BgpTypes.COMMUNITY),
          "The VIP has at least one of these communities, of any kind.");

  static final Key<List<String>> ALL_COMMUNITIES =
      Key.optional(
          "all-communities",
          Types.oneOrMore(BgpTypes.COMMUNITY),
          "The VIP has each of these communities, of any kind.");

  static final Key<List<IpAddress>> PEERS =
      Key.optional(
          "peers", Types.oneOrMore(BgpTypes.ADDRESS), "The router has one of these addresses.");

  static final Key<List<Long>> REMOTE_AS =
      Key.optional(
          "remote-as", Types.oneOrMore(BgpTypes.AS_NUMBER), "The router is in one of these ASes.");

  private static final List<Key<?>> CONDITIONS =
      List.of(PREFIXES, ANY_COMMUNITY, ALL_COMMUNITIES, PEERS, REMOTE_AS);

  static final Key<List<Condition>> MATCH =
      Key.optional(
          "match",
          new Section<>("conditions", CONDITIONS, PolicySection::conditions),
          "What must hold, all of it; without it, every VIP is meant.");

  static final Key<List<RouteChange>> SET =
      Key.optional("set", PolicyChanges.TYPE, "What the router is told otherwise.");

  static final Key<Verdict> THEN =
      Key.required(
          "then",
          verdicts(Verdict.values()),
          "What becomes of the VIP: the router is told (accept) or not (reject), or the next rule"
              + " sees it as it is by then (continue).");

  private static final Section<PolicyRule> RULE =
      new Section<>("a rule", List.of(MATCH, SET, THEN), PolicySection::rule);

  static final Key<List<PolicyRule>> RULES =
      Key.required("rules", Types.listOf(RULE), "Asked in order, until one accepts or rejects.");

  static final Key<Verdict> OTHERWISE =
      Key.required(
          "otherwise",
          verdicts(Verdict.ACCEPT, Verdict.REJECT),
          "What becomes of a VIP that no rule accepts or rejects.");

  static final Section<RoutePolicy> TYPE =
      new Section<>(
          "a policy",
          List.of(RULES, OTHERWISE),
          values -> new RoutePolicy(values.get(RULES), values.get(OTHERWISE)));

  private PolicySection() {}

  private static Type<Verdict> verdicts(Verdict... verdicts) {
    Map<String, Verdict> words = new LinkedHashMap<>();
    for (Verdict verdict : verdicts) {
      words.put(verdict.toString(), verdict);
    }
    return Types.choice(words);
  }

  private static PolicyRule rule(Values values) {
    List<RouteChange> changes = values.find(SET).orElse(List.of());
    Verdict verdict = values.get(THEN);
    if (verdict == Verdict.REJECT && !changes.isEmpty()) {
      values
          .at(SET)
          .fault("found changes of what is rejected, which no router would see; remove them");
    }
    return new PolicyRule(values.find(MATCH).orElse(List.of()), changes, verdict);
  }

  private static List<Condition> conditions(Values values) {
    refuseEmpty(values, CONDITIONS);
    List<Condition> conditions = new ArrayList<>();
    values
        .find(PREFIXES)
        .ifPresent(entries -> conditions.add(new Condition.PrefixIn(new PrefixList(entries))));
    texts(values, ANY_COMMUNITY)
        .ifPresent(communities -> conditions.add(Condition.anyCommunity(communities)));
    texts(values, ALL_COMMUNITIES)
        .ifPresent(communities -> conditions.add(Condition.allCommunities(communities)));
    values.find(PEERS).ifPresent(peers -> conditions.add(new Condition.PeerAddress(peers)));
    values.find(REMOTE_AS).ifPresent(asns -> conditions.add(new Condition.PeerAs(asns)));
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "found no condition; remove this key to mean every VIP, or add one of: "
              + String.join(", ", CONDITIONS.stream().map(Key::name).toList()));
    }
    return conditions;
  }

  static Optional<String[]> texts(Values values, Key<List<String>> key) {
    return values.find(key).map(texts -> texts.toArray(String[]::new));
  }

  /** A list of nothing says nothing, and more likely something was forgotten. */
  static void refuseEmpty(Values values, List<Key<?>> keys) {
    for (Key<?> key : keys) {
      values
          .written(key)
          .filter(at -> at.isEmptyList())
          .ifPresent(at -> at.fault("found an empty list; expected at least one, or no such key"));
    }
  }
}
