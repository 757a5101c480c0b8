package dev.bugle.advertiser.leadership;

import java.util.Optional;

/**
 * Which election decides a leadership, and how. An immutable value; each kind of election has its
 * own, which its {@link ElectorProvider} understands.
 */
public interface ElectorConfig {

  /** The kind: the {@link ElectorProvider#type()} of the provider that makes the elector. */
  String type();

  /** In which order a leadership that is still held is handed over; the advertiser does it. */
  default Handover handover() {
    return Handover.WITHDRAW_FIRST;
  }

  /**
   * What it competes for, in words that are equal only for the same thing: {@code the lock file
   * /run/vip.lock}. Two leaderships of one program must not compete for one thing. Empty when there
   * is nothing that two could not have.
   */
  default Optional<String> prize() {
    return Optional.empty();
  }
}
