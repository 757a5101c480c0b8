package dev.bugle.advertiser;

import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is taken out of service, and by whom. A VIP is drained while anybody wants it, since the
 * first of them did. From any thread.
 */
final class Drains {

  /** Who can take the whole node out of service. */
  enum Source {
    /** An operator. */
    OPERATOR,
    /** The maintenance file. */
    MAINTENANCE_FILE,
    /** The end of the program. */
    STOP
  }

  private final Map<Source, Drain> whole = new ConcurrentHashMap<>();
  private final Map<String, Drain> vips = new ConcurrentHashMap<>();

  /** All VIPs, unless that source has done so before. */
  void drainAll(Source source, Drain drain) {
    whole.putIfAbsent(source, drain);
  }

  /** That source does not want it any more. */
  void undrainAll(Source source) {
    whole.remove(source);
  }

  /** One VIP, unless it is drained by itself already. */
  void drain(Vip vip, Drain drain) {
    vips.putIfAbsent(vip.name(), drain);
  }

  /** Not that VIP by itself any more. */
  void undrain(Vip vip) {
    vips.remove(vip.name());
  }

  /** No VIP by itself any more, and not the operator's whole. */
  void undrainEverything() {
    undrainAll(Source.OPERATOR);
    vips.clear();
  }

  /** Forgets these VIPs. */
  void forget(Collection<String> names) {
    names.forEach(vips::remove);
  }

  /** Forgets VIPs that are not there any more. */
  void retain(Collection<String> names) {
    vips.keySet().retainAll(names);
  }

  /** Who wants everything drained, and why. */
  Map<Source, Drain> whole() {
    return Map.copyOf(whole);
  }

  /**
   * The drain of each VIP that has one.
   *
   * @param sourced those that sources want, by the name of the VIP
   */
  Map<String, Drain> of(Collection<Vip> all, Map<String, Drain> sourced) {
    Optional<Drain> first = whole.values().stream().reduce(Drains::earlier);
    Map<String, Drain> drains = new HashMap<>();
    for (Vip vip : all) {
      String name = vip.name();
      first.ifPresent(drain -> drains.merge(name, drain, Drains::earlier));
      Optional.ofNullable(vips.get(name))
          .ifPresent(drain -> drains.merge(name, drain, Drains::earlier));
      Optional.ofNullable(sourced.get(name))
          .ifPresent(drain -> drains.merge(name, drain, Drains::earlier));
    }
    return drains;
  }

  private static Drain earlier(Drain one, Drain other) {
    return one.since() <= other.since() ? one : other;
  }
}
