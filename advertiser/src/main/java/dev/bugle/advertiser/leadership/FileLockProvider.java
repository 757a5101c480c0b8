package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code type: file-lock}. */
final class FileLockProvider implements ElectorProvider {

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

  @Override
  public String type() {
    return FileLockConfig.TYPE;
  }

  @Override
  public Section<FileLockConfig> section() {
    return ElectorKeys.section(
        "a lock file",
        List.of(PATH, POLL_INTERVAL, LEASE, ElectorKeys.PREFERRED, ElectorKeys.FAIL_BACK),
        FileLockProvider::make);
  }

  private static FileLockConfig make(Values values) {
    return new FileLockConfig(
        values.get(PATH),
        values.get(POLL_INTERVAL),
        values.get(LEASE),
        ElectorKeys.preference(values),
        ElectorKeys.handover(values));
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    return new FileLockElector((FileLockConfig) config, ticker);
  }
}
