package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.config.yaml.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of {@code leadership:}, one election. */
final class ElectorSection {

  static final Key<Path> PATH =
      Key.required(
          "path",
          Types.PATH,
          "The lock file, on a local file system; its directory must be there.");

  static final Key<Duration> POLL_INTERVAL =
      Key.withDefault(
          "poll-interval",
          Types.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "250ms",
          "How often the lock is tried, and checked once it is had.");

  static final Key<Duration> LEASE =
      Key.withDefault(
          "lease",
          Types.duration(Duration.ofMillis(20), Duration.ofMinutes(10)),
          "2s",
          "How long leadership lasts after the last check that succeeded.");

  static final Variants<ElectorConfig> TYPE = new Variants<>("an election", sections());

  private ElectorSection() {}

  private static Map<String, Section<? extends ElectorConfig>> sections() {
    Map<String, Section<? extends ElectorConfig>> sections = new LinkedHashMap<>();
    sections.put(
        "always",
        new Section<>("no election", List.of(Variants.TYPE), v -> new ElectorConfig.Always()));
    sections.put(
        "file-lock",
        new Section<>(
            "a lock file",
            List.of(Variants.TYPE, PATH, POLL_INTERVAL, LEASE),
            ElectorSection::fileLock));
    return sections;
  }

  private static ElectorConfig.FileLock fileLock(Values values) {
    return new ElectorConfig.FileLock(
        values.get(PATH), values.get(POLL_INTERVAL), values.get(LEASE));
  }
}
