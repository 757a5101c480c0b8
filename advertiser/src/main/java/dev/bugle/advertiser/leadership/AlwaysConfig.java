package dev.bugle.advertiser.leadership;

import java.util.Optional;

/** No election: it always leads. */
public record AlwaysConfig() implements ElectorConfig {

  static final String TYPE = "always";

  @Override
  public String type() {
    return TYPE;
  }

  /** Nobody else could lead instead, so it does not matter whether peers are up. */
  @Override
  public Handover handover() {
    return Handover.WITHDRAW_FIRST.keptWithoutPeers(Optional.empty());
  }
}
