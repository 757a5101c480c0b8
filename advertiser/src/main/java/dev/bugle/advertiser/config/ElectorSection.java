package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKinds;

/** A value of {@code leadership:}, one election; each kind brings its own section. */
final class ElectorSection {

  static final Variants<ElectorConfig> TYPE = of(ElectorKinds.found());

  private ElectorSection() {}

  static Variants<ElectorConfig> of(ElectorKinds kinds) {
    return new Variants<>("an election", kinds.sections(), kinds::whyMissing);
  }
}
