package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.BfdProfileSection.Wishes;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import java.util.List;
import java.util.Map;

/** {@code bfd:}, what the BFD sessions of several peers have in common. */
final class BfdSection {

  static final Key<Map<String, Wishes>> PROFILES =
      Key.optional(
          "profiles",
          Types.mapOf(BfdProfileSection.TYPE),
          "How BFD sessions run, each under a name of your choice that peers can use.");

  /** The profiles by name. */
  static final Section<Map<String, Wishes>> TYPE =
      new Section<>(
          "a mapping", List.of(PROFILES), values -> values.find(PROFILES).orElse(Map.of()));

  private BfdSection() {}
}
