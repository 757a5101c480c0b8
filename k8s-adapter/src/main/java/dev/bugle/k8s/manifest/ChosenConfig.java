package dev.bugle.k8s.manifest;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.config.yaml.Setting;
import dev.bugle.advertiser.config.yaml.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The configuration that is meant.
 *
 * @param text as it is given to the pods
 * @param hasRouterId whether it says the router id; where it does not, each node's address is that
 */
record ChosenConfig(String text, AdvertiserConfig config, boolean hasRouterId) {

  /** Stands for the address of a node, while the rest is checked. */
  private static final Setting ANY_ROUTER_ID =
      Setting.assignment("--set", "speaker.router-id=192.0.2.1");

  /**
   * Reads it.
   *
   * @param name what messages call it
   * @throws InvalidConfigException with every fault
   */
  static ChosenConfig parse(String name, String text) throws InvalidConfigException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return new ChosenConfig(text, ConfigFile.parse(name, bytes, Settings.NONE), true);
    } catch (InvalidConfigException e) {
      Settings node = new Settings(List.of(), List.of(ANY_ROUTER_ID));
      return new ChosenConfig(text, ConfigFile.parse(name, bytes, node), false);
    }
  }
}
