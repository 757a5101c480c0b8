package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.bgp.rib.RouteChange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a VIP that say what must hold for it to be announced. */
final class VipNeedsKeys {

  static final Key<String> LEADERSHIP =
      Key.required(
              "leadership",
              Types.TEXT,
              "The leadership that it takes to announce it: a name under leadership, or always.")
          .example("control-plane");

  static final Key<List<String>> HEALTH =
      Key.optional(
              "health",
              Types.oneOrMore(Types.TEXT),
              "The checks that must be up for it to be announced: names under health.")
          .example("[api]");

  private static final Key<List<RouteChange>> SET =
      Key.required("set", PolicyChanges.TYPE, "What is told otherwise.");

  private static final Key<Optional<Duration>> WITHDRAW_AFTER =
      Key.withDefault(
          "withdraw-after",
          Types.shown(
              "30s", Types.scalar("a duration such as 30s, or never", VipNeedsKeys::withdrawAfter)),
          "30s",
          "How long before it is withdrawn nevertheless.");

  static final Key<Degradation> WHEN_UNHEALTHY =
      Key.optional(
          "when-unhealthy",
          new Section<>(
              "how to degrade",
              List.of(SET, WITHDRAW_AFTER),
              values -> new Degradation(values.get(SET), values.get(WITHDRAW_AFTER))),
          "How it is announced while a check of it is down; without it, not at all.");

  /** The keys within {@link #WHEN_UNHEALTHY} whose value is one text, or several, by path. */
  static final Map<String, Key<?>> DEGRADING = degrading();

  /** Those of them whose value may be several. */
  static final List<String> DEGRADING_LISTS =
      List.of(
          path(PolicyChanges.REPLACE_COMMUNITIES),
          path(PolicyChanges.REMOVE_COMMUNITIES),
          path(PolicyChanges.ADD_COMMUNITIES));

  static final List<Key<?>> ALL = List.of(LEADERSHIP, HEALTH, WHEN_UNHEALTHY, AddressKeys.BIND);

  private VipNeedsKeys() {}

  private static Map<String, Key<?>> degrading() {
    Map<String, Key<?>> all = new LinkedHashMap<>();
    for (Key<?> change :
        List.of(
            PolicyChanges.REPLACE_COMMUNITIES,
            PolicyChanges.REMOVE_COMMUNITIES,
            PolicyChanges.ADD_COMMUNITIES,
            PolicyChanges.LOCAL_PREF,
            PolicyChanges.MED,
            PolicyChanges.PREPEND)) {
      all.put(path(change), change);
    }
    all.put(WHEN_UNHEALTHY.name() + "." + WITHDRAW_AFTER.name(), WITHDRAW_AFTER);
    return all;
  }

  private static String path(Key<?> change) {
    return WHEN_UNHEALTHY.name() + "." + SET.name() + "." + change.name();
  }

  private static Optional<Duration> withdrawAfter(String text) {
    return text.equals("never") ? Optional.empty() : Optional.of(DurationText.parse(text));
  }

  static Needs needs(Values values) {
    PolicySection.refuseEmpty(values, List.of(HEALTH));
    List<String> health = values.find(HEALTH).orElse(List.of());
    Optional<Degradation> whenUnhealthy = values.find(WHEN_UNHEALTHY);
    if (whenUnhealthy.isPresent() && health.isEmpty()) {
      values.at(WHEN_UNHEALTHY).fault("it has no check that could be down; add health");
    }
    return new Needs(values.get(LEADERSHIP), health, whenUnhealthy, values.find(AddressKeys.BIND));
  }
}
