package dev.bugle.benchmarks;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKeys;
import dev.bugle.advertiser.leadership.ElectorProvider;
import dev.bugle.advertiser.time.Ticker;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** {@code type: commanded}: an election that whoever listens on a Unix socket decides. */
public final class CommandedProvider implements ElectorProvider {

  static final String TYPE = "commanded";

  private static final Key<Path> SOCKET =
      Key.required("socket", Types.PATH, "The Unix socket to connect to.");

  /** For the service loader. */
  public CommandedProvider() {}

  /** Where this class is, for the class path of a program. */
  static String location() {
    try {
      return Path.of(
              CommandedProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What its section becomes. */
  record Config(Path socket) implements ElectorConfig {
    @Override
    public String type() {
      return TYPE;
    }
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Section<Config> section() {
    return ElectorKeys.section(
        "a command", List.of(SOCKET), values -> new Config(values.get(SOCKET)));
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    return new CommandedElector(((Config) config).socket(), ticker);
  }
}
