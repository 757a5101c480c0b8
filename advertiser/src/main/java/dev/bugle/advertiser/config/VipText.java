package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Place;
import dev.bugle.advertiser.config.yaml.YamlNode;
import dev.bugle.advertiser.config.yaml.YamlNode.Entry;
import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a VIP that is written elsewhere than in a configuration file: keys of an item of {@code
 * vips} with their values as text, which are read by what reads the file.
 *
 * <p>A key whose value can be a list takes several, with commas between them: {@code 65001:100,
 * no-export}. What a VIP names (a leadership, checks, peers) is not looked up here.
 */
public final class VipText {

  private static final Place PLACE = new Place("", 0);

  /** The keys that can be written so: those whose value is one text, or several. */
  private static final List<Key<?>> KEYS =
      List.of(
          VipSection.NAME,
          VipSection.PREFIX,
          VipNeedsKeys.LEADERSHIP,
          VipNeedsKeys.HEALTH,
          VipSection.COMMUNITIES,
          VipSection.LOCAL_PREF,
          VipSection.MED,
          VipSection.PREPEND,
          VipSection.NEXT_HOP,
          VipAudienceKeys.PEERS,
          VipSection.DRAIN_TIME);

  private static final List<Key<?>> LISTS =
      List.of(VipNeedsKeys.HEALTH, VipSection.COMMUNITIES, VipAudienceKeys.PEERS);

  private VipText() {}

  /** The keys that {@link #read} takes, as in the file. */
  public static List<String> keys() {
    return KEYS.stream().map(Key::name).toList();
  }

  /** What a key is for, as a sentence; empty for one that is not among {@link #keys}. */
  public static Optional<String> documentation(String key) {
    return KEYS.stream().filter(one -> one.name().equals(key)).findFirst().map(Key::documentation);
  }

  /**
   * Reads one.
   *
   * @param values texts by key; {@code prefix} and {@code leadership} must be there
   * @param drainTime that of a VIP that has no {@code drain-time}
   * @throws IllegalArgumentException saying which key is wrong, what was found, and what would do;
   *     of several faults the first few
   */
  public static Vip read(Map<String, String> values, Duration drainTime) {
    Faults faults = new Faults("");
    List<Entry> entries = new ArrayList<>();
    values.forEach((key, text) -> entries.add(new Entry(PLACE, key, node(key, text))));
    Optional<VipSection.Draft> draft =
        VipSection.TYPE.read(Cursor.root(new Mapping(PLACE, entries), faults));
    return draft
        .map(read -> read.complete(drainTime))
        .orElseThrow(() -> new IllegalArgumentException(message(faults)));
  }

  private static YamlNode node(String key, String text) {
    if (LISTS.stream().noneMatch(list -> list.name().equals(key)) || text.indexOf(',') < 0) {
      return scalar(text);
    }
    return new Sequence(PLACE, Arrays.stream(text.split(",", -1)).map(VipText::scalar).toList());
  }

  private static YamlNode scalar(String text) {
    return new Scalar(PLACE, text.strip(), false);
  }

  private static String message(Faults faults) {
    List<String> messages = faults.sorted().stream().limit(3).map(VipText::message).toList();
    return String.join("; ", messages);
  }

  private static String message(Fault fault) {
    return (fault.field().isEmpty() ? "" : fault.field() + ": ") + fault.message();
  }
}
