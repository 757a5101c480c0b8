package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKinds;
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
   * @throws IllegalStateException when a kind of election is not there or cannot make its elector
   */
  static Map<String, Contest> of(
      AdvertiserConfig config, Map<String, Elector> given, Ticker ticker) {
    ElectorKinds kinds = ElectorKinds.found();
    Map<String, Contest> contests = new LinkedHashMap<>();
    given.forEach(
        (name, elector) -> contests.put(name, new Contest(elector, Handover.WITHDRAW_FIRST)));
    config
        .electors()
        .forEach(
            (name, elector) -> {
              if (contests.containsKey(name)) {
                throw new IllegalArgumentException(
                    "leadership '" + name + "' is both configured and given");
              }
              contests.put(name, contest(kinds, name, elector, ticker));
            });
    for (Vip vip : config.vips()) {
      if (vip.leadership().equals(Vip.ALWAYS)) {
        contests.computeIfAbsent(
            Vip.ALWAYS, name -> contest(kinds, name, new AlwaysConfig(), ticker));
      } else if (!contests.containsKey(vip.leadership())) {
        throw new IllegalArgumentException(
            "VIP " + vip + " needs the leadership '" + vip.leadership() + "', which is not there");
      }
    }
    return contests;
  }

  private static Contest contest(
      ElectorKinds kinds, String name, ElectorConfig config, Ticker ticker) {
    return new Contest(kinds.create(name, config, ticker), config.handover());
  }
}
