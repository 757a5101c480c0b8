package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.time.Ticker;
import java.util.List;

/** {@code type: always}. It has none of the common keys: there is nobody to hand over to. */
final class AlwaysProvider implements ElectorProvider {

  @Override
  public String type() {
    return AlwaysConfig.TYPE;
  }

  @Override
  public Section<AlwaysConfig> section() {
    return new Section<>("no election", List.of(Variants.TYPE), values -> new AlwaysConfig());
  }

  @Override
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    return new AlwaysElector(ticker);
  }
}
