package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.bgp.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be announced at one moment. A pure function of its inputs, and the only place where
 * the safety rule lives: a VIP is announced only while everything that it takes is known to hold;
 * any doubt means that it is withdrawn.
 *
 * @param decisions one for each VIP
 * @param validUntil the first moment at which it may be otherwise although no input has changed
 */
record Intent(List<VipDecision> decisions, long validUntil) {

  /** Copies the list. */
  Intent {
    decisions = List.copyOf(decisions);
  }

  /**
   * Decides.
   *
   * @param leadership what each elector knows; a name that is missing is not held
   * @param stopping whether the advertiser is about to end
   */
  static Intent decide(
      List<Vip> vips, Map<String, Leadership> leadership, boolean stopping, long now) {
    List<VipDecision> decisions = new ArrayList<>();
    long validUntil = Long.MAX_VALUE;
    for (Vip vip : vips) {
      Leadership known = leadership.get(vip.leadership());
      if (stopping) {
        decisions.add(new VipDecision(vip, false, "stopping"));
      } else if (known == null) {
        decisions.add(
            new VipDecision(vip, false, "leadership " + vip.leadership() + " is unknown"));
      } else if (known.isHeldAt(now)) {
        decisions.add(new VipDecision(vip, true, known.reason()));
        validUntil = Math.min(validUntil, known.heldUntil());
      } else {
        decisions.add(new VipDecision(vip, false, whyNot(known)));
      }
    }
    return new Intent(decisions, validUntil);
  }

  private static String whyNot(Leadership known) {
    return known.state() == Leadership.State.HELD
        ? "leadership ran out without being confirmed: " + known.reason()
        : known.reason();
  }

  /** The routes of the VIPs that are announced. */
  Set<Route> routes() {
    Set<Route> routes = new LinkedHashSet<>();
    for (VipDecision decision : decisions) {
      if (decision.announced()) {
        routes.add(decision.vip().route());
      }
    }
    return routes;
  }
}
