package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.AlwaysElector;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKinds;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The electors that there are: those given, which stay, and those that the configuration asks for.
 * One thread at a time.
 */
final class Electorate {

  private final Map<String, Elector> given;
  private final Ticker ticker;
  private Map<String, ElectorConfig> configs = Map.of();
  private Map<String, Contest> contests = new LinkedHashMap<>();

  /** Only those given, none of which has started. */
  Electorate(Map<String, Elector> given, Ticker ticker) {
    this.given = Map.copyOf(given);
    this.ticker = ticker;
    given.forEach(
        (name, elector) -> contests.put(name, new Contest(elector, Handover.WITHDRAW_FIRST)));
  }

  /** All of them. */
  Map<String, Contest> contests() {
    return Map.copyOf(contests);
  }

  /** What is configured of them. */
  Map<String, ElectorConfig> configs() {
    return configs;
  }

  /**
   * Makes those of the configuration; none has started.
   *
   * @throws IllegalArgumentException when a name is configured and given, or a VIP names neither
   * @throws IllegalStateException when a kind of election is not there or cannot make its elector
   */
  void open(AdvertiserConfig config) {
    Map<String, ElectorConfig> wanted = wanted(config);
    wanted.forEach((name, elector) -> contests.put(name, contest(name, elector)));
    configs = wanted;
  }

  private Map<String, ElectorConfig> wanted(AdvertiserConfig config) {
    Map<String, ElectorConfig> wanted = new LinkedHashMap<>(config.electors());
    for (String name : wanted.keySet()) {
      if (given.containsKey(name)) {
        throw new IllegalArgumentException(
            "leadership '" + name + "' is both configured and given");
      }
    }
    for (Vip vip : config.vips()) {
      if (given.containsKey(vip.leadership())) {
        continue;
      }
      if (vip.leadership().equals(Vip.ALWAYS)) {
        wanted.putIfAbsent(Vip.ALWAYS, new AlwaysConfig());
      } else if (!wanted.containsKey(vip.leadership())) {
        throw new IllegalArgumentException(
            "VIP " + vip + " needs the leadership '" + vip.leadership() + "', which is not there");
      }
    }
    if (!config.sources().isEmpty() && !given.containsKey(Vip.ALWAYS)) {
      wanted.putIfAbsent(Vip.ALWAYS, new AlwaysConfig()); // Any of their VIPs may name it.
    }
    return wanted;
  }

  private Contest contest(String name, ElectorConfig config) {
    return new Contest(ElectorKinds.found().create(name, config, ticker), config.handover());
  }

  /**
   * Starts all of them, as candidates or not yet. Where nobody competes one leads from the start:
   * an address that a process before has left is wanted then at the first look, and is not taken
   * away.
   */
  void start(boolean stand, Runnable changed) {
    for (Contest contest : contests.values()) {
      contest.elector().stand(stand || contest.elector() instanceof AlwaysElector);
      contest.elector().start(changed);
    }
  }

  /**
   * Makes and starts what another configuration has otherwise. The new ones are no candidates, so
   * nothing comes of them yet; {@link Succession#cancel} ends them.
   *
   * @throws IllegalArgumentException as {@link #open}
   * @throws IllegalStateException when one cannot be had, or can never lead, saying what to do
   */
  Succession prepare(AdvertiserConfig next, Runnable changed) {
    Map<String, ElectorConfig> wanted = wanted(next);
    Map<String, Contest> kept = new HashMap<>();
    Map<String, Contest> going = new HashMap<>();
    contests.forEach(
        (name, contest) -> {
          boolean isAsBefore =
              configs.containsKey(name) && configs.get(name).equals(wanted.get(name));
          boolean stays = given.containsKey(name) || isAsBefore;
          (stays ? kept : going).put(name, contest);
        });
    Map<String, Contest> fresh = new HashMap<>();
    Succession succession = new Succession(wanted, kept, going, fresh);
    try {
      wanted.forEach(
          (name, elector) -> {
            if (!kept.containsKey(name)) {
              Contest contest = contest(name, elector);
              fresh.put(name, contest);
              // Who competes with nobody leads before the plan that needs it, so nothing flaps.
              contest.elector().stand(elector instanceof AlwaysConfig);
              contest.elector().start(changed);
            }
          });
    } catch (RuntimeException refused) {
      succession.cancel();
      throw refused;
    }
    return succession;
  }

  /** These are in office, until the succession is over or has been given up. */
  void interim(Succession succession) {
    contests = new LinkedHashMap<>(succession.interim());
  }

  /** Ends those that go. */
  void complete(Succession succession) {
    succession.going().values().forEach(contest -> contest.elector().close());
    contests = new LinkedHashMap<>(succession.successors());
    configs = Map.copyOf(succession.configs());
  }

  /** Ends all of them. */
  void close() {
    contests.values().forEach(contest -> contest.elector().close());
  }
}
