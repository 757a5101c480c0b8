package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.ConfigSource;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.Environment;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.config.yaml.Setting;
import dev.bugle.advertiser.config.yaml.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The configuration file that a command is given. */
final class ConfigArgument {

  @Parameters(paramLabel = "CONFIG.yaml", description = "The configuration file.")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      converter = SettingConverter.class,
      description = {
        "Counts instead of what the file has there, such as",
        "speaker.local-as=65001 or vips[0].communities=[65001:100, no-export].",
        "Can be repeated. So does the environment: BUGLE_SPEAKER__LOCAL_AS=65001.",
      })
  private List<Setting> flags = List.of();

  /** For picocli. */
  ConfigArgument() {}

  Path file() {
    return file;
  }

  /**
   * The configuration; empty when its faults have been told.
   *
   * @param teller takes each {@code Fault}, and last how many they were
   */
  Optional<AdvertiserConfig> load(Consumer<Object> teller) {
    try {
      return Optional.of(ConfigFile.load(file, settings()));
    } catch (InvalidConfigException e) {
      e.faults().forEach(teller);
      int count = e.faults().size();
      teller.accept(
          count == 1 ? "1 fault; nothing was started" : count + " faults; nothing was started");
      return Optional.empty();
    }
  }

  /** The same file, wherever this process is by then, with the same settings. */
  ConfigSource source() {
    Path absolute = file.toAbsolutePath();
    Settings settings = settings();
    return () -> ConfigFile.load(absolute, settings);
  }

  /** What counts before the file. */
  Settings settings() {
    return new Settings(Environment.settings(System.getenv()), flags);
  }

  /** The form of a setting; whether there is such a key is a matter of the configuration. */
  static final class SettingConverter implements ITypeConverter<Setting> {

    /** For picocli. */
    SettingConverter() {}

    @Override
    public Setting convert(String text) {
      try {
        return Setting.assignment("--set", text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
