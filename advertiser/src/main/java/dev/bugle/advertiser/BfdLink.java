package dev.bugle.advertiser;

import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSessionConfig;

/**
 * The BFD session with one router.
 *
 * @param name of it in warnings
 * @param config what holds of it by now, with its keys
 * @param session that runs
 * @param relay that tells BGP of it
 */
record BfdLink(String name, BfdSessionConfig config, BfdSession session, PathRelay relay) {

  /** The same session, configured otherwise. */
  BfdLink with(BfdSessionConfig changed) {
    return new BfdLink(name, changed, session, relay);
  }

  /** Whether there can be only one of both at a time. */
  boolean isOnPathOf(BfdSessionConfig other) {
    return config.peer().equals(other.peer())
        && config.local().equals(other.local())
        && config.interfaceName().equals(other.interfaceName())
        && config.hops().isMultihop() == other.hops().isMultihop()
        && config.unaffiliated() == other.unaffiliated();
  }

  /** Whether the session can go on with that: only its timing and its keys differ. */
  boolean canBecome(BfdSessionConfig other) {
    BfdProfile now = config.profile();
    BfdProfile then = other.profile();
    return isOnPathOf(other)
        && config.hops().equals(other.hops())
        && now.role() == then.role()
        && now.controlPlaneIndependent() == then.controlPlaneIndependent()
        && now.echoInterval().isPresent() == then.echoInterval().isPresent()
        && now.timing().requiredMinEchoRx().isZero() == then.timing().requiredMinEchoRx().isZero();
  }

  /** Lets it hold. */
  void apply(BfdSessionConfig changed) {
    if (!changed.profile().equals(config.profile())) {
      session.apply(changed.profile());
    }
    if (!changed.keys().equals(config.keys())) {
      session.keys(changed.keys());
    }
  }
}
