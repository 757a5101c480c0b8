package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code drain:}, how VIPs are taken out of service. */
final class DrainSection {

  private static final String DEFAULT_TIME = "1s";

  static final Type<Duration> DRAIN_TIME = Types.duration(Duration.ZERO, Duration.ofMinutes(10));

  static final Key<Duration> TIME =
      Key.withDefault(
          "time",
          DRAIN_TIME,
          DEFAULT_TIME,
          "How long a VIP that is drained, also by the end of the program, is announced with"
              + " graceful-shutdown (RFC 8326) and LOCAL_PREF 0 before it is withdrawn.");

  static final Key<Path> MAINTENANCE_FILE =
      Key.optional(
          "maintenance-file", Types.PATH, "While this file is there, every VIP is drained.");

  static final Section<DrainConfig> TYPE =
      new Section<>(
          "how to drain",
          List.of(TIME, MAINTENANCE_FILE),
          values -> new DrainConfig(values.get(TIME), values.find(MAINTENANCE_FILE)));

  private DrainSection() {}
}
