package dev.bugle.advertiser;

import dev.bugle.advertiser.Factor.Effect;
import dev.bugle.advertiser.Factor.Kind;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.vip.Vip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be at one moment. A pure function of its inputs, and the only place where the safety
 * rule lives: a VIP is announced only while everything that it takes is known to hold; any doubt
 * means that it is withdrawn.
 *
 * @param decisions one for each VIP
 * @param candidates the leaderships to compete for: those of which a VIP could be announced as it
 *     is configured
 * @param kept the leaderships that are of use if held: those of which a VIP could be announced in
 *     any way
 * @param addresses those to have on their interfaces: of the VIPs that lack nothing else
 * @param validUntil the first moment at which it may be otherwise although no input has changed
 */
record Intent(
    List<VipDecision> decisions,
    Set<String> candidates,
    Set<String> kept,
    Set<BoundAddress> addresses,
    long validUntil) {

  /** What makes a process fit to announce a VIP, whoever leads. */
  private static final Set<Kind> FITNESS = Set.of(Kind.DRAIN, Kind.SOURCE, Kind.HEALTH, Kind.PEERS);

  private static final Set<Kind> LEADERSHIP = Set.of(Kind.LEADERSHIP);

  /** Copies the collections. */
  Intent {
    decisions = List.copyOf(decisions);
    candidates = Set.copyOf(candidates);
    kept = Set.copyOf(kept);
    addresses = Set.copyOf(addresses);
  }

  /** Decides. */
  static Intent decide(List<Vip> vips, Inputs inputs, long now) {
    Factors factors = new Factors(inputs, now);
    List<VipDecision> decisions = new ArrayList<>();
    Set<String> candidates = new HashSet<>();
    Set<String> kept = new HashSet<>();
    Set<BoundAddress> addresses = new HashSet<>();
    for (Vip vip : vips) {
      VipDecision decision = VipDecision.of(vip, factors.of(vip));
      decisions.add(decision);
      Effect own = decision.worst(FITNESS);
      if (own == Effect.ALLOWS) {
        candidates.add(vip.leadership());
      }
      if (own != Effect.FORBIDS && !hasFailedAddress(inputs, vip)) {
        kept.add(vip.leadership());
      }
      if (own != Effect.FORBIDS && decision.worst(LEADERSHIP) != Effect.FORBIDS) {
        Factors.address(vip).ifPresent(addresses::add);
      }
    }
    long validUntil =
        decisions.stream().mapToLong(VipDecision::validUntil).min().orElse(Long.MAX_VALUE);
    return new Intent(decisions, candidates, kept, addresses, validUntil);
  }

  /** Who leads and cannot have the address had better let another lead. */
  private static boolean hasFailedAddress(Inputs inputs, Vip vip) {
    return Factors.address(vip)
        .map(inputs.bindings()::get)
        .filter(binding -> binding.state() == Binding.State.FAILED)
        .isPresent();
  }

  /** Whether nothing is announced under that leadership. */
  boolean withdraws(String leadership) {
    return decisions.stream()
        .noneMatch(one -> one.announced() && one.vip().leadership().equals(leadership));
  }

  /** What is announced, by the name of the VIP. */
  Map<String, Advertisement> advertisements() {
    Map<String, Advertisement> advertisements = new LinkedHashMap<>();
    for (VipDecision decision : decisions) {
      if (decision.announced()) {
        advertisements.put(decision.vip().name(), decision.advertisement());
      }
    }
    return advertisements;
  }
}
