package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The configuration file that a command is given. */
final class ConfigArgument {

  @Parameters(paramLabel = "CONFIG.yaml", description = "The configuration file.")
  private Path file = Path.of("");

  /** For picocli. */
  ConfigArgument() {}

  Path file() {
    return file;
  }

  /** The configuration; empty when its faults have been printed. */
  Optional<AdvertiserConfig> load(PrintWriter err) {
    try {
      return Optional.of(ConfigFile.load(file));
    } catch (InvalidConfigException e) {
      e.faults().forEach(err::println);
      int count = e.faults().size();
      err.println(
          count == 1 ? "1 fault; nothing was started" : count + " faults; nothing was started");
      return Optional.empty();
    }
  }
}
