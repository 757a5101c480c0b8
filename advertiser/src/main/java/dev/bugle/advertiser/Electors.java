package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ElectorConfig;
import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.AlwaysElector;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.FileLockElector;
import dev.bugle.advertiser.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the electors that a configuration asks for. */
final class Electors {

  private Electors() {}

  /**
   * One for each name that the VIPs use: those given, and those of the configuration.
   *
   * @throws IllegalArgumentException when a name is in both, or in neither
   */
  static Map<String, Elector> of(
      AdvertiserConfig config, Map<String, Elector> given, Ticker ticker) {
    Map<String, Elector> electors = new LinkedHashMap<>(given);
    config
        .electors()
        .forEach(
            (name, elector) -> {
              if (electors.putIfAbsent(name, create(elector, ticker)) != null) {
                throw new IllegalArgumentException(
                    "leadership '" + name + "' is both configured and given");
              }
            });
    for (Vip vip : config.vips()) {
      if (vip.leadership().equals(Vip.ALWAYS)) {
        electors.computeIfAbsent(Vip.ALWAYS, name -> new AlwaysElector(ticker));
      } else if (!electors.containsKey(vip.leadership())) {
        throw new IllegalArgumentException(
            "VIP " + vip + " needs the leadership '" + vip.leadership() + "', which is not there");
      }
    }
    return electors;
  }

  private static Elector create(ElectorConfig config, Ticker ticker) {
    if (config instanceof ElectorConfig.FileLock fileLock) {
      return new FileLockElector(
          fileLock.path(), fileLock.pollInterval(), fileLock.lease(), ticker);
    }
    return new AlwaysElector(ticker);
  }
}
