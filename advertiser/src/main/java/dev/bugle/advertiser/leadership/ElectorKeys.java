package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.leadership.Handover.Order;
import dev.bugle.advertiser.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys that kinds of election have in common in which there is something to win. */
public final class ElectorKeys {

  private static final Duration LONGEST_FAIL_BACK = Duration.ofHours(24);

  /** Whether this node is to lead if it can. */
  public static final Key<Boolean> PREFERRED =
      Key.withDefault(
          "preferred",
          Types.FLAG,
          "false",
          "Whether this one is to lead whenever it can; at most one of the candidates.");

  /** When the preferred candidate gets the leadership back; empty is never. */
  public static final Key<Optional<Duration>> FAIL_BACK =
      Key.withDefault(
          "fail-back",
          neverOrAtMost(LONGEST_FAIL_BACK),
          "never",
          "How long the preferred candidate must have been standing without interruption before"
              + " this one hands over to it; or never.");

  /** What comes first when a leadership is handed over. */
  public static final Key<Order> ORDER =
      Key.withDefault(
          "order",
          Types.choice(orders()),
          "withdraw-first",
          "Whether VIPs are withdrawn before another may lead, or, for anycast only, overlap.");

  /** How long VIPs stay after another was let lead. */
  public static final Key<Duration> OVERLAP =
      Key.withDefault(
          "overlap",
          Types.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
          "2s",
          "With order overlap: how long VIPs stay announced here after another may lead.");

  /** When one that reaches no peer lets another lead; empty is never. */
  public static final Key<Optional<Duration>> YIELD_WITHOUT_PEERS =
      Key.withDefault(
          "yield-without-peers",
          neverOrAtMost(LONGEST_FAIL_BACK),
          "10s",
          "How long this leadership is kept although no peer is up; then another may lead, and this"
              + " one competes again when a peer is up, as it does at the start. Never: it leads"
              + " whether it reaches a peer or not.");

  private ElectorKeys() {}

  /**
   * A section with {@code type}, those keys, and {@code order}, {@code overlap} and {@code
   * yield-without-peers}, which the advertiser obeys for every kind. {@link #PREFERRED} and {@link
   * #FAIL_BACK} are for the elector to obey: one that does has them among its keys.
   *
   * @param description such as {@code a lock file}, for messages
   * @param maker as in {@link Section}; calls {@link #handover} for the configuration
   */
  public static <T extends ElectorConfig> Section<T> section(
      String description, List<Key<?>> keys, Function<Values, T> maker) {
    List<Key<?>> all = new ArrayList<>();
    all.add(Variants.TYPE);
    all.addAll(keys);
    all.addAll(List.of(ORDER, OVERLAP, YIELD_WITHOUT_PEERS));
    return new Section<>(description, all, maker);
  }

  /** What {@code preferred} and {@code fail-back} say. */
  public static Preference preference(Values values) {
    return new Preference(values.get(PREFERRED), values.get(FAIL_BACK));
  }

  /**
   * What {@code order}, {@code overlap} and {@code yield-without-peers} say; an overlap where
   * nothing overlaps is a fault.
   */
  public static Handover handover(Values values) {
    return order(values).keptWithoutPeers(values.get(YIELD_WITHOUT_PEERS));
  }

  private static Handover order(Values values) {
    if (values.get(ORDER) == Order.OVERLAP) {
      return Handover.overlapping(values.get(OVERLAP));
    }
    values
        .written(OVERLAP)
        .ifPresent(
            at -> at.fault("order is withdraw-first, so nothing overlaps; remove one of the two"));
    return Handover.WITHDRAW_FIRST;
  }

  private static Map<String, Order> orders() {
    Map<String, Order> words = new LinkedHashMap<>();
    words.put("withdraw-first", Order.WITHDRAW_FIRST);
    words.put("overlap", Order.OVERLAP);
    return words;
  }

  private static Type<Optional<Duration>> neverOrAtMost(Duration longest) {
    String range = "never, or a duration of at most " + DurationText.of(longest);
    return Types.scalar(
        range,
        text -> {
          if (text.equals("never")) {
            return Optional.empty();
          }
          Duration time;
          try {
            time = DurationText.parse(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; or never", e);
          }
          if (time.compareTo(longest) > 0) {
            throw new IllegalArgumentException("found '" + text + "'; expected " + range);
          }
          return Optional.of(time);
        });
  }
}
