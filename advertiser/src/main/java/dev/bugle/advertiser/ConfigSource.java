package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.InvalidConfigException;

/** Where the configuration comes from, whenever it is asked for. */
@FunctionalInterface
public interface ConfigSource {

  /**
   * Reads it anew; may wait for a file.
   *
   * @throws InvalidConfigException with everything that is wrong with it
   */
  AdvertiserConfig load() throws InvalidConfigException;
}
