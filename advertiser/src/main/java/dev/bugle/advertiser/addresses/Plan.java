package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.addresses.Verdict.Standing;
import dev.bugle.bgp.linux.InterfaceAddress;
import dev.bugle.bgp.linux.Link;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows from what is wanted, what is noted as ours, and what is there. Pure. What was noted
 * and is not in the plan can be forgotten.
 *
 * @param verdicts on what is wanted
 * @param surplus what is there and ours, and nobody wants
 */
record Plan(Map<BoundAddress, Verdict> verdicts, Set<LedgerEntry> surplus) {

  static Plan of(Set<BoundAddress> wanted, Set<LedgerEntry> noted, Sight sight) {
    Map<BoundAddress, Verdict> verdicts = new LinkedHashMap<>();
    wanted.forEach(what -> verdicts.put(what, judge(what, noted, sight)));
    Set<LedgerEntry> surplus = noted.stream().filter(sight::has).collect(Collectors.toSet());
    verdicts.values().stream()
        .flatMap(verdict -> verdict.entry().stream())
        .forEach(entry -> surplus.removeIf(our -> isSamePlace(our, entry)));
    return new Plan(verdicts, surplus);
  }

  private static boolean isSamePlace(LedgerEntry one, LedgerEntry other) {
    return one.interfaceIndex() == other.interfaceIndex() && one.prefix().equals(other.prefix());
  }

  private static Verdict judge(BoundAddress what, Set<LedgerEntry> noted, Sight sight) {
    Optional<Link> link = sight.link(what.interfaceName());
    if (link.isEmpty()) {
      return new Verdict(
          Standing.NOWHERE,
          Optional.empty(),
          Optional.of("there is no interface " + what.interfaceName()));
    }
    LedgerEntry entry = new LedgerEntry(link.get().index(), link.get().name(), what.prefix());
    return new Verdict(
        standing(entry, noted, sight), Optional.of(entry), obstacle(entry, link.get(), sight));
  }

  private static Standing standing(LedgerEntry entry, Set<LedgerEntry> noted, Sight sight) {
    if (sight.on(entry.interfaceIndex(), entry.prefix()).findAny().isEmpty()) {
      return Standing.MISSING;
    }
    boolean isNoted = noted.stream().anyMatch(our -> isSamePlace(our, entry) && sight.has(our));
    // With our mark but not noted: the list was lost; or another bugle has put it there, and will
    // again if it has to.
    return isNoted || sight.hasMarked(entry) ? Standing.OURS : Standing.THEIRS;
  }

  private static Optional<String> obstacle(LedgerEntry entry, Link link, Sight sight) {
    if (!link.isUp()) {
      return Optional.of("interface " + link.name() + " is down");
    }
    return sight
        .on(entry.interfaceIndex(), entry.prefix())
        .filter(InterfaceAddress::isRefused)
        .findAny()
        .map(refused -> "another host has it, as duplicate address detection has found");
  }

  /** What is to be put there. */
  Map<BoundAddress, LedgerEntry> missing() {
    Map<BoundAddress, LedgerEntry> missing = new LinkedHashMap<>();
    verdicts.forEach(
        (what, verdict) -> {
          if (verdict.standing() == Standing.MISSING) {
            verdict.entry().ifPresent(entry -> missing.put(what, entry));
          }
        });
    return missing;
  }

  /** All that is there and ours, wanted or not. */
  Set<LedgerEntry> ours() {
    Set<LedgerEntry> ours = new HashSet<>(surplus);
    verdicts.values().stream()
        .filter(verdict -> verdict.standing() == Standing.OURS)
        .forEach(verdict -> verdict.entry().ifPresent(ours::add));
    return ours;
  }
}
