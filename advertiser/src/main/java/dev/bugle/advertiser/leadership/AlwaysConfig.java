package dev.bugle.advertiser.leadership;

/** No election: it always leads. */
public record AlwaysConfig() implements ElectorConfig {

  static final String TYPE = "always";

  @Override
  public String type() {
    return TYPE;
  }
}
