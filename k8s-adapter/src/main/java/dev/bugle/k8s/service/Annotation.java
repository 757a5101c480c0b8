package dev.bugle.k8s.service;

import dev.bugle.advertiser.config.VipText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The annotations of a Service that mean something to us. */
enum Annotation {
  /** The addresses, when nobody else gives it any. */
  ADDRESSES,
  /** As for a VIP of the configuration. */
  COMMUNITIES,
  /** As for a VIP of the configuration. */
  LOCAL_PREF,
  /** As for a VIP of the configuration. */
  MED,
  /** As for a VIP of the configuration. */
  PREPEND,
  /** As for a VIP of the configuration. */
  PEERS,
  /** Who of the nodes may announce it. */
  LEADERSHIP,
  /** As for a VIP of the configuration. */
  HEALTH,
  /** What is probed to tell whether it is well. */
  CHECK,
  /** Whom that is asked for. */
  CHECK_HOST("check.host"),
  /** As for a check of the configuration. */
  CHECK_STATUS("check.status"),
  /** As for a check of the configuration. */
  CHECK_INTERVAL("check.interval"),
  /** As for a check of the configuration. */
  CHECK_FAST_INTERVAL("check.fast-interval"),
  /** As for a check of the configuration. */
  CHECK_TIMEOUT("check.timeout"),
  /** As for a check of the configuration. */
  CHECK_RISE("check.rise"),
  /** As for a check of the configuration. */
  CHECK_FALL("check.fall"),
  /** As for a VIP of the configuration. */
  DEGRADED_REPLACE_COMMUNITIES("when-unhealthy.set.replace-communities"),
  /** As for a VIP of the configuration. */
  DEGRADED_REMOVE_COMMUNITIES("when-unhealthy.set.remove-communities"),
  /** As for a VIP of the configuration. */
  DEGRADED_ADD_COMMUNITIES("when-unhealthy.set.add-communities"),
  /** As for a VIP of the configuration. */
  DEGRADED_LOCAL_PREF("when-unhealthy.set.local-pref"),
  /** As for a VIP of the configuration. */
  DEGRADED_MED("when-unhealthy.set.med"),
  /** As for a VIP of the configuration. */
  DEGRADED_PREPEND("when-unhealthy.set.prepend"),
  /** As for a VIP of the configuration. */
  DEGRADED_WITHDRAW_AFTER("when-unhealthy.withdraw-after"),
  /** Whether it is taken out of service. */
  DRAIN,
  /** As for a VIP of the configuration. */
  DRAIN_TIME;

  /** What stands before the name of each of them. */
  static final String PREFIX = "bugle.dev/";

  private final String key;

  Annotation() {
    this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Annotation(String key) {
    this.key = key;
  }

  /**
   * The name behind the slash; where a VIP of the configuration has such a key, it is the same,
   * with its path.
   */
  String key() {
    return key;
  }

  /** Whether its text is read as the value of that key of a VIP. */
  boolean isOfVip() {
    return this != LEADERSHIP && VipText.keys().contains(key());
  }

  /** Whether it says more about a check that the Service brings along. */
  boolean isOfCheck() {
    return key.startsWith(CHECK.key + ".");
  }

  static Optional<Annotation> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Annotation::key).toList();
  }

  /** As it is written in an object. */
  @Override
  public String toString() {
    return PREFIX + key();
  }
}
