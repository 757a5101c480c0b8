package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ElectorConfig;
import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.AlwaysElector;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.FileLockElector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the electors that a configuration asks for. */
final class Contests {

  private Contests() {}

  /**
   * One for each name that the VIPs use: those given, and those of the configuration.
   *
   * @throws IllegalArgumentException when a name is in both, or in neither
   */
  static Map<String, Contest> of(
      AdvertiserConfig config, Map<String, Elector> given, Ticker ticker) {
    Map<String, Contest> contests = new LinkedHashMap<>();
    given.forEach((name, elector) -> contests.put(name, inOrder(elector)));
    config
        .electors()
        .forEach(
            (name, elector) -> {
              if (contests.putIfAbsent(name, inOrder(create(elector, ticker))) != null) {
                throw new IllegalArgumentException(
                    "leadership '" + name + "' is both configured and given");
              }
            });
    for (Vip vip : config.vips()) {
      if (vip.leadership().equals(Vip.ALWAYS)) {
        contests.computeIfAbsent(Vip.ALWAYS, name -> inOrder(new AlwaysElector(ticker)));
      } else if (!contests.containsKey(vip.leadership())) {
        throw new IllegalArgumentException(
            "VIP " + vip + " needs the leadership '" + vip.leadership() + "', which is not there");
      }
    }
    return contests;
  }

  private static Contest inOrder(Elector elector) {
    return new Contest(elector, Handover.WITHDRAW_FIRST);
  }

  private static Elector create(ElectorConfig config, Ticker ticker) {
    if (config instanceof ElectorConfig.FileLock fileLock) {
      return new FileLockElector(
          fileLock.path(), fileLock.pollInterval(), fileLock.lease(), ticker);
    }
    return new AlwaysElector(ticker);
  }
}
