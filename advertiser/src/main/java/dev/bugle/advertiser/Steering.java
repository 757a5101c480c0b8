package dev.bugle.advertiser;

import static java.util.stream.Collectors.joining;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import java.util.List;

/** What an operator commands, by the names that VIPs have. From any thread. */
final class Steering {

  private final Drains drains;
  private final Roster roster;
  private final Ticker ticker;
  private final Runnable wake;

  Steering(Drains drains, Roster roster, Ticker ticker, Runnable wake) {
    this.drains = drains;
    this.roster = roster;
    this.ticker = ticker;
    this.wake = wake;
  }

  List<Vip> drain(String called, String reason) {
    List<Vip> meant = called(called);
    meant.forEach(vip -> drains.drain(vip, new Drain(ticker.nanos(), reason)));
    wake.run();
    return meant;
  }

  void drainAll(String reason) {
    drains.drainAll(Drains.Source.OPERATOR, new Drain(ticker.nanos(), reason));
    wake.run();
  }

  List<Vip> undrain(String called) {
    List<Vip> meant = called(called);
    meant.forEach(drains::undrain);
    wake.run();
    return meant;
  }

  void undrainAll() {
    drains.undrainEverything();
    wake.run();
  }

  private List<Vip> called(String text) {
    List<Vip> all = roster.vips();
    List<Vip> meant = all.stream().filter(vip -> vip.isCalled(text)).toList();
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no VIP "
              + text
              + "; there are "
              + all.stream().limit(20).map(Vip::toString).collect(joining(", ")));
    }
    return meant;
  }
}
