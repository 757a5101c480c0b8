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
  /** Whether it is taken out of service. */
  DRAIN,
  /** As for a VIP of the configuration. */
  DRAIN_TIME;

  /** What stands before the name of each of them. */
  static final String PREFIX = "bugle.dev/";

  /** The name behind the slash; where a VIP of the configuration has such a key, it is the same. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its text is read as the value of that key of a VIP. */
  boolean isOfVip() {
    return this != LEADERSHIP && VipText.keys().contains(key());
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
