package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.health.HealthCheckConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a health check that is written elsewhere than in a configuration file, by people who may
 * not do all that the author of the file may: keys of an item of {@code health} with their values
 * as text, which are read by what reads the file.
 *
 * <p>Only those keys can be written that neither run a program nor name a file: a check of type
 * {@code exec}, or with a token, cannot be had so.
 */
public final class HealthText {

  private static final Set<String> TYPES = Set.of("http", "tcp");

  private static final String HOST_HEADER = HealthHttpKeys.HEADERS.name() + ".Host";

  private static final Set<String> KEYS = keys();

  private HealthText() {}

  private static Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    for (Key<?> key :
        List.of(
            Variants.TYPE,
            HealthHttpKeys.URL,
            HealthHttpKeys.STATUSES,
            HealthHttpKeys.SERVER_NAME,
            HealthSection.HOST,
            HealthSection.PORT,
            HealthTimingKeys.INTERVAL,
            HealthTimingKeys.FAST_INTERVAL,
            HealthTimingKeys.TIMEOUT,
            HealthTimingKeys.RISE,
            HealthTimingKeys.FALL)) {
      keys.add(key.name());
    }
    keys.add(HOST_HEADER);
    return keys;
  }

  /**
   * Reads one.
   *
   * @param values texts by key; the header Host is {@code headers.Host}, and {@code status} may be
   *     several, with commas between them
   * @param caFile whom it trusts over https; empty: whom the Java runtime trusts
   * @throws IllegalArgumentException saying which key is wrong, what was found, and what would do;
   *     of several faults the first few
   */
  public static HealthCheckConfig read(Map<String, String> values, Optional<Path> caFile) {
    values.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(
                  key + ": this key can only be in the configuration");
            });
    String type = values.getOrDefault(Variants.TYPE.name(), "");
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "type: found '" + type + "'; expected http or tcp; others only the configuration has");
    }
    Map<String, String> all = new LinkedHashMap<>(values);
    caFile.ifPresent(file -> all.put(HealthHttpKeys.CA_FILE.name(), file.toString()));
    Faults faults = new Faults("");
    return HealthSection.TYPE
        .read(Cursor.root(TextEntries.mapping(all, Set.of(HealthHttpKeys.STATUSES.name())), faults))
        .orElseThrow(() -> new IllegalArgumentException(TextEntries.message(faults)));
  }
}
