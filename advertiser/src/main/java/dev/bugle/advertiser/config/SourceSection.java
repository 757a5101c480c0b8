package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.source.SourceKinds;
import dev.bugle.advertiser.source.VipSourceConfig;

/** A value of {@code sources:}, one source; each kind brings its own section. */
final class SourceSection {

  static final Variants<VipSourceConfig> TYPE = of(SourceKinds.found());

  private SourceSection() {}

  static Variants<VipSourceConfig> of(SourceKinds kinds) {
    return new Variants<>("a source", kinds.sections(), kinds::whyMissing);
  }
}
