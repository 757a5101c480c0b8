package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a VIP that is written elsewhere than in a configuration file: keys of an item of {@code
 * vips} with their values as text, which are read by what reads the file.
 *
 * <p>A key whose value can be a list takes several, with commas between them: {@code 65001:100,
 * no-export}. A key within {@code when-unhealthy} is written with its path: {@code
 * when-unhealthy.set.med}. What a VIP names (a leadership, checks, peers) is not looked up here.
 */
public final class VipText {

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

  private static final Map<String, Key<?>> BY_PATH = byPath();
  private static final Set<String> LIST_PATHS = listPaths();

  private VipText() {}

  private static Map<String, Key<?>> byPath() {
    Map<String, Key<?>> all = new LinkedHashMap<>();
    KEYS.forEach(key -> all.put(key.name(), key));
    VipNeedsKeys.DEGRADING.forEach(all::put);
    return all;
  }

  private static Set<String> listPaths() {
    Set<String> paths = new HashSet<>();
    LISTS.forEach(key -> paths.add(key.name()));
    paths.addAll(VipNeedsKeys.DEGRADING_LISTS);
    return paths;
  }

  /** The keys that {@link #read} takes, as in the file; those within others with their paths. */
  public static List<String> keys() {
    return new ArrayList<>(BY_PATH.keySet());
  }

  /** What a key is for, as a sentence; empty for one that is not among {@link #keys}. */
  public static Optional<String> documentation(String key) {
    return Optional.ofNullable(BY_PATH.get(key)).map(Key::documentation);
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
    Optional<VipSection.Draft> draft =
        VipSection.TYPE.read(Cursor.root(TextEntries.mapping(values, LIST_PATHS), faults));
    return draft
        .map(read -> read.complete(drainTime))
        .orElseThrow(() -> new IllegalArgumentException(TextEntries.message(faults)));
  }
}
