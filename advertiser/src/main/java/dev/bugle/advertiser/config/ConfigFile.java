package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Settings;
import dev.bugle.advertiser.config.yaml.YamlFile;
import dev.bugle.advertiser.config.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a configuration file. */
public final class ConfigFile {

  private ConfigFile() {}

  /**
   * Reads that file.
   *
   * @throws InvalidConfigException with every fault, also when the file cannot be read
   */
  public static AdvertiserConfig load(Path file) throws InvalidConfigException {
    return load(file, Settings.NONE);
  }

  /**
   * Reads that file, and lets the settings count before it.
   *
   * @throws InvalidConfigException with every fault of both
   */
  public static AdvertiserConfig load(Path file, Settings settings) throws InvalidConfigException {
    Faults faults = new Faults(file.toString());
    return config(YamlFile.read(file, faults), settings, faults);
  }

  /**
   * Reads a document that is in memory.
   *
   * @param name what messages call it, in place of a file name
   * @throws InvalidConfigException with every fault
   */
  public static AdvertiserConfig parse(String name, String document) throws InvalidConfigException {
    return parse(name, document.getBytes(StandardCharsets.UTF_8), Settings.NONE);
  }

  /**
   * Reads a document that is in memory, in UTF-8, and lets the settings count before it.
   *
   * @param name what messages call it, in place of a file name
   * @throws InvalidConfigException with every fault of both
   */
  public static AdvertiserConfig parse(String name, byte[] bytes, Settings settings)
      throws InvalidConfigException {
    Faults faults = new Faults(name);
    return config(YamlFile.parse(bytes, faults), settings, faults);
  }

  private static AdvertiserConfig config(Optional<YamlNode> root, Settings settings, Faults faults)
      throws InvalidConfigException {
    Optional<AdvertiserConfig> config =
        root.map(node -> settings.applyTo(node, RootSection.TYPE, faults))
            .flatMap(node -> RootSection.read(Cursor.root(node, faults)));
    return config.orElseThrow(() -> new InvalidConfigException(faults.sorted()));
  }
}
