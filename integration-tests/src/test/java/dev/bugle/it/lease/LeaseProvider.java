package dev.bugle.it.lease;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKeys;
import dev.bugle.advertiser.leadership.ElectorProvider;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code type: lease}. */
public final class LeaseProvider implements ElectorProvider {

  private static final Key<Path> SERVER =
      Key.required("server", Types.PATH, "The Unix socket of the server that keeps the lease.");

  private static final Key<String> IDENTITY =
      Key.required("identity", Types.TEXT, "The name of this candidate.");

  private static final Key<Duration> LEASE =
      Key.required("lease", duration(), "How long leadership lasts after a renewal.");

  private static final Key<Duration> MARGIN =
      Key.required("margin", duration(), "By how much less the holder counts on it.");

  private static final Key<Duration> POLL_INTERVAL =
      Key.required("poll-interval", duration(), "How often the lease is renewed or looked at.");

  private static final Key<Duration> TIMEOUT =
      Key.required("timeout", duration(), "How long an answer may take.");

  /** For the service loader. */
  public LeaseProvider() {}

  private static dev.bugle.advertiser.config.yaml.Type<Duration> duration() {
    return Types.duration(Duration.ofMillis(1), Duration.ofMinutes(1));
  }

  /** What its section becomes. */
  record Config(
      Path server,
      String identity,
      Duration lease,
      Duration margin,
      Duration pollInterval,
      Duration timeout,
      Handover handover)
      implements ElectorConfig {
    @Override
    public String type() {
      return "lease";
    }
  }

  @Override
  public String type() {
    return "lease";
  }

  @Override
  public Section<? extends ElectorConfig> section() {
    return ElectorKeys.section(
        "a lease",
        List.of(SERVER, IDENTITY, LEASE, MARGIN, POLL_INTERVAL, TIMEOUT),
        values ->
            new Config(
                values.get(SERVER),
                values.get(IDENTITY),
                values.get(LEASE),
                values.get(MARGIN),
                values.get(POLL_INTERVAL),
                values.get(TIMEOUT),
                ElectorKeys.handover(values)));
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    return new LeaseElector((Config) config, ticker);
  }
}
