package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.rib.CommunitySet;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code set:} of a policy's rule, what the router is told otherwise; made in this order. */
final class PolicyChanges {

  private static final Map<String, RouteChange> REMOVE_ALL = removeAll();

  static final Key<List<String>> REPLACE_COMMUNITIES =
      Key.optional(
          "replace-communities",
          Types.oneOrMore(BgpTypes.COMMUNITY),
          "Communities instead of all that the VIP has of the same kinds.");

  static final Key<List<RouteChange>> REMOVE_COMMUNITIES =
      Key.optional(
              "remove-communities",
              Types.oneOrMore(
                  Types.scalar(
                      "a community, or " + String.join(", ", REMOVE_ALL.keySet()),
                      PolicyChanges::removal)),
              "Communities that the router must not see; all, or all of a kind.")
          .example("65001:100");

  static final Key<List<String>> ADD_COMMUNITIES =
      Key.optional(
          "add-communities",
          Types.oneOrMore(BgpTypes.COMMUNITY),
          "Communities beside those that are left, of any kind.");

  static final Key<Long> LOCAL_PREF =
      Key.optional("local-pref", BgpTypes.UNSIGNED_32, "LOCAL_PREF, for routers of our own AS.");

  static final Key<RouteChange> MED =
      Key.optional(
              "med",
              Types.scalar("a number, 0 to 4294967295, or none", PolicyChanges::med),
              "MULTI_EXIT_DISC; none takes it away.")
          .example("10");

  static final Key<Long> PREPEND =
      Key.optional(
          "prepend",
          Types.number("a number", 1, 32),
          "How many more times this AS is put into the path, beyond what the VIP has.");

  static final Key<List<NextHop>> NEXT_HOP =
      Key.optional(
              "next-hop",
              Types.oneOrMore(Types.scalar("an IP address, or self", PolicyChanges::nextHop)),
              "The next hop of VIPs of the address's family: one, or one of each family; or self,"
                  + " that of the peer, whatever the VIP says.")
          .example("self");

  private static final List<Key<?>> KEYS =
      List.of(
          REPLACE_COMMUNITIES,
          REMOVE_COMMUNITIES,
          ADD_COMMUNITIES,
          LOCAL_PREF,
          MED,
          PREPEND,
          NEXT_HOP);

  static final Section<List<RouteChange>> TYPE =
      new Section<>("changes", KEYS, PolicyChanges::make);

  /** A next hop; without an address our own. */
  record NextHop(Optional<IpAddress> address) {
    RouteChange change() {
      return address
          .<RouteChange>map(RouteChange.SetNextHop::new)
          .orElseGet(RouteChange::ownNextHop);
    }

    /** Which routes it is for; two of one kind would undo each other. */
    String kind() {
      return address.map(given -> given.isIpv4() ? "IPv4" : "IPv6").orElse("self");
    }
  }

  private PolicyChanges() {}

  private static Map<String, RouteChange> removeAll() {
    Map<String, RouteChange> all = new LinkedHashMap<>();
    all.put("all", RouteChange.removeAllCommunities());
    for (CommunitySet.Kind kind : CommunitySet.Kind.values()) {
      all.put("all-" + kind, RouteChange.removeAllCommunities(kind));
    }
    return all;
  }

  private static RouteChange removal(String text) {
    RouteChange all = REMOVE_ALL.get(text);
    return all == null ? RouteChange.removeCommunities(text) : all;
  }

  private static RouteChange med(String text) {
    if (text.equals("none")) {
      return RouteChange.noMed();
    }
    if (!text.matches("0|[1-9][0-9]{0,9}") || Long.parseLong(text) > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "found '" + text + "'; expected a number, 0 to 4294967295, or none");
    }
    return RouteChange.med(Long.parseLong(text));
  }

  private static NextHop nextHop(String text) {
    return new NextHop(text.equals("self") ? Optional.empty() : Optional.of(BgpTypes.hostOf(text)));
  }

  private static List<RouteChange> make(Values values) {
    PolicySection.refuseEmpty(values, KEYS);
    List<RouteChange> changes = new ArrayList<>();
    PolicySection.texts(values, REPLACE_COMMUNITIES)
        .ifPresent(communities -> changes.add(RouteChange.replaceCommunities(communities)));
    values.find(REMOVE_COMMUNITIES).ifPresent(changes::addAll);
    PolicySection.texts(values, ADD_COMMUNITIES)
        .ifPresent(communities -> changes.add(RouteChange.addCommunities(communities)));
    values.find(LOCAL_PREF).ifPresent(value -> changes.add(RouteChange.localPref(value)));
    values.find(MED).ifPresent(changes::add);
    values
        .find(PREPEND)
        .ifPresent(times -> changes.add(RouteChange.prepend(Math.toIntExact(times))));
    List<NextHop> nextHops = values.find(NEXT_HOP).orElse(List.of());
    nextHops.forEach(nextHop -> changes.add(nextHop.change()));
    checkNextHops(values, nextHops.stream().map(NextHop::kind).distinct().toList());
    if (changes.isEmpty()) {
      throw new IllegalArgumentException(
          "found no change; remove this key, or add one of: "
              + String.join(", ", KEYS.stream().map(Key::name).toList()));
    }
    return changes;
  }

  private static void checkNextHops(Values values, List<String> kinds) {
    int given = values.find(NEXT_HOP).orElse(List.of()).size();
    if (kinds.size() < given || (kinds.contains("self") && given > 1)) {
      values
          .at(NEXT_HOP)
          .fault("found more than can hold; expected self, or at most one address of each family");
    }
  }
}
