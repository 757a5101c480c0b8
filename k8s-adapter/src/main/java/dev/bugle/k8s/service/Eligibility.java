package dev.bugle.k8s.service;

import dev.bugle.advertiser.source.Standing.Effect;

/**
 * Whether its endpoints let an address be announced from this node.
 *
 * @param value in a word or two
 * @param isLeaving whether the last endpoint here is on its way out, and others can take over
 */
record Eligibility(Effect effect, String value, String reason, boolean isLeaving) {

  private static final String INVALID = "invalid";

  /** Whatever its endpoints are: something about the Service is wrong. */
  static Eligibility invalid(String reason) {
    return new Eligibility(Effect.FORBIDS, INVALID, reason, false);
  }

  boolean isValid() {
    return !value.equals(INVALID);
  }

  /**
   * By the rules of kube-proxy: endpoints that terminate, but still serve, count only where none is
   * ready.
   *
   * @param isLocal whether only endpoints of this node count
   * @param withoutEndpoints whether it may be announced even if there is none
   */
  static Eligibility of(
      Presence presence, Family family, boolean isLocal, boolean withoutEndpoints) {
    return isLocal ? local(presence, family) : cluster(presence, family, withoutEndpoints);
  }

  private static Eligibility cluster(Presence presence, Family family, boolean withoutEndpoints) {
    if (presence.isReady()) {
      return allows("ready", "an " + family + " endpoint is ready");
    }
    if (presence.isLeaving()) {
      return allows(
          "terminating", "no " + family + " endpoint is ready, and one that terminates serves");
    }
    return withoutEndpoints
        ? allows("unserved", "no " + family + " endpoint is ready, and it is announced without")
        : forbids("no " + family + " endpoint is ready");
  }

  private static Eligibility local(Presence presence, Family family) {
    if (presence.readyHere()) {
      return allows("ready", "an " + family + " endpoint on this node is ready");
    }
    if (!presence.leavingHere()) {
      return forbids("no " + family + " endpoint on this node is ready");
    }
    return presence.readyElsewhere()
        ? new Eligibility(
            Effect.ALLOWS,
            "leaving",
            "the last " + family + " endpoint on this node terminates, and others are ready",
            true)
        : allows(
            "terminating",
            "no " + family + " endpoint is ready, and one here terminates and serves");
  }

  private static Eligibility allows(String value, String reason) {
    return new Eligibility(Effect.ALLOWS, value, reason, false);
  }

  private static Eligibility forbids(String reason) {
    return new Eligibility(Effect.FORBIDS, "no endpoint", reason, false);
  }
}
