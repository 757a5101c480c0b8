package dev.bugle.advertiser.plugin;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKeys;
import dev.bugle.advertiser.leadership.ElectorProvider;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.time.Ticker;
import java.util.List;
import java.util.Optional;

/** {@code type: port}: who listens on a port of loopback leads. */
public final class PortProvider implements ElectorProvider {

  private static final Key<Long> PORT =
      Key.required("port", Types.number("a TCP port", 1, 65535), "The port that one can have.");

  /** For the service loader. */
  public PortProvider() {}

  /** What its section becomes. */
  public record Config(int port, Handover handover) implements ElectorConfig {
    @Override
    public String type() {
      return "port";
    }

    @Override
    public Optional<String> prize() {
      return Optional.of("port " + port + " of loopback");
    }
  }

  @Override
  public String type() {
    return "port";
  }

  @Override
  public Section<Config> section() {
    return ElectorKeys.section(
        "a port",
        List.of(PORT),
        values -> new Config(Math.toIntExact(values.get(PORT)), ElectorKeys.handover(values)));
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    return new PortElector(name, ((Config) config).port(), ticker);
  }
}
