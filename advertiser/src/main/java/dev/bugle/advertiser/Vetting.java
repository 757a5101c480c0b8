package dev.bugle.advertiser;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a source has stated, held against the configuration: each VIP is taken, under a name that
 * begins with that of the source, or refused alone. A pure function.
 */
final class Vetting {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._:/@-]{0,319}";

  /**
   * The outcome; all names but those of the refused begin with that of the source.
   *
   * @param vips those that can be decided on
   * @param refused why the others cannot, by the names that the source gave them
   * @param leaderships those that the VIPs name
   * @param checks those that the VIPs name
   */
  record Outcome(
      List<SourcedVip> vips,
      Map<String, String> refused,
      Map<String, ElectorConfig> leaderships,
      Map<String, HealthCheckConfig> checks) {

    /** Nothing. */
    static final Outcome NONE = new Outcome(List.of(), Map.of(), Map.of(), Map.of());
  }

  private final String source;
  private final SourcedVips stated;
  private final Terms terms;
  private final Map<String, String> claimed;
  private final List<SourcedVip> vips = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Map<String, ElectorConfig> leaderships = new LinkedHashMap<>();
  private final Map<String, HealthCheckConfig> checks = new LinkedHashMap<>();
  private final Map<String, String> prizes = new HashMap<>();

  private Vetting(String source, SourcedVips stated, Terms terms, Map<String, String> claimed) {
    this.source = source;
    this.stated = stated;
    this.terms = terms;
    this.claimed = claimed;
  }

  /**
   * Vets.
   *
   * @param claimed what leaderships of other sources compete for, with their names
   */
  static Outcome of(String source, SourcedVips stated, Terms terms, Map<String, String> claimed) {
    Vetting vetting = new Vetting(source, stated, terms, claimed);
    Set<String> names = new HashSet<>();
    for (SourcedVip vip : stated.vips()) {
      if (names.add(vip.vip().name())) {
        vetting.vet(vip);
      } else {
        vetting.refused.putIfAbsent(
            vip.vip().name() + " (again)", "there is another one of that name; the first counts");
      }
    }
    return new Outcome(vetting.vips, vetting.refused, vetting.leaderships, vetting.checks);
  }

  private void vet(SourcedVip stating) {
    Vip vip = stating.vip();
    Optional<String> fault =
        wrongName(vip)
            .or(() -> terms.whyKept(vip))
            .or(() -> wrongLeadership(vip.leadership()))
            .or(() -> wrongCheck(vip))
            .or(() -> terms.whyNoPeer(vip))
            .or(() -> wrongBinding(vip));
    if (fault.isPresent()) {
      refused.put(vip.name(), fault.get());
    } else {
      take(stating);
    }
  }

  private Optional<String> wrongName(Vip vip) {
    if (!vip.name().matches(NAME)) {
      return Optional.of(
          "its name cannot be used; expected at most 320 letters, digits, and of ._:/@-, the first"
              + " one a letter or a digit");
    }
    String full = SourceNames.of(source, vip.name());
    return terms.vips().contains(full)
        ? Optional.of("the configuration has a VIP called " + full + "; rename one of them")
        : Optional.empty();
  }

  private Optional<String> wrongLeadership(String name) {
    if (name.equals(Vip.ALWAYS)) {
      return Optional.empty();
    }
    ElectorConfig own = stated.leaderships().get(name);
    if (own == null) {
      return terms.leaderships().contains(name)
          ? Optional.empty()
          : Optional.of(
              "it needs the leadership '"
                  + name
                  + "', which neither its source nor the configuration has; "
                  + Terms.few(terms.leaderships()));
    }
    String full = SourceNames.of(source, name);
    if (!name.matches(NAME) || terms.leaderships().contains(full)) {
      return Optional.of("the name of its leadership, '" + name + "', cannot be used");
    }
    return own.prize().flatMap(prize -> rival(prize, full));
  }

  private Optional<String> rival(String prize, String full) {
    return Optional.ofNullable(terms.prizes().get(prize))
        .or(() -> Optional.ofNullable(claimed.get(prize)))
        .or(() -> Optional.ofNullable(prizes.get(prize)))
        .filter(other -> !other.equals(full))
        .map(
            other ->
                "its leadership competes for "
                    + prize
                    + " as leadership "
                    + other
                    + " does, so only one of the two could ever lead; use that one for both");
  }

  private Optional<String> wrongCheck(Vip vip) {
    for (String check : vip.needs().health()) {
      boolean own = stated.checks().containsKey(check);
      if (own && (!check.matches(NAME) || terms.checks().contains(full(check)))) {
        return Optional.of("the name of its check, '" + check + "', cannot be used");
      }
      if (!own && !terms.checks().contains(check)) {
        return Optional.of(
            "it needs the check '"
                + check
                + "', which neither its source nor the configuration has; "
                + Terms.few(terms.checks()));
      }
    }
    return Optional.empty();
  }

  private String full(String local) {
    return SourceNames.of(source, local);
  }

  private static Optional<String> wrongBinding(Vip vip) {
    Prefix prefix = vip.route().prefix();
    return vip.needs()
        .boundTo()
        .filter(name -> prefix.length() != prefix.address().bitLength())
        .map(name -> prefix + " is no single address, so " + name + " cannot have it");
  }

  private void take(SourcedVip stating) {
    Vip vip = stating.vip();
    Needs needs = vip.needs();
    String leadership = needs.leadership();
    ElectorConfig elector =
        leadership.equals(Vip.ALWAYS) ? null : stated.leaderships().get(leadership);
    if (elector != null) {
      leadership = full(leadership);
      String name = leadership;
      leaderships.put(name, elector);
      elector.prize().ifPresent(prize -> prizes.put(prize, name));
    }
    List<String> health = new ArrayList<>();
    for (String check : needs.health()) {
      HealthCheckConfig own = stated.checks().get(check);
      if (own != null) {
        checks.put(full(check), own);
      }
      health.add(own == null ? check : full(check));
    }
    vips.add(
        new SourcedVip(
            new Vip(
                full(vip.name()),
                vip.route(),
                vip.audience(),
                new Needs(leadership, health, needs.whenUnhealthy(), needs.boundTo()),
                vip.drainTime()),
            stating.standing(),
            stating.drain()));
  }
}
