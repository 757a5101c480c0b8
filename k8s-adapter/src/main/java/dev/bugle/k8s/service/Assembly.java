package dev.bugle.k8s.service;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.service.Outcome.Offer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what became of the Services, one by one, to what the advertiser is to be told.
 *
 * <p>Where Services share an address, all of them are announced as the one that was made first
 * says: a speaker announces one path for a prefix, and every node is to announce the same one, no
 * matter which of the Services stands first there.
 *
 * @param vips all of them, those of older Services first
 * @param overruled by Service, what is to be told to those that wanted it otherwise
 */
record Assembly(SourcedVips vips, Map<ObjectKey, Complaint> overruled) {

  private static final Comparator<Outcome> OLDEST_FIRST =
      Comparator.comparing((Outcome outcome) -> outcome.service().identity().created())
          .thenComparing(outcome -> outcome.service().key());

  /** Copies the map. */
  Assembly {
    overruled = Map.copyOf(overruled);
  }

  /**
   * Puts it together.
   *
   * @param before what was stated before; what has not changed of it began when it began
   */
  static Assembly of(
      Collection<Outcome> outcomes, SourcedVips before, long now, Circumstances here) {
    Map<String, SourcedVip> known = new HashMap<>();
    before.vips().forEach(vip -> known.put(vip.vip().name(), vip));
    Map<Prefix, Vip> first = new HashMap<>();
    Map<ObjectKey, Complaint> overruled = new HashMap<>();
    Map<String, ElectorConfig> elections = new HashMap<>();
    Map<String, HealthCheckConfig> checks = new HashMap<>();
    List<SourcedVip> vips = new ArrayList<>();
    for (Outcome outcome : outcomes.stream().sorted(OLDEST_FIRST).toList()) {
      elections.putAll(outcome.elections());
      checks.putAll(outcome.checks());
      for (Offer offer : outcome.offers()) {
        Vip own = offer.vip();
        // One that is not understood does not say how others are announced.
        Vip shown =
            offer.eligibility().isValid()
                ? first.computeIfAbsent(own.route().prefix(), prefix -> own)
                : own;
        if (!shown.route().equals(own.route()) || !shown.audience().equals(own.audience())) {
          overruled.put(outcome.service().key(), overruledBy(shown));
        }
        Vip vip =
            new Vip(own.name(), shown.route(), shown.audience(), own.needs(), own.drainTime());
        Optional<SourcedVip> last = Optional.ofNullable(known.get(own.name()));
        vips.add(
            new SourcedVip(
                vip,
                standing(offer.eligibility(), here.silence(), last.map(SourcedVip::standing), now),
                offer
                    .drain()
                    .or(here::leaving)
                    .map(why -> drain(why, last.flatMap(SourcedVip::drain), now))));
      }
    }
    return new Assembly(new SourcedVips(vips, elections, checks), overruled);
  }

  private static Complaint overruledBy(Vip first) {
    return new Complaint(
        "SharedAddress",
        "its address is that of "
            + first.name()
            + ", too, which is older: it is announced with the attributes and to the peers of that"
            + " one; give both the same");
  }

  private static Standing standing(
      Eligibility eligibility, Optional<String> silence, Optional<Standing> last, long now) {
    Standing next =
        silence
            .map(why -> Standing.forbids("stale", now, why))
            .orElseGet(
                () ->
                    new Standing(
                        eligibility.effect(), eligibility.value(), now, eligibility.reason()));
    return last.filter(
            known -> known.effect() == next.effect() && known.value().equals(next.value()))
        .map(known -> new Standing(next.effect(), next.value(), known.since(), next.reason()))
        .orElse(next);
  }

  private static Drain drain(String why, Optional<Drain> last, long now) {
    return new Drain(last.map(Drain::since).orElse(now), why);
  }
}
